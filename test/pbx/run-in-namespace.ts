import { runInNamespace } from './namespace.ts'

/**
 * `node test/pbx/run-in-namespace.ts -- <command…>`: runs the command in a network namespace that
 * has only loopback, and ends with its exit code; 125 when there can be no namespace here.
 */
const [separator, ...command] = process.argv.slice(2)
if (separator !== '--' || command.length === 0) {
  console.error('usage: node test/pbx/run-in-namespace.ts -- <command…>')
  process.exit(125)
}
const ran = await runInNamespace(command)
if (!ran.ok) console.error(ran.reason)
process.exitCode = ran.ok ? ran.value : 125

// The way in: `npm run demo`, `npm test`, `npm run bench`. Runs on a bare Node 20 without any
// package, installs what is missing, and hands over to a Node that is new enough.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
process.chdir(root)
const [command = '', ...args] = process.argv.slice(2)

installPackages()
const node = findNode()
// Node says that it strips types by itself; that is how everything here runs.
const quiet = '--disable-warning=ExperimentalWarning'
const child = spawn(node, [quiet, `scripts/${command}.ts`, ...args], {
  stdio: 'inherit',
  env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` },
})
// Ctrl-C reaches the child by itself; we only wait for it to clean up.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => signal !== 'SIGINT' && child.kill(signal))
}
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))

/** Installs the npm packages unless those of this very lock file are there already. */
function installPackages() {
  const stamp = '.prozvon/packages.sha256'
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
  const isFresh =
    existsSync('node_modules/.package-lock.json') &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === lock
  if (isFresh) return
  console.log('Installing npm packages (npm ci) …')
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: 'inherit',
  })
  if (status !== 0)
    fail('npm ci failed. Is the npm registry reachable? Then run this command again.')
  mkdirSync('.prozvon', { recursive: true })
  writeFileSync(stamp, lock)
}

/** The Node that came with the packages; elsewhere (macOS) the installed one, if new enough. */
function findNode() {
  if (existsSync('node_modules/.bin/node')) return 'node_modules/.bin/node'
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath
  return fail('Prozvon needs Node 22.18 or newer here. Install it and run this command again.')
}

function fail(message) {
  console.error(`✖ ${message}`)
  process.exit(1)
}

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const SCRIPT = fileURLToPath(new URL('run-in-namespace.ts', import.meta.url))
const run = (...args: string[]) =>
  spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8', timeout: 15_000 })

const probe = run('--', 'true')
if (probe.status !== 0) console.warn(`Namespace tests are left out: ${probe.stderr.trim()}`)

test('without a command it says how it is used', () => {
  const { status, stderr } = run()
  expect(status).toBe(125)
  expect(stderr).toContain('usage')
})

describe.skipIf(probe.status !== 0)('a command in the namespace', () => {
  test('sees loopback and nothing else', () => {
    const program = 'console.log(Object.keys(os.networkInterfaces()).join())'
    expect(run('--', process.execPath, '-e', program).stdout.trim()).toBe('lo')
  })

  test('has a default route, for Firefox', () => {
    expect(run('--', 'ip', 'route').stdout).toContain('default dev lo')
  })

  test('passes its exit code through', () => {
    expect(run('--', 'sh', '-c', 'exit 7').status).toBe(7)
  })
})

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
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

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'ends by %s and leaves no namespace',
    async (signal) => {
      const args = [SCRIPT, '--', 'sh', '-c', 'echo ready; exec sleep 60']
      const started = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
      await once(started.stdout, 'data')
      started.kill(signal)
      const [code] = await once(started, 'exit')
      expect(code).toBe(signal === 'SIGINT' ? 130 : 143)
      const left = spawnSync('ip', ['netns', 'list'], { encoding: 'utf8' }).stdout
      expect(left).not.toContain(`prozvon-${started.pid}-`)
    },
  )
})

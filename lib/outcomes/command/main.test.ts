import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

function run(input: string, ...args: string[]) {
  return spawnSync(process.execPath, [MAIN, ...args], { input, encoding: 'utf8' })
}

const CASE = JSON.stringify({
  id: 1,
  campaign: 'b2b-cold-ru',
  now: '2026-03-02T10:15:00+03:00',
  proposal: { outcome: 'competitor' },
})

test('a case a line in, an answer a line out, in the same order', () => {
  const { status, stdout } = run(`${CASE}\n${CASE.replace('"id":1', '"id":2')}\n`, 'decide')
  expect(status).toBe(0)
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).id),
  ).toEqual([1, 2])
})

test('an invalid line makes the exit status 1, and the rest goes on', () => {
  const { status, stdout } = run(`rubbish\r\n${CASE}`, 'decide')
  expect(status).toBe(1)
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).id),
  ).toEqual([null, 1])
})

test('anything but «decide» is answered with the usage', () => {
  const { status, stdout, stderr } = run(CASE, 'guess')
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toContain('usage:')
})

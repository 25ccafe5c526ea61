import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../test/gateways/test-database.ts'
import { addToken, findCaller } from '../tokens/token-store.ts'
import { once } from './once.ts'

let database: TestDatabase
let me: string
let other: string
beforeAll(async () => {
  database = await openTestDatabase('once')
  me = await personOf('Олена')
  other = await personOf('Ірина')
}, 60_000)
afterAll(() => database.close())

let runs = 0
beforeEach(() => {
  runs = 0
})

async function personOf(name: string): Promise<string> {
  const caller = await findCaller(database.db, await addToken(database.db, name, 'operator'))
  if (!caller) throw new Error('the new token opens nothing')
  return caller.personId
}

function write(key: string, request: unknown, personId = me) {
  return once({ db: database.db, personId, key, request }, async () => {
    runs += 1
    return { ok: true, value: { run: runs } }
  })
}

describe('a write with an Idempotency-Key', () => {
  test('happens once, and its repeats get the first answer, whatever the order of names', async () => {
    expect(await write('again', { a: 1, b: { c: 2, d: [3] } })).toEqual({
      ok: true,
      value: { run: 1 },
    })
    expect(await write('again', { b: { d: [3], c: 2 }, a: 1 })).toEqual({
      ok: true,
      value: { run: 1 },
    })
    expect(runs).toBe(1)
  })

  test('happens once when ten come at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => write('race', 1)))
    expect(runs).toBe(1)
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  })

  test('is refused when the key was used for something else', async () => {
    await write('conflict', { list: [1, 2] })
    const answer = await write('conflict', { list: [2, 1] })
    expect(answer).toMatchObject({ ok: false, reason: { code: 'idempotency_conflict' } })
  })

  test('is another person’s own affair', async () => {
    await write('shared', 1)
    expect(await write('shared', 2, other)).toEqual({ ok: true, value: { run: 2 } })
  })

  test('that was refused, or broke, may be tried again', async () => {
    const { db } = database
    const attempt = { db, personId: me, key: 'retry', request: 1 }
    const problem = { code: 'unavailable', message: 'later' } as const
    expect(await once(attempt, async () => ({ ok: false, reason: problem }))).toEqual({
      ok: false,
      reason: problem,
    })
    await expect(once(attempt, () => Promise.reject(new Error('broke')))).rejects.toThrow('broke')
    expect(await write('retry', 1)).toMatchObject({ ok: true })
  })
})

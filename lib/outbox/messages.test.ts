import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { MessageState } from '../contracts/effect.ts'
import { type Outbox, openOutbox } from './database.ts'
import { type TrackOptions, trackMessages } from './messages.ts'
import { NOW_MS, storedEffect } from './samples.fixture.ts'

let db: Outbox
let nowMs: number
let databases = 0
beforeEach(async () => {
  databases += 1
  db = await openOutbox(`messages-${databases}`)
  nowMs = NOW_MS
})

const ID = storedEffect('sms').id

async function taken(message: MessageState | null, remoteId: string | null = 'm1') {
  await db.effects.add({ ...storedEffect('sms'), state: 'done', message, remoteId })
}

function track(ask: TrackOptions['ask']) {
  return trackMessages({ db, ask, now: () => nowMs })
}

function answers(state: MessageState): TrackOptions['ask'] {
  return async () => ({ ok: true, value: { state, detail: null } })
}

async function neverAsked(): Promise<never> {
  throw new Error('must not be asked')
}

describe('the fate of a message', () => {
  it('is asked for until it is delivered, and then no more', async () => {
    await taken('queued')
    expect(await track(answers('sent'))).toEqual({ open: 1, changed: true })
    expect(await track(answers('sent'))).toEqual({ open: 1, changed: false })
    expect(await track(answers('delivered'))).toEqual({ open: 0, changed: true })
    expect(await db.effects.get(ID)).toMatchObject({ state: 'done', message: 'delivered' })
    expect(await track(neverAsked)).toEqual({ open: 0, changed: false })
  })

  it.each(['undelivered', 'failed'] as const)('ends with %s, with what was said', async (state) => {
    await taken('sent')
    await track(async () => ({ ok: true, value: { state, detail: 'unknown subscriber' } }))
    expect(await db.effects.get(ID)).toMatchObject({ message: state, detail: 'unknown subscriber' })
    expect(await track(neverAsked)).toMatchObject({ open: 0 })
  })

  it('tells a doubt, though the message did not get on by it', async () => {
    await taken('submitting')
    const inDoubt = async () =>
      ({ ok: true, value: { state: 'submitting', detail: 'in_doubt' } }) as const
    nowMs += 60_000
    expect(await track(inDoubt)).toEqual({ open: 1, changed: true })
    expect(await db.effects.get(ID)).toMatchObject({ detail: 'in_doubt', updatedAt: NOW_MS })
    expect(await track(inDoubt)).toEqual({ open: 1, changed: false })
  })

  it('is asked for by the relay’s id', async () => {
    await taken('queued', 'm42')
    const asked: string[] = []
    await track(async (id) => {
      asked.push(id)
      return { ok: false, reason: 'away' }
    })
    expect(asked).toEqual(['m42'])
  })

  it('stays open while the relay is away', async () => {
    await taken('queued')
    const away = async () => ({ ok: false, reason: 'away' }) as const
    expect(await track(away)).toEqual({ open: 1, changed: false })
  })

  it('is given up, and says so, when no report came for three days', async () => {
    await taken('sent')
    nowMs += 3 * 24 * 3600_000 + 1
    expect(await track(answers('sent'))).toEqual({ open: 0, changed: true })
    expect(await db.effects.get(ID)).toMatchObject({ message: 'sent', reason: 'too_old' })
    expect(await track(neverAsked)).toEqual({ open: 0, changed: false })
  })

  it('takes a late report even then', async () => {
    await taken('sent')
    nowMs += 30 * 24 * 3600_000
    await track(answers('delivered'))
    expect(await db.effects.get(ID)).toMatchObject({ message: 'delivered', reason: null })
  })

  it('is given up when the relay does not know the message', async () => {
    await taken('queued')
    await track(async () => ({ ok: false, reason: 'not_found' }))
    expect(await db.effects.get(ID)).toMatchObject({ reason: 'too_old' })
  })

  it('is not asked for of what the portal got', async () => {
    await taken(null)
    expect(await track(neverAsked)).toEqual({ open: 0, changed: false })
  })
})

import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { SavedAttempt as SavedAttemptSchema } from '../contracts/attempt.ts'
import { cardKey } from '../contracts/card.ts'
import { StoredEffect } from '../contracts/effect.ts'
import { getCard, putCard } from './cards.ts'
import { type Outbox, openOutbox } from './database.ts'
import { getDraft, listDrafts, putDraft, removeDraft } from './drafts.ts'
import { countUndelivered, lastLedgerOf, ledgerOf, mergeHistory, ownRecords } from './ledger.ts'
import {
  attemptIdOf,
  LEAD,
  NOW_MS,
  sampleAttempt,
  sampleDraft,
  sampleEffect,
  sampleRecord,
} from './samples.fixture.ts'
import { saveResult } from './save.ts'

const KEY = cardKey(LEAD)
let db: Outbox
let databases = 0
beforeEach(async () => {
  databases += 1
  db = await openOutbox(`store-${databases}`)
})

function save(n: number, now = NOW_MS + n) {
  const effects = [
    { effect: sampleEffect('comment', n), dueAt: now },
    { effect: sampleEffect('sms', n), dueAt: now + 30_000 },
    { effect: sampleEffect('comment', n), dueAt: now },
  ]
  return saveResult(db, { attempt: sampleAttempt(n), effects, now })
}

describe('saving a result', () => {
  it('keeps the attempt and its effects, in their order, each with a key of its own', async () => {
    await save(1)
    const { ledger } = await save(2)
    expect(ledger).toEqual(await ledgerOf(db, attemptIdOf(2)))
    expect(SavedAttemptSchema.parse(ledger.attempt)).toEqual(sampleAttempt(2))
    expect(ledger.effects.map((effect) => StoredEffect.parse(effect))).toMatchObject([
      { id: `${attemptIdOf(2)}:comment`, seq: 3, state: 'waiting', tries: 0 },
      { id: `${attemptIdOf(2)}:sms`, seq: 4, dueAt: NOW_MS + 2 + 30_000 },
      { id: `${attemptIdOf(2)}:comment:2`, seq: 5 },
    ])
  })

  it('twice is once: the second gives what the first saved', async () => {
    const first = await save(1)
    const second = await saveResult(db, { attempt: sampleAttempt(1), effects: [], now: NOW_MS + 9 })
    expect(first.isRepeated).toBe(false)
    expect(second).toEqual({ ledger: first.ledger, isRepeated: true })
    expect(await db.effects.count()).toBe(3)
  })

  it('by two clicks at the same moment is once', async () => {
    const both = await Promise.all([save(1), save(1)])
    expect(both.map(({ isRepeated }) => isRepeated)).toEqual([false, true])
    expect(await db.effects.count()).toBe(3)
  })

  it('is all or nothing', async () => {
    await putDraft(db, sampleDraft(1, 1))
    await db.effects.add({
      ...(await save(2)).ledger.effects[0],
      id: `${attemptIdOf(1)}:sms`,
    } as StoredEffect)
    await expect(save(1)).rejects.toThrow()
    expect(await ledgerOf(db, attemptIdOf(1))).toBeNull()
    expect(await getDraft(db, KEY)).toMatchObject({ attemptId: attemptIdOf(1) })
  })

  it('ends its own draft, not that of the next attempt', async () => {
    await putDraft(db, sampleDraft(1, 1))
    await save(1)
    expect(await getDraft(db, KEY)).toBeNull()
    await putDraft(db, sampleDraft(3, 1))
    await save(2)
    expect(await getDraft(db, KEY)).toMatchObject({ attemptId: attemptIdOf(3) })
  })

  it('survives the browser: what was saved is there when the store is opened again', async () => {
    await save(1)
    db.close()
    const reopened = await openOutbox(db.name)
    expect(await countUndelivered(reopened)).toBe(3)
  })
})

describe('the ledger', () => {
  it('knows a card’s last result, and nothing of a card without one', async () => {
    await save(2)
    await save(1)
    expect((await lastLedgerOf(db, KEY))?.attempt.attemptId).toBe(attemptIdOf(2))
    expect(await lastLedgerOf(db, cardKey({ ...LEAD, id: 1 }))).toBeNull()
    expect(await ledgerOf(db, attemptIdOf(9))).toBeNull()
  })

  it('counts what is not delivered, the refused included', async () => {
    const { ledger } = await save(1)
    await db.effects.update(ledger.effects[0]?.id ?? '', { state: 'done' })
    await db.effects.update(ledger.effects[1]?.id ?? '', { state: 'refused' })
    expect(await countUndelivered(db)).toBe(2)
  })

  it('gives the results saved here, oldest first', async () => {
    await save(2)
    await save(1)
    const own = await ownRecords(db, KEY)
    expect(own.map(({ attemptId }) => attemptId)).toEqual([attemptIdOf(1), attemptIdOf(2)])
  })
})

describe('the merged history', () => {
  it('has each attempt once, by instant, whatever the offsets', () => {
    const early = sampleRecord(1, '2026-03-02T09:30:00+03:00')
    const late = sampleRecord(2, '2026-03-02T07:00:00Z')
    const own = [sampleRecord(3, '2026-03-02T08:45:00+02:00'), { ...late, comment: 'ours' }]
    const merged = mergeHistory([late, early], own)
    expect(merged.map(({ attemptId, comment }) => [attemptId, comment])).toEqual([
      [attemptIdOf(1), 'Нет ответа 1'],
      [attemptIdOf(3), 'Нет ответа 3'],
      [attemptIdOf(2), 'Нет ответа 2'],
    ])
  })
})

describe('drafts', () => {
  it('an older revision never overwrites a newer one', async () => {
    expect(await putDraft(db, sampleDraft(1, 5))).toBe(true)
    expect(await putDraft(db, sampleDraft(1, 4))).toBe(false)
    expect(await getDraft(db, KEY)).toEqual(sampleDraft(1, 5))
    expect(await putDraft(db, sampleDraft(1, 6))).toBe(true)
  })

  it('an attempt that began earlier does not overwrite the one in hand', async () => {
    await putDraft(db, sampleDraft(2, 0))
    expect(await putDraft(db, sampleDraft(1, 9))).toBe(false)
    expect(await putDraft(db, sampleDraft(3, 0))).toBe(true)
  })

  it('a late keystroke does not raise a saved attempt from the dead', async () => {
    await putDraft(db, sampleDraft(1, 1))
    await save(1)
    expect(await putDraft(db, sampleDraft(1, 2))).toBe(false)
    expect(await getDraft(db, KEY)).toBeNull()
  })

  it('only the named attempt’s draft is removed', async () => {
    await putDraft(db, sampleDraft(1, 1))
    await removeDraft(db, KEY, attemptIdOf(2))
    expect(await getDraft(db, KEY)).not.toBeNull()
    await removeDraft(db, KEY, attemptIdOf(1))
    expect(await getDraft(db, KEY)).toBeNull()
  })

  it('all in hand are listed, the one begun last first', async () => {
    await putDraft(db, sampleDraft(1, 1))
    await putDraft(db, { ...sampleDraft(2, 1), card: { ...LEAD, id: 13 } })
    expect((await listDrafts(db)).map(({ card }) => card.id)).toEqual([13, 12])
  })
})

describe('the last reading of a card', () => {
  const details = {
    card: LEAD,
    title: 'Лид',
    company: null,
    contact: null,
    role: null,
    phones: [],
    emails: [],
    city: null,
    timeZone: null,
    stageId: null,
    responsibleId: null,
  }

  it('is kept, and a late older one is dropped', async () => {
    const late = { details: { ...details, readAt: '2026-03-02T10:00:00Z' }, history: [], todos: [] }
    const early = { ...late, details: { ...details, readAt: '2026-03-02T10:30:00+03:00' } }
    expect(await getCard(db, KEY)).toBeNull()
    await putCard(db, late)
    await putCard(db, early)
    expect(await getCard(db, KEY)).toEqual(late)
  })
})

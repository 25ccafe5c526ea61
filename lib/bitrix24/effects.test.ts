import { beforeEach, describe, expect, it } from 'vitest'
import type { StoredEffect } from '../contracts/effect.ts'
import { attemptIdOf, LEAD, sampleRecord, storedEffect } from '../outbox/samples.fixture.ts'
import { findEffects } from './find-effects.ts'
import { readMark } from './mark.ts'
import { createPortalCarrier } from './portal-carrier.ts'
import { scriptedClient } from './scripted-client.fixture.ts'
import { type Fault, NOW_MS, ScriptedPortal } from './scripted-portal.fixture.ts'
import { writeEffects } from './write-effects.ts'

const TYPES = ['call_record', 'fields', 'comment', 'todo', 'notification'] as const
const all = TYPES.map((type) => storedEffect(type))
const withoutNotification = all.filter(({ effect }) => effect.type !== 'notification')

let portal: ScriptedPortal
let client: ReturnType<typeof scriptedClient>['client']
beforeEach(() => {
  portal = new ScriptedPortal()
  portal.items.set('1:12', { id: 12, stageId: 'NEW' })
  client = scriptedClient(portal).client
})

function write(effects: readonly StoredEffect[]) {
  const describeRecord = (record: object) => `запись ${JSON.stringify(record)}`
  return writeEffects(effects, { client, describeRecord })
}

function one(type: (typeof TYPES)[number]) {
  return storedEffect(type)
}

describe('writing the effects of a result', () => {
  it('takes one request', async () => {
    const outcomes = await write(withoutNotification)
    expect(portal.requests).toHaveLength(1)
    expect(portal.requests[0]).toMatchObject({ method: 'batch', body: { halt: 0 } })
    expect([...outcomes.values()].map(({ kind }) => kind)).toEqual(['done', 'done', 'done', 'done'])
  })

  it('makes a call activity that carries the record and our attempt id', async () => {
    const outcomes = await write([one('call_record')])
    expect(portal.activities).toEqual([
      {
        ID: '101',
        OWNER_TYPE_ID: '1',
        OWNER_ID: '12',
        TYPE_ID: '2',
        DIRECTION: '2',
        SUBJECT: 'Нет ответа 1',
        COMMUNICATIONS: { 0: { VALUE: '+74951234567', ENTITY_ID: '12', ENTITY_TYPE_ID: '1' } },
        RESPONSIBLE_ID: '7',
        START_TIME: '2026-03-02T09:57:00+03:00',
        END_TIME: '2026-03-02T09:58:02+03:00',
        COMPLETED: 'Y',
        DESCRIPTION: `запись ${JSON.stringify(sampleRecord(1))}`,
        DESCRIPTION_TYPE: '1',
        ORIGINATOR_ID: 'prozvon',
        ORIGIN_ID: attemptIdOf(1),
      },
    ])
    expect(outcomes.get(one('call_record').id)).toMatchObject({ kind: 'done', remoteId: '101' })
  })

  it('makes a call activity for a result without a dialled number too', async () => {
    const stored = one('call_record')
    if (stored.effect.type !== 'call_record') throw new Error('must be a call record')
    await write([{ ...stored, effect: { ...stored.effect, call: null } }])
    expect(portal.activities[0]).toMatchObject({ START_TIME: sampleRecord(1).at, DIRECTION: '2' })
  })

  it('marks comment and to-do in their last line', async () => {
    await write([one('comment'), one('todo')])
    const comment = String(portal.comments[0]?.COMMENT)
    expect(comment).toBe(
      `Нет ответа 1\nперезвонить & уточнить = 100% + #1\n\nprozvon/${attemptIdOf(1)}/comment`,
    )
    expect(readMark(comment)?.effectId).toBe(one('comment').id)
    expect(portal.comments[0]).toMatchObject({ ENTITY_TYPE: 'lead', ENTITY_ID: '12' })
    expect(readMark(String(portal.activities[0]?.DESCRIPTION))?.attemptId).toBe(attemptIdOf(1))
    expect(portal.activities[0]).toMatchObject({ DEADLINE: '2026-03-04T13:37:00+03:00' })
  })

  it('is not misled by a mark that someone has typed or pasted', async () => {
    const stored = one('comment')
    if (stored.effect.type !== 'comment') throw new Error('must be a comment')
    const text = `как в prozvon/${attemptIdOf(9)}/comment`
    await write([{ ...stored, effect: { ...stored.effect, text } }])
    expect(readMark(String(portal.comments[0]?.COMMENT))?.effectId).toBe(stored.id)
    expect(readMark('prozvon/сказали: перезвонить')).toBeNull()
  })

  it('writes stage and fields under their original names; null empties a field', async () => {
    await write([one('fields')])
    expect(portal.calls[0]).toMatchObject({
      method: 'crm.item.update',
      params: { entityTypeId: '1', id: '12', useOriginalUfNames: 'Y' },
    })
    expect(portal.items.get('1:12')).toEqual({
      id: 12,
      stageId: 'IN_PROCESS',
      UF_CRM_PROZVON_ATTEMPTS: '1',
      UF_CRM_PROZVON_GRADE: '',
    })
  })

  it('asks nothing of the portal when there is nothing to write', async () => {
    const stored = one('fields')
    if (stored.effect.type !== 'fields') throw new Error('must be fields')
    const empty = { ...stored, effect: { ...stored.effect, stageId: null, fields: {} } }
    expect((await write([empty])).get(stored.id)).toMatchObject({ kind: 'done' })
    expect(portal.requests).toHaveLength(0)
  })

  it('notifies without a tag, which a webhook may not set', async () => {
    await write([one('notification')])
    expect(portal.notifications).toEqual([
      { ID: '101', USER_ID: '5', MESSAGE: 'Клиент ждёт звонка' },
    ])
  })

  it('does not send a notification into the dark: an away portal is noticed before', async () => {
    portal.isAway = true
    const outcomes = await write(all)
    expect(portal.requests.every(({ method }) => method === 'profile')).toBe(true)
    for (const outcome of outcomes.values()) {
      expect(outcome).toMatchObject({ kind: 'retry', reason: 'away' })
    }
  })

  const denied = '{"error":"ACCESS_DENIED","error_description":"only on commercial plans"}'
  it.each([
    ['unreachable', 'unknown', 'away'],
    ['answer_lost', 'unknown', 'away'],
    [{ status: 502, body: '<h1>Bad Gateway</h1>' }, 'unknown', 'server_error'],
    [{ status: 200, body: '<p>Sign in</p>' }, 'unknown', 'server_error'],
    ['limit', 'retry', 'limit'],
    [{ status: 403, body: denied }, 'retry', 'forbidden'],
    [{ status: 401, body: '{"error":"NO_AUTH_FOUND"}' }, 'retry', 'unauthorized'],
    [{ status: 302, body: '' }, 'retry', 'not_configured'],
    ['refuse_writes', 'refused', 'forbidden'],
  ] as [Fault, string, string][])(
    'after %j every effect is %s (%s)',
    async (fault, kind, reason) => {
      portal.faults = [fault]
      const outcomes = await write(withoutNotification)
      expect(outcomes.size).toBe(withoutNotification.length)
      for (const outcome of outcomes.values()) expect(outcome).toMatchObject({ kind, reason })
    },
  )

  it('does not come back within five minutes to a portal that was blocked by hand', async () => {
    portal.faults = [{ status: 503, body: '{"error":"OVERLOAD_LIMIT"}' }]
    const outcome = (await write([one('comment')])).get(one('comment').id)
    expect(outcome).toMatchObject({ kind: 'retry', notBeforeMs: NOW_MS + 300_000 })
  })

  it.each([
    ['OPERATION_TIME_LIMIT', 'comment', 'retry', 'limit'],
    ['INTERNAL_SERVER_ERROR', 'comment', 'unknown', 'server_error'],
    ['INTERNAL_SERVER_ERROR', 'notification', 'refused', 'server_error'],
    ['OWNER_NOT_FOUND', 'comment', 'refused', 'not_found'],
    ['ERROR_METHOD_NOT_FOUND', 'comment', 'refused', 'invalid'],
  ] as const)('judges %s of one command (%s) alone: %s, %s', async (code, type, kind, reason) => {
    const { id } = one(type)
    const result = {
      result: { [one('todo').id]: { id: 5 } },
      result_error: { [id]: { error: code, error_description: '' } },
    }
    const probe = type === 'notification' ? [null] : []
    portal.faults = [...probe, { status: 200, body: JSON.stringify({ result }) }]
    const outcomes = await write([one(type), one('todo')])
    expect(outcomes.get(id)).toMatchObject({ kind, reason })
    expect(outcomes.get(one('todo').id)).toMatchObject({ kind: 'done', remoteId: '5' })
  })

  it('is refused when the portal says that it did not notify', async () => {
    const { id } = one('notification')
    const result = { result: { [id]: false }, result_error: [] }
    portal.faults = [null, { status: 200, body: JSON.stringify({ result }) }]
    expect((await write([one('notification')])).get(id)).toMatchObject({ kind: 'refused' })
  })
})

describe('a request that the browser repeated by itself', () => {
  const standing = () => ({
    calls: portal.activities.filter(({ TYPE_ID }) => TYPE_ID === '2').map(({ ID }) => ID),
    todos: portal.activities.filter(({ PROVIDER_ID }) => PROVIDER_ID).map(({ ID }) => ID),
    comments: portal.comments.map(({ ID }) => ID),
  })

  it('leaves each effect once, the one whose id was answered', async () => {
    portal.faults = ['repeated']
    const outcomes = await write(withoutNotification)
    const told = (type: (typeof TYPES)[number]) => {
      const outcome = outcomes.get(one(type).id)
      return outcome?.kind === 'done' ? [outcome.remoteId] : []
    }
    expect(standing()).toEqual({
      calls: told('call_record'),
      todos: told('todo'),
      comments: told('comment'),
    })
    expect(portal.requests).toHaveLength(2)
  })

  it('says of a notification that it may be there twice', async () => {
    portal.faults = [null, 'repeated']
    const outcome = (await write(all)).get(one('notification').id)
    expect(outcome).toMatchObject({ kind: 'done', detail: expect.stringContaining('twice') })
  })

  it('touches nothing of another attempt', async () => {
    await write(TYPES.slice(0, 4).map((type) => storedEffect(type, 2)))
    const before = portal.comments.length + portal.activities.length
    portal.faults = ['repeated']
    await write(withoutNotification)
    expect(portal.comments.length + portal.activities.length).toBe(before + 3)
  })

  it('stays in doubt while the portal doesn’t answer, and the look-up tidies up', async () => {
    portal.faults = ['repeated', 'unreachable']
    const outcome = (await write([one('comment')])).get(one('comment').id)
    expect(outcome).toMatchObject({ kind: 'unknown', reason: 'away' })
    expect(portal.comments).toHaveLength(2)
    const [oldest] = portal.comments
    const found = (await findEffects([one('comment')], client)).get(one('comment').id)
    expect(found).toMatchObject({ kind: 'found', remoteId: oldest?.ID })
    expect(portal.comments).toEqual([oldest])
  })

  it('asks a person to delete what the operator may not', async () => {
    portal.forbidsDeleting = true
    portal.faults = ['repeated']
    const outcome = (await write([one('todo')])).get(one('todo').id)
    expect(outcome).toMatchObject({ kind: 'done', detail: expect.stringContaining('by hand') })
    const found = (await findEffects([one('todo')], client)).get(one('todo').id)
    expect(found).toMatchObject({ kind: 'found', detail: expect.stringContaining('by hand') })
  })
})

describe('finding effects of unknown fate', () => {
  it('finds call record, comment and to-do, in one request', async () => {
    await write(withoutNotification)
    portal.requests = []
    const found = await findEffects(withoutNotification, client)
    expect(portal.requests).toHaveLength(1)
    expect(Object.fromEntries([...found].map(([id, { kind }]) => [id.slice(37), kind]))).toEqual({
      call_record: 'found',
      comment: 'found',
      todo: 'found',
      fields: 'absent',
    })
    const call = found.get(one('call_record').id)
    expect(call).toMatchObject({ kind: 'found', remoteId: portal.activities[0]?.ID })
  })

  it('does not take another attempt’s traces, or another effect’s, for its own', async () => {
    await write(withoutNotification.filter(({ effect }) => effect.type !== 'todo'))
    await write([{ ...storedEffect('todo'), id: `${storedEffect('todo').id}:2` }])
    const later = TYPES.map((type) => storedEffect(type, 2)).filter(
      ({ effect }) => effect.type !== 'notification',
    )
    for (const answer of (await findEffects(later, client)).values()) {
      expect(answer).toEqual({ kind: 'absent' })
    }
    const todo = await findEffects([one('todo')], client)
    expect(todo.get(one('todo').id)).toEqual({ kind: 'absent' })
  })

  it('finds a completed to-do too', async () => {
    await write([one('todo')])
    Object.assign(portal.activities[0] ?? {}, { COMPLETED: 'Y' })
    const found = await findEffects([one('todo')], client)
    expect(found.get(one('todo').id)).toMatchObject({ kind: 'found' })
  })

  it('says of a notification that it can’t be known, without asking', async () => {
    const found = await findEffects([one('notification')], client)
    expect(found.get(one('notification').id)).toMatchObject({ kind: 'unknowable' })
    expect(portal.requests).toHaveLength(0)
  })

  it('stays in doubt when the portal does not answer', async () => {
    portal.isAway = true
    const found = await findEffects([one('comment')], client)
    expect(found.get(one('comment').id)).toMatchObject({ kind: 'unanswered', reason: 'away' })
  })
})

describe('the portal’s carrier', () => {
  const describeRecord = () => ''

  it('holds everything back while no portal is set up', async () => {
    const carrier = createPortalCarrier({ client: async () => null, describeRecord })
    const outcome = (await carrier.deliver([one('comment')])).get(one('comment').id)
    expect(outcome).toMatchObject({ kind: 'retry', reason: 'not_configured' })
    const found = (await carrier.find([one('comment')])).get(one('comment').id)
    expect(found).toMatchObject({ kind: 'unanswered', reason: 'not_configured' })
  })

  it('never writes one portal’s result into another portal', async () => {
    const carrier = createPortalCarrier({ client: async () => client, describeRecord })
    const stray = storedEffect('comment', 1, { ...LEAD, portal: 'https://other.test' })
    const outcome = (await carrier.deliver([stray])).get(stray.id)
    expect(outcome).toMatchObject({ kind: 'retry', reason: 'not_configured' })
    expect(portal.requests).toHaveLength(0)
  })
})

import { describe, expect, test } from 'vitest'
import type { Campaign } from '../contracts/campaign.ts'
import { Effect } from '../contracts/effect.ts'
import type { Decision } from '../contracts/outcome.ts'
import { decide } from './decide.ts'
import {
  campaignFixture,
  cardFixture,
  draftFixture,
  inputFixture,
  NOW,
  OPERATOR,
} from './draft.fixture.ts'
import type { EffectPlan } from './effect-plan.ts'
import { planEffects } from './plan-effects.ts'
import { situationOf } from './proposal.ts'
import { withWithheld } from './withheld.ts'

const CALL_AT = '2026-03-03T14:30:00+03:00'

function planFor(
  outcome: string,
  changes: Partial<EffectPlan> = {},
  campaign: Campaign = campaignFixture(),
): EffectPlan {
  const input = inputFixture({
    outcome,
    nextContactAt: CALL_AT,
    meetingAt: CALL_AT,
    decisionMaker: 'Ольга Сергеевна',
    email: 'olga@example.com',
    marksByHand: [
      { type: 'spoke_with', who: 'dm' },
      { type: 'presentation' },
      { type: 'confirmed_aloud' },
      { type: 'preliminary_call_agreed' },
      { type: 'objection_handled', objection: 'send_mail' },
    ],
  })
  const draft = draftFixture({ input: outcome === 'no_answer' ? inputFixture({ outcome }) : input })
  const card = cardFixture()
  const situation = situationOf(campaign, draft, { card, history: [], taken: [], now: NOW })
  const verdict = decide(campaign, situation)
  if (!verdict.accepted) throw new Error(JSON.stringify(verdict.violations))
  return {
    decision: verdict.decision,
    draft,
    evidence: situation.proposal.evidence,
    card,
    campaign,
    operator: OPERATOR,
    savedAt: NOW,
    openTodos: [],
    history: [],
    stops: [],
    hasRelay: true,
    ...changes,
  }
}

function effectOf<T extends Effect['type']>(plan: EffectPlan, type: T) {
  const found = planEffects(plan).find(
    (effect): effect is Extract<Effect, { type: T }> => effect.type === type,
  )
  return found ?? null
}

test('every planned effect keeps the contract', () => {
  for (const outcome of ['no_answer', 'awaiting_call', 'possible_interest', 'competitor']) {
    for (const effect of planEffects(planFor(outcome))) {
      expect(Effect.safeParse(effect).error).toBeUndefined()
    }
  }
})

describe('the callbacks of earlier results', () => {
  const record = (attemptId: string, callbackAt: string | null) =>
    ({ attemptId, callbackAt }) as EffectPlan['history'][number]
  const open = (id: number, attemptId: string | null, deadline = CALL_AT) => ({
    id,
    title: 'Перезвонить',
    deadline,
    responsibleId: OPERATOR.id,
    attemptId,
  })
  const done = (plan: EffectPlan) =>
    planEffects(plan).flatMap((effect) => (effect.type === 'todo_done' ? [effect.todoId] : []))

  test.each(['no_answer', 'competitor'])('end with the next result, be it %s', (outcome) => {
    const openTodos = [open(1, 'a'), open(2, 'b'), open(3, null), open(4, 'unknown')]
    const history = [record('a', CALL_AT), record('b', null)]
    expect(done(planFor(outcome, { openTodos, history }))).toEqual([1])
  })

  test('stay open when the new result says just the same', () => {
    const plan = planFor('no_answer')
    const same = open(1, 'a', plan.decision.callbackAt ?? '')
    const history = [record('a', CALL_AT)]
    expect(done({ ...plan, openTodos: [same], history })).toEqual([])
    const colleagues = { ...same, responsibleId: OPERATOR.id + 1 }
    expect(done({ ...plan, openTodos: [colleagues], history })).toEqual([1])
  })
})

describe('after the first unanswered call', () => {
  const plan = planFor('no_answer')

  test('call, comment, fields and the operator’s own to-do are written, in this order', () => {
    expect(planEffects(plan).map(({ type }) => type)).toEqual([
      'call_record',
      'comment',
      'fields',
      'todo',
    ])
  })

  test('the call is named by what happened and holds the record', () => {
    expect(effectOf(plan, 'call_record')).toMatchObject({
      subject: 'Исходящий звонок: НЕТ ОТВЕТА',
      call: { number: '+74951230001' },
      record: { outcome: 'call_back', cause: 'no_answer', attempt: 1, comment: 'Нет ответа 1' },
    })
  })

  test('the comment is the decision’s', () => {
    expect(effectOf(plan, 'comment')?.text).toBe('Нет ответа 1')
  })

  test('the to-do is due at the callback', () => {
    expect(effectOf(plan, 'todo')).toMatchObject({
      title: 'Перезвонить: ООО «Литейный двор»',
      deadline: plan.decision.callbackAt,
      responsibleId: OPERATOR.id,
      description: 'Нет ответа 1\nКто: Пётр Ильич\nТелефон: +7 495 123-00-01',
    })
  })

  test('the fields show it to filters, and leave the grade as it was', () => {
    expect(effectOf(plan, 'fields')).toMatchObject({
      stageId: 'IN_PROCESS',
      fields: {
        UF_CRM_PROZVON_OUTCOME: 'ПЕРЕЗВОНИТЬ КЦ',
        UF_CRM_PROZVON_ATTEMPTS: 1,
        UF_CRM_PROZVON_NEXT_CONTACT: plan.decision.callbackAt,
      },
    })
    expect(effectOf(plan, 'fields')?.fields).not.toHaveProperty('UF_CRM_PROZVON_GRADE')
  })

  test('a to-do that says the same already is not doubled', () => {
    const open = {
      id: 1,
      title: 'Перезвонить',
      deadline: plan.decision.callbackAt,
      responsibleId: OPERATOR.id,
      attemptId: null,
    }
    expect(effectOf({ ...plan, openTodos: [open] }, 'todo')).toBeNull()
    expect(effectOf({ ...plan, openTodos: [{ ...open, responsibleId: 3 }] }, 'todo')).not.toBeNull()
  })
})

describe('after КЛИЕНТ ЖДЁТ ЗВОНКА (001-18)', () => {
  const salesRep = { userId: 3, name: 'Игорь Лозовой' }
  const plan = planFor('awaiting_call', {}, campaignFixture({ salesRep }))

  test('without a sales rep the operator gets the to-do, and nobody is notified', () => {
    const alone = planFor('awaiting_call', {}, campaignFixture({ salesRep: null }))
    expect(effectOf(alone, 'todo')).toMatchObject({ responsibleId: OPERATOR.id })
    expect(effectOf(alone, 'notification')).toBeNull()
  })

  test('the sales rep gets the to-do, and is told who, when and by which number', () => {
    expect(effectOf(plan, 'todo')).toMatchObject({
      title: 'Клиент ждёт звонка: ООО «Литейный двор»',
      deadline: CALL_AT,
      responsibleId: 3,
    })
    expect(effectOf(plan, 'notification')).toMatchObject({
      userId: 3,
      text: [
        'КЛИЕНТ ЖДЁТ ЗВОНКА (КЖЗ): ООО «Литейный двор»',
        'Когда: 03.03.2026 14:30',
        'Кто: Ольга Сергеевна',
        'Телефон: +7 495 123-00-01',
        '03.03.2026, 14:30, ЛПР заинтересован',
        'Договорённость принял оператор: Анна Белова',
      ].join('\n'),
    })
  })

  test('the client gets an SMS to a mobile number and a mail to the address he gave', () => {
    const variables = {
      contact: 'Ольга Сергеевна',
      company: 'ООО «Литейный двор»',
      operator: 'Анна Белова',
      customer: 'Северный Свет',
      date: '03.03.2026',
      time: '14:30',
    }
    expect(effectOf(plan, 'sms')).toMatchObject({
      to: '+79161234567',
      template: 'call-promised',
      language: 'ru',
      variables,
    })
    expect(effectOf(plan, 'mail')).toMatchObject({
      to: 'olga@example.com',
      template: 'call-promised-mail',
      variables,
    })
  })

  test('the client reads the time on his own clock', () => {
    const card = cardFixture({ timeZone: 'Asia/Yekaterinburg' })
    expect(effectOf({ ...plan, card }, 'sms')?.variables).toMatchObject({ time: '16:30' })
  })

  test('without a mobile number there is no SMS', () => {
    const card = cardFixture({ phones: [{ raw: '1', e164: '+74951230001', label: 'WORK' }] })
    expect(effectOf({ ...plan, card }, 'sms')).toBeNull()
  })

  test('the messages are in the client’s language', () => {
    const { draft } = plan
    const input = { ...draft.input, walk: { ...draft.input.walk, language: 'uk' as const } }
    expect(effectOf({ ...plan, draft: { ...draft, input } }, 'sms')?.language).toBe('uk')
  })
})

describe('whom the stop list bars gets no message (decisions: opt-out)', () => {
  const salesRep = { userId: 3, name: 'Игорь Лозовой' }
  const base = planFor('awaiting_call', {}, campaignFixture({ salesRep }))
  const stop = (
    kind: 'phone' | 'mail' | 'company',
    value: string,
    channel: 'all' | 'call' = 'all',
  ) =>
    ({
      subject: { kind, value },
      entry: { channel, term: { kind: 'permanent' }, scope: { kind: 'global' } },
    }) as EffectPlan['stops'][number]
  const MOBILE = '+79161234567'

  test.each<[string, EffectPlan['stops'], boolean, boolean]>([
    ['nobody barred', [], true, true],
    ['the mobile number', [stop('phone', MOBILE)], false, true],
    ['another number', [stop('phone', '+74951230001')], true, true],
    ['barred for calls only', [stop('phone', MOBILE, 'call')], true, true],
    ['the address', [stop('mail', 'olga@example.com')], true, false],
    ['the company', [stop('company', 'bitrix24:7')], false, false],
  ])('%s', (_, stops, sms, mail) => {
    const plan = { ...base, stops }
    expect([effectOf(plan, 'sms') !== null, effectOf(plan, 'mail') !== null]).toEqual([sms, mail])
    const said = [...(sms ? [] : ['sms_withheld']), ...(mail ? [] : ['mail_withheld'])]
    expect(withWithheld(plan).warnings).toEqual(said)
  })

  test('another mobile number of the card gets the SMS instead', () => {
    const other = { raw: '2', e164: '+79161234568', label: 'MOBILE' }
    const card = cardFixture({ phones: [...cardFixture().phones, other] })
    const plan = { ...base, card, stops: [stop('phone', MOBILE)] }
    expect(effectOf(plan, 'sms')?.to).toBe(other.e164)
    expect(withWithheld(plan).warnings).toEqual([])
  })
})

describe('a result that bars the client enters the relay’s stop list', () => {
  const barring = (changes: Partial<Decision>, optOut = false): EffectPlan => {
    const plan = planFor('competitor', { card: cardFixture({ companyId: 7 }) })
    const input = { ...plan.draft.input, optOut }
    const decision = { ...plan.decision, ...changes }
    return { ...plan, decision, draft: { ...plan.draft, input } }
  }
  const numbers = ['+74951230001', '+79161234567']
  const mails = ['office@example.com', 'olga@example.com']

  test('a competitor: the company and all of the card, until a person has looked', () => {
    const { request } = effectOf(barring({}), 'stop_list') ?? {}
    expect(request).toMatchObject({
      scope: { kind: 'customer', id: 'Северный Свет' },
      channel: 'all',
      term: { kind: 'until_reviewed' },
      source: 'operator',
    })
    const values = request?.subjects.map(({ value }) => value).sort()
    expect(values).toEqual([...numbers, 'bitrix24:7', ...mails].sort())
  })

  test('an opt-out: numbers and addresses for good, in the client’s name, and no company', () => {
    const plan = barring({ outcome: 'dm_refusal', stopList: 'permanent' }, true)
    const { request } = effectOf(plan, 'stop_list') ?? {}
    expect(request).toMatchObject({ term: { kind: 'permanent' }, source: 'client' })
    expect(request?.words).toBe(plan.decision.comment)
    expect(request?.subjects.map(({ value }) => value).sort()).toEqual(
      [...numbers, ...mails].sort(),
    )
  })

  test('a result without a bar, and a desk without a relay, enter nothing', () => {
    expect(effectOf(barring({ stopList: null }), 'stop_list')).toBeNull()
    expect(effectOf({ ...barring({}), hasRelay: false }, 'stop_list')).toBeNull()
  })
})

describe('the lead’s stage follows what became of it', () => {
  const decision = planFor('no_answer').decision
  test.each<[string, Partial<Decision>, string | null]>([
    ['work goes on', {}, 'IN_PROCESS'],
    ['hot is handed over', { kind: 'final', grade: 'hot' }, 'PROCESSED'],
    ['warm is handed over', { kind: 'final', grade: 'warm' }, 'PROCESSED'],
    ['a refusal is closed', { kind: 'final', grade: 'not_interested' }, 'JUNK'],
    ['a stop list closes', { kind: 'final', grade: 'hypothetical', stopList: 'permanent' }, 'JUNK'],
    ['nobody reached waits for the next pass', { kind: 'final', grade: null }, 'IN_PROCESS'],
    ['the customer is being asked', { kind: 'pending' }, null],
    ['a busy line is no attempt', { kind: 'technical', attempt: null }, null],
  ])('%s', (_, changes, stageId) => {
    const plan = planFor('no_answer', { decision: { ...decision, ...changes } })
    expect(effectOf(plan, 'fields')?.stageId).toBe(stageId)
  })
})

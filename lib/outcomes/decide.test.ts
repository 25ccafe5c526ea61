import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shippedCampaign } from '../campaign/shipped/index.ts'
import type { Campaign } from '../contracts/campaign.ts'
import {
  CHAIN_OUTCOME_IDS,
  type Evidence,
  type HistoryEntry,
  OUTCOME_IDS,
  Proposal,
} from '../contracts/outcome.ts'
import { decide, type Verdict } from './decide.ts'
import type { Lead, Situation } from './situation.ts'

function shipped(id: string): Campaign {
  const campaign = shippedCampaign(id)
  if (campaign === null) throw new Error(`no campaign ${id}`)
  return campaign
}
const RU = shipped('b2b-cold-ru')
const UK = shipped('b2b-cold-uk')

type ProposalInput = Omit<Partial<Proposal>, 'evidence'> & { evidence?: Partial<Evidence> }

interface Given {
  campaign?: Campaign
  lead?: Partial<Lead>
  history?: HistoryEntry[]
  taken?: string[]
  pass?: number
  now?: string
}

/** Monday, 2 March 2026, a quarter past ten in Moscow, unless something else is given. */
function situation(proposal: ProposalInput, given: Given = {}): Situation {
  return {
    lead: { city: null, timeZone: null, stopList: null, ...given.lead },
    history: given.history ?? [],
    taken: given.taken ?? [],
    proposal: Proposal.parse({
      outcome: 'no_answer',
      ...proposal,
      evidence: proposal.evidence ?? {},
    }),
    pass: given.pass ?? 1,
    now: given.now ?? '2026-03-02T10:15:00+03:00',
    random: 42,
  }
}

function judge(proposal: ProposalInput, given: Given = {}): Verdict {
  return decide(given.campaign ?? RU, situation(proposal, given))
}

function codes(verdict: Verdict): string[] {
  return verdict.accepted ? [] : verdict.violations.map(({ code }) => code)
}

function accepted(proposal: ProposalInput, given: Given = {}) {
  const verdict = judge(proposal, given)
  if (!verdict.accepted) throw new Error(codes(verdict).join(', '))
  return verdict.decision
}

function earlier(...causes: string[]): HistoryEntry[] {
  return causes.map((cause, index) => ({
    at: `2026-02-2${index}T12:00:00+03:00`,
    pass: 1,
    outcome: 'call_back',
    cause,
    kind: 'intermediate',
  }))
}

const WAITED = { rangSeconds: 60 }
const SPOKE_WITH_DM = { spokeWith: 'dm', callSeconds: 120 } as const
const SECRETARY = { spokeWith: 'secretary', callSeconds: 40 } as const
const CONVINCED = {
  ...SPOKE_WITH_DM,
  presentation: true,
  objectionsRaised: 1,
  objectionsHandled: 1,
  decisionMaker: 'Иван Петрович',
  email: 'director@example.com',
  confirmedAloud: true,
  preliminaryCallAgreed: true,
  transferConnected: true,
} as const
const TOMORROW = '2026-03-03T14:30:00+03:00'

/** For each outcome a proposal that is accepted; tests take away from it what they are about. */
const GOOD: Record<(typeof OUTCOME_IDS)[number], ProposalInput> = {
  no_answer: { evidence: WAITED },
  answering_machine: { evidence: { callSeconds: 60 } },
  secretary_refusal: { reason: 'не соединяет без письма', evidence: SECRETARY },
  talk_refused: { reason: 'совещание', evidence: SPOKE_WITH_DM },
  dm_absent: { reason: 'в отпуске', evidence: SECRETARY },
  connection_error: { reason: 'тишина' },
  line_busy: {},
  call_back: { cause: 'no_answer', evidence: WAITED },
  dm_refusal: {
    variant: 'not_interested',
    reason: 'только сменили свет',
    evidence: { ...SPOKE_WITH_DM, objectionsHandled: 1 },
  },
  off_profile_dm: { evidence: SPOKE_WITH_DM },
  off_profile_secretary: { approval: 'granted', evidence: SECRETARY },
  private_person: {},
  other_company: {},
  competitor: {},
  already_client: {},
  email_sent_dm: { approval: 'granted', evidence: CONVINCED },
  email_sent_secretary: { approval: 'granted', evidence: { ...CONVINCED, ...SECRETARY } },
  email_required: { approval: 'granted', evidence: CONVINCED },
  possible_interest: { nextContactAt: TOMORROW, evidence: CONVINCED },
  awaiting_call: { nextContactAt: TOMORROW, evidence: CONVINCED },
  customer_number_given: { approval: 'granted', evidence: CONVINCED },
  meeting_set: { approval: 'granted', meetingAt: TOMORROW, evidence: CONVINCED },
  call_transferred: { approval: 'granted', evidence: CONVINCED },
}
const MOSCOW: Given = { lead: { city: 'Москва' } }

function good(outcome: (typeof OUTCOME_IDS)[number], changes: ProposalInput = {}): ProposalInput {
  const base = GOOD[outcome]
  return { ...base, ...changes, outcome, evidence: { ...base.evidence, ...changes.evidence } }
}

describe('the deck’s story of three calls (001-7, 001-13, 001-27)', () => {
  test('the first two unanswered calls are ПЕРЕЗВОНИТЬ КЦ, the third is final', () => {
    expect(accepted(good('no_answer'))).toMatchObject({
      outcome: 'call_back',
      cause: 'no_answer',
      kind: 'intermediate',
      attempt: 1,
      comment: 'Нет ответа 1',
    })
    expect(accepted(good('no_answer'), { history: earlier('no_answer') })).toMatchObject({
      kind: 'intermediate',
      attempt: 2,
      comment: 'Нет ответа 2',
    })
    expect(
      accepted(good('no_answer'), { history: earlier('no_answer', 'answering_machine') }),
    ).toEqual({
      outcome: 'no_answer',
      cause: null,
      kind: 'final',
      attempt: 3,
      comment: 'Не берут трубку 3',
      callbackAt: null,
      nextContactAt: null,
      meetingAt: null,
      grade: null,
      stopList: null,
      effects: [{ type: 'call_record' }, { type: 'comment' }, { type: 'fields' }],
      warnings: [],
    })
  })

  test('counted by cause, each cause has its own number, and the total ends the pass', () => {
    const campaign = { ...RU, attempts: { scope: 'cause' as const, max: 3, total: 6 } }
    const mixed = earlier('no_answer', 'answering_machine', 'no_answer', 'connection_error')
    expect(accepted(good('answering_machine'), { campaign, history: mixed })).toMatchObject({
      kind: 'intermediate',
      attempt: 2,
    })
    expect(accepted(good('no_answer'), { campaign, history: mixed })).toMatchObject({
      kind: 'final',
      attempt: 3,
    })
    const five = [...mixed, ...earlier('answering_machine')]
    expect(accepted(good('connection_error'), { campaign, history: five })).toMatchObject({
      kind: 'final',
      attempt: 2,
      comment: 'Неисправность 2: тишина',
    })
  })

  test('another pass, busy lines and refusals do not count', () => {
    const history: HistoryEntry[] = [
      ...earlier('no_answer', 'no_answer').map((entry) => ({ ...entry, pass: 1 })),
      {
        at: '2026-02-25T12:00:00+03:00',
        pass: 1,
        outcome: 'no_answer',
        cause: null,
        kind: 'final',
      },
      {
        at: '2026-02-26T12:00:00+03:00',
        pass: 2,
        outcome: 'line_busy',
        cause: null,
        kind: 'technical',
      },
    ]
    expect(accepted(good('no_answer'), { history, pass: 2 }).attempt).toBe(1)
    expect(codes(judge(good('no_answer'), { history, pass: 1 }))).toEqual(['pass_closed'])
  })

  test('no intermediate result is ever accepted at the limit', () => {
    const scopes = fc.constantFrom<Campaign['attempts']>(
      { scope: 'lead', max: 3, total: 6 },
      { scope: 'cause', max: 2, total: 4 },
    )
    const causes = fc.array(fc.constantFrom(...CHAIN_OUTCOME_IDS), { maxLength: 8 })
    fc.assert(
      fc.property(
        scopes,
        causes,
        fc.constantFrom(...CHAIN_OUTCOME_IDS),
        fc.boolean(),
        (attempts, before, cause, asCallBack) => {
          const outcome = asCallBack ? 'call_back' : cause
          const verdict = judge(
            { ...good(cause), outcome, cause },
            { campaign: { ...RU, attempts }, history: earlier(...before) },
          )
          const sameCause = before.filter((other) => other === cause).length
          const isLast =
            attempts.scope === 'lead'
              ? before.length + 1 >= attempts.max
              : sameCause + 1 >= attempts.max || before.length + 1 >= attempts.total
          if (verdict.accepted)
            expect(verdict.decision.kind).toBe(isLast ? 'final' : 'intermediate')
          else expect([isLast, asCallBack]).toEqual([true, true])
        },
      ),
    )
  })
})

describe('every outcome is accepted when its conditions are met', () => {
  test.each(OUTCOME_IDS)('%s', (outcome) => {
    expect(codes(judge(good(outcome), MOSCOW))).toEqual([])
  })
})

describe('what an outcome is refused for', () => {
  test.each<[string, ProposalInput, Given, string[]]>([
    [
      'an unknown outcome, and nothing else is checked',
      { outcome: 'voicemail' },
      { lead: { stopList: 'permanent' } },
      ['unknown_outcome'],
    ],
    [
      'a disabled outcome',
      good('competitor'),
      { campaign: { ...RU, disabled: ['competitor'] } },
      ['not_enabled'],
    ],
    [
      'hypothetical in a pilot (000-16)',
      good('possible_interest', { variant: 'hypothetical' }),
      { campaign: { ...RU, projectKind: 'pilot' } },
      ['not_enabled'],
    ],
    [
      'an outgoing call to the stop list',
      good('competitor'),
      { lead: { stopList: 'until_reviewed' } },
      ['stop_listed'],
    ],
    [
      'a second result of a pass',
      good('competitor'),
      {
        history: [
          {
            at: '2026-02-25T12:00:00+03:00',
            pass: 1,
            outcome: 'meeting_set',
            cause: null,
            kind: 'pending',
          },
        ],
      },
      ['pass_closed'],
    ],
    [
      'a callback without cause',
      { outcome: 'call_back', callbackAt: '2020-01-01T00:00:00Z' },
      { history: earlier('no_answer', 'no_answer') },
      ['cause_required'],
    ],
    [
      'a callback with a cause that is none',
      { outcome: 'call_back', cause: 'dm_refusal', optOut: true },
      {},
      ['cause_required', 'opt_out_is_final'],
    ],
    [
      'a callback at the last attempt',
      good('call_back'),
      { history: earlier('no_answer', 'no_answer') },
      ['attempts_exhausted'],
    ],
    [
      'a late date at the last attempt, too',
      good('call_back', { callbackAt: '2026-03-16T12:00:00+03:00' }),
      { history: earlier('no_answer', 'no_answer') },
      ['attempts_exhausted', 'beyond_limit'],
    ],
    [
      'an opt-out that is to be called again',
      good('line_busy', { optOut: true }),
      {},
      ['opt_out_is_final'],
    ],
    [
      'no answer after a talk (001-7)',
      good('no_answer', { evidence: { ...SECRETARY } }),
      {},
      ['evidence_contradicts'],
    ],
    [
      'no answer after 59 s (001-7)',
      good('no_answer', { evidence: { rangSeconds: 59 } }),
      {},
      ['wait_too_short'],
    ],
    [
      'a robot after 59 s (001-8)',
      good('answering_machine', { evidence: { callSeconds: 59 } }),
      {},
      ['wait_too_short'],
    ],
    [
      'the same as a cause',
      good('call_back', { evidence: { rangSeconds: 10 } }),
      {},
      ['wait_too_short'],
    ],
    [
      'a refusal without its reason (001-10)',
      good('dm_refusal', { reason: ' ... ' }),
      {},
      ['reason_required'],
    ],
    [
      'a reason that says nothing (002-8)',
      good('dm_refusal', { reason: ' Не  ИНТЕРЕСНО!. ' }),
      {},
      ['reason_too_vague'],
    ],
    [
      'a Ukrainian one in a Russian campaign',
      good('dm_refusal', { reason: 'не цікаво' }),
      {},
      ['reason_too_vague'],
    ],
    [
      'another supplier without name (001-25)',
      good('already_client', { variant: 'other_supplier' }),
      {},
      ['reason_required'],
    ],
    [
      'a refusal of no kind (001-10)',
      good('dm_refusal', { variant: null }),
      {},
      ['variant_required'],
    ],
    [
      'a variant of another outcome',
      good('private_person', { variant: 'ours' }),
      {},
      ['variant_required'],
    ],
    [
      'a refusal by the secretary as one by the dm',
      good('dm_refusal', { evidence: SECRETARY }),
      {},
      ['spoke_with_required'],
    ],
    [
      'a secretary’s refusal that the dm spoke',
      good('secretary_refusal', { evidence: SPOKE_WITH_DM }),
      {},
      ['spoke_with_required'],
    ],
    [
      'interest without presentation (001-18)',
      good('awaiting_call', { evidence: { presentation: false } }),
      {},
      ['presentation_required'],
    ],
    [
      'a refusal that nobody argued with (001-10)',
      good('dm_refusal', { evidence: { objectionsHandled: 0 } }),
      {},
      ['objections_required'],
    ],
    [
      'a raised objection left alone (001-18)',
      good('awaiting_call', { evidence: { objectionsHandled: 0 } }),
      {},
      ['objections_required'],
    ],
    [
      'an awaited call without date (001-18)',
      good('awaiting_call', { nextContactAt: null }),
      {},
      ['date_required'],
    ],
    [
      'a meeting without date (001-20)',
      good('meeting_set', { meetingAt: null }),
      MOSCOW,
      ['date_required'],
    ],
    [
      'an awaited call in 15 days',
      good('awaiting_call', { nextContactAt: '2026-03-17T12:00:00+03:00' }),
      {},
      ['beyond_limit'],
    ],
    [
      'a callback in six days, on Sunday, at night',
      good('call_back', { callbackAt: '2026-03-08T23:00:00+03:00' }),
      {},
      ['beyond_limit', 'outside_hours', 'non_working_day'],
    ],
    [
      'a callback yesterday, on Sunday',
      good('call_back', { callbackAt: '2026-03-01T12:00:00+03:00' }),
      {},
      ['date_in_past'],
    ],
    [
      'a client whose day never meets ours',
      good('no_answer'),
      { lead: { timeZone: 'Pacific/Honolulu' } },
      ['no_slot'],
    ],
    [
      'a letter to nowhere',
      good('email_sent_dm', { evidence: { email: 'a@b' } }),
      {},
      ['email_required'],
    ],
    [
      'a letter to nobody (001-15)',
      good('email_sent_secretary', { evidence: { decisionMaker: ' ' } }),
      {},
      ['decision_maker_required'],
    ],
    [
      'another company although the card was corrected (001-6)',
      good('other_company', { evidence: { cardCorrected: true } }),
      {},
      ['card_correctable'],
    ],
    [
      'a date that was not said aloud (001-18)',
      good('awaiting_call', { evidence: { confirmedAloud: false } }),
      {},
      ['confirmation_required'],
    ],
    [
      'a meeting in another city (001-20)',
      good('meeting_set'),
      { lead: { city: 'Тула' } },
      ['city_mismatch'],
    ],
    ['a meeting in no city', good('meeting_set'), {}, ['city_mismatch']],
    [
      'a meeting without a call before it (001-20)',
      good('meeting_set', { evidence: { preliminaryCallAgreed: false } }),
      MOSCOW,
      ['preliminary_call_required'],
    ],
    [
      'a transfer that the script does not have (001-21)',
      good('call_transferred'),
      { campaign: { ...RU, transferStep: false } },
      ['transfer_step_missing'],
    ],
    [
      'a transfer that failed',
      good('call_transferred', { evidence: { transferConnected: false } }),
      {},
      ['transfer_not_connected'],
    ],
    [
      'a letter without asking the customer (001-14)',
      good('email_sent_dm', { approval: 'none' }),
      {},
      ['approval_required'],
    ],
    [
      'a letter that the customer refused',
      good('email_sent_dm', { approval: 'refused' }),
      {},
      ['approval_refused'],
    ],
  ])('%s', (_, proposal, given, expected) => {
    expect(codes(judge(proposal, given))).toEqual(expected)
  })

  test('the third busy line of a day, whatever the pass', () => {
    const busy = (at: string): HistoryEntry => ({
      at,
      pass: 2,
      outcome: 'line_busy',
      cause: null,
      kind: 'technical',
    })
    const history = [busy('2026-03-02T00:00:00+03:00'), busy('2026-03-02T09:00:00+03:00')]
    expect(codes(judge(good('line_busy'), { history }))).toEqual(['busy_limit'])
    const yesterday = [busy('2026-03-01T23:59:59+03:00'), busy('2026-03-02T09:00:00+03:00')]
    expect(codes(judge(good('line_busy'), { history: yesterday }))).toEqual([])
  })

  test('everything at once, each code once', () => {
    expect(codes(judge({ outcome: 'meeting_set' }))).toEqual([
      'spoke_with_required',
      'presentation_required',
      'decision_maker_required',
      'city_mismatch',
      'preliminary_call_required',
      'approval_required',
      'date_required',
    ])
  })
})

describe('what is accepted all the same', () => {
  test.each<[string, ProposalInput, Given]>([
    [
      'an incoming call from the stop list',
      good('competitor', { evidence: { direction: 'in' } }),
      { lead: { stopList: 'permanent' } },
    ],
    [
      'no answer that the network cut short',
      good('no_answer', { evidence: { rangSeconds: 5, endedBy: 'network' } }),
      {},
    ],
    [
      'a disabled outcome as a cause',
      good('call_back'),
      { campaign: { ...RU, disabled: ['no_answer'] } },
    ],
    [
      'a rude refusal that nobody argued with',
      good('dm_refusal', { rude: true, evidence: { objectionsHandled: 0 } }),
      {},
    ],
    [
      'a refusal of one who hung up',
      good('dm_refusal', { evidence: { objectionsHandled: 0, endedBy: 'client' } }),
      {},
    ],
    [
      'interest without objections',
      good('awaiting_call', { evidence: { objectionsRaised: 0, objectionsHandled: 0 } }),
      {},
    ],
    [
      'a Sunday that the client named',
      good('awaiting_call', { nextContactAt: '2026-03-08T12:00:00+03:00', namedByClient: true }),
      {},
    ],
    [
      'a date that the outcome does not use',
      good('competitor', { nextContactAt: '2020-01-01T00:00:00Z' }),
      {},
    ],
    [
      'an outcome approved in advance',
      good('email_sent_dm', { approval: 'refused' }),
      { campaign: { ...RU, approvedInAdvance: ['email_sent_dm'] } },
    ],
    ['a city by its other name', good('meeting_set'), { lead: { city: 'г. Moscow' } }],
    ['a vague word within a reason', good('dm_refusal', { reason: 'нет бюджета до осени' }), {}],
  ])('%s', (_, proposal, given) => {
    expect(codes(judge(proposal, given))).toEqual([])
  })
})

describe('what is final at once', () => {
  test.each<[string, ProposalInput, Record<string, unknown>]>([
    [
      'a secretary’s refusal after three objections (001-9)',
      good('secretary_refusal', { evidence: { objectionsHandled: 3 } }),
      { grade: 'hypothetical', comment: 'Отказ Секретаря 1: не соединяет без письма' },
    ],
    [
      'a rude secretary (000-19)',
      good('secretary_refusal', { rude: true }),
      { grade: 'prejudiced', stopList: 'until_reviewed' },
    ],
    [
      'a long absence that nobody fills (001-23)',
      good('dm_absent', { evidence: { longAbsence: true, nobodyReplaces: true } }),
      { grade: 'hypothetical' },
    ],
    [
      'numbers that are all dead',
      good('connection_error', { evidence: { allNumbersDead: true } }),
      { grade: null },
    ],
    [
      'an opt-out',
      good('talk_refused', { optOut: true }),
      { grade: 'hypothetical', stopList: 'permanent' },
    ],
  ])('%s', (_, proposal, expected) => {
    expect(accepted(proposal)).toMatchObject({
      kind: 'final',
      cause: null,
      attempt: 1,
      ...expected,
    })
  })

  test('two objections are not three', () => {
    expect(accepted(good('secretary_refusal', { evidence: { objectionsHandled: 2 } })).kind).toBe(
      'intermediate',
    )
  })

  test('ПЕРЕЗВОНИТЬ КЦ stays possible while attempts are left', () => {
    const proposal = good('secretary_refusal', { evidence: { objectionsHandled: 3 } })
    expect(accepted({ ...proposal, outcome: 'call_back', cause: 'secretary_refusal' }).kind).toBe(
      'intermediate',
    )
  })
})

describe('grade and stop list (001-32)', () => {
  const pilot = { campaign: { ...RU, projectKind: 'pilot' as const } }
  test.each<[string, ProposalInput, Given, string | null, string | null]>([
    ['a refusal', good('dm_refusal'), {}, 'not_interested', null],
    [
      'a refusal with a door left open',
      good('dm_refusal', { evidence: { futurePossible: true } }),
      {},
      'hypothetical',
      null,
    ],
    [
      'the same in a pilot',
      good('dm_refusal', { evidence: { futurePossible: true } }),
      pilot,
      'not_interested',
      null,
    ],
    ['a rude refusal', good('dm_refusal', { rude: true }), {}, 'prejudiced', 'until_reviewed'],
    [
      'a rude refusal with opt-out',
      good('dm_refusal', { rude: true, optOut: true }),
      {},
      'prejudiced',
      'permanent',
    ],
    ['a letter through the secretary in a pilot', good('email_sent_secretary'), pilot, null, null],
    ['a competitor (001-24)', good('competitor'), {}, 'wrong_target', 'until_reviewed'],
    ['our client (001-25)', good('already_client'), {}, 'client', 'permanent'],
    [
      'another supplier’s client',
      good('already_client', { variant: 'other_supplier', reason: 'Луч' }),
      {},
      'client',
      null,
    ],
    ['weak interest', good('possible_interest'), {}, 'warm', null],
    [
      'weaker interest',
      good('possible_interest', { variant: 'hypothetical' }),
      {},
      'hypothetical',
      null,
    ],
    ['an awaited call', good('awaiting_call'), {}, 'hot', null],
    [
      'what waits for the customer',
      good('email_sent_dm', { approval: 'pending', optOut: true }),
      {},
      null,
      null,
    ],
  ])('%s', (_, proposal, given, grade, stopList) => {
    expect(accepted(proposal, given)).toMatchObject({ grade, stopList })
  })
})

describe('comments (001-2)', () => {
  test.each<[string, ProposalInput, Given, string]>([
    [
      'the closing text at the limit (001-9)',
      good('secretary_refusal'),
      { history: earlier('no_answer', 'no_answer') },
      'Не соединяет с ЛПР 3: не соединяет без письма',
    ],
    [
      'the note follows a full stop',
      good('no_answer', { note: ' гудки странные ' }),
      {},
      'Нет ответа 1. гудки странные',
    ],
    [
      'no second full stop',
      good('private_person', { note: 'Уволился' }),
      {},
      'физ. лицо, ранее работал в данной организации. Уволился',
    ],
    [
      'the variant’s text',
      good('dm_refusal', { variant: 'not_relevant' }),
      {},
      'ЛПР не актуально: только сменили свет',
    ],
    [
      'date and time in the campaign’s zone',
      good('awaiting_call', { nextContactAt: '2026-03-03T11:30:00Z' }),
      {},
      '03.03.2026, 14:30, ЛПР заинтересован',
    ],
    ['the kind of competitor', good('competitor', { reason: 'монтажники' }), {}, 'монтажники'],
    [
      'the campaign’s word for a competitor',
      good('competitor', { reason: ' . ' }),
      {},
      'Другой колл-центр',
    ],
    [
      'a reason with braces stays as typed',
      good('connection_error', { reason: '{n} {date}' }),
      {},
      'Неисправность 1: {n} {date}',
    ],
    ['the cause’s text in Ukrainian', good('no_answer'), { campaign: UK }, 'Немає відповіді 1'],
    ['busy', good('line_busy'), {}, 'Занято'],
  ])('%s', (_, proposal, given, comment) => {
    expect(accepted(proposal, given).comment).toBe(comment)
  })
})

describe('dates of the answer', () => {
  test('a named date comes back as the same instant in the campaign’s zone', () => {
    expect(accepted(good('call_back', { callbackAt: '2026-03-04T08:07:00.500Z' })).callbackAt).toBe(
      '2026-03-04T11:07:00+03:00',
    )
  })

  test('a minute that is taken is accepted with a warning when it was named (001-29)', () => {
    const proposal = good('call_back', { callbackAt: '2026-03-04T11:07:00+03:00' })
    const taken = ['2026-03-04T08:07:30Z']
    expect(accepted(proposal, { taken }).warnings).toEqual(['minute_taken'])
    expect(accepted(proposal).warnings).toEqual([])
  })

  test('a letter gets a next contact five working days ahead', () => {
    expect(accepted(good('email_sent_dm')).nextContactAt).toMatch(/^2026-03-09T/)
    expect(accepted(good('email_sent_dm', { approval: 'pending' }))).toMatchObject({
      kind: 'pending',
      outcome: 'email_sent_dm',
    })
  })

  test('long holidays extend the limit with a warning', () => {
    const holidays = ['2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06']
    expect(accepted(good('no_answer'), { campaign: { ...RU, holidays } })).toMatchObject({
      warnings: ['limit_extended_by_holidays'],
      callbackAt: expect.stringMatching(/^2026-03-09T/),
    })
  })

  test('a last talk refused keeps the time that the client named, and none is drawn (001-22)', () => {
    const history = earlier('no_answer', 'no_answer')
    expect(accepted(good('talk_refused'), { history }).nextContactAt).toBeNull()
    expect(
      accepted(good('talk_refused', { nextContactAt: TOMORROW }), { history }).nextContactAt,
    ).toBe(TOMORROW)
  })
})

test('a hot result tells the sales rep, and the client by the campaign’s messages (003-7)', () => {
  const campaign = { ...RU, salesRep: { userId: 3, name: 'Игорь Лозовой' } }
  const effects = (given: Given) =>
    accepted(good('awaiting_call'), given).effects.map(({ type }) => type)
  expect(effects({ campaign })).toEqual([
    'call_record',
    'comment',
    'fields',
    'todo',
    'notification',
    'sms',
    'mail',
  ])
  expect(effects({ campaign: { ...campaign, salesRep: null } })).not.toContain('notification')
})

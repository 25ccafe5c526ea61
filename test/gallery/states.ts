import type { PanelState } from '../../lib/contracts/panel.ts'
import type { CardStop } from '../../lib/contracts/panel-stop-list.ts'
import {
  at,
  baseState,
  CARD,
  callOf,
  draftOf,
  FACTS,
  ledgerOf,
  READY,
  record,
  snapshotOf,
} from './sample-state.ts'

const TALK = { answeredAt: at(-247), startedAt: at(-260), ringingAt: at(-258) }
/** The same talk with the Ukrainian sample's number. */
const TALK_UK = { ...TALK, number: '+380372945123' }
const NO_ANSWER = { ...FACTS, startedAt: at(-70), ringingAt: at(-68), endedAt: at(-8) }
const TALKED = { ...FACTS, ...TALK, endedAt: at(-6), endedBy: 'client' } as const
const TALKED_UK = { ...TALKED, number: TALK_UK.number }

/** The way to the decision maker and through the presentation. */
const WALKED = [
  { step: 'hello', answer: 'dm', at: at(-240) },
  { step: 'offer', answer: 'yes', at: at(-60) },
]

const CAMPAIGNS = {
  ru: [
    { id: 'coffee', title: 'Кофе для офиса, холодная база', customer: 'Зерно' },
    { id: 'water', title: 'Вода для офиса, повторные продажи', customer: 'Исток' },
  ],
  uk: [
    { id: 'coffee', title: 'Кава для офісу, холодна база', customer: 'Зерно' },
    { id: 'water', title: 'Вода для офісу, повторні продажі', customer: 'Джерело' },
  ],
}

/** Every state that the gallery shows, by name. */
export const STATES = {
  'no-card': () => ({ ...baseState('ru'), card: null }),
  'not-set-up': () => ({
    ...baseState('uk'),
    card: null,
    portal: 'not_configured',
    softphone: { ...READY, registration: 'off', microphone: 'unknown' },
  }),
  loading: () => {
    const state = baseState('ru')
    return {
      ...state,
      card: { ...cardOf(state), details: null, reading: 'loading', history: [], todos: [] },
    }
  },
  ready: () => baseState('ru'),
  'ready-uk-dark': () => ({ ...baseState('uk'), theme: 'dark' }),
  'ready-en': () => baseState('en'),
  'signed-out': () => ({ ...baseState('ru'), portal: 'refused', account: 'bitrix24_signed_out' }),
  'app-removed': () => ({ ...baseState('uk'), portal: 'refused', account: 'bitrix24_app_removed' }),
  'user-dismissed': () => ({
    ...baseState('ru'),
    portal: 'refused',
    account: 'bitrix24_user_dismissed',
  }),
  'scope-missing': () => ({ ...baseState('en'), account: 'bitrix24_scope_missing' }),
  'portal-moved': () => ({ ...baseState('uk'), portal: 'refused', account: 'bitrix24_moved' }),
  'relay-session-over': () => ({
    ...baseState('ru'),
    relay: 'refused',
    account: 'relay_signed_out',
  }),
  'account-relay-away': () => ({ ...baseState('en'), relay: 'away', account: 'relay_away' }),
  'campaign-choose': () => ({
    ...baseState('ru'),
    campaign: null,
    leadCampaign: { state: 'choose', options: CAMPAIGNS.ru, isUnread: false },
  }),
  'campaign-choose-uk-dark': () => ({
    ...baseState('uk'),
    theme: 'dark',
    portal: 'away',
    campaign: null,
    leadCampaign: { state: 'choose', options: CAMPAIGNS.uk, isUnread: true },
  }),
  'campaign-none-uk': () => ({
    ...baseState('uk'),
    campaign: null,
    leadCampaign: { state: 'none', published: CAMPAIGNS.uk },
  }),
  'campaign-none-en': () => ({
    ...baseState('en'),
    campaign: null,
    leadCampaign: { state: 'none_published' },
  }),
  'campaign-other-fits': () => ({
    ...baseState('ru'),
    leadCampaign: { state: 'settled', others: CAMPAIGNS.ru.slice(1) },
    campaignTrouble: 'forged',
  }),
  'stop-list': () => {
    const state = baseState('ru')
    const refused = record('ru', {
      at: at(-86_400),
      cause: 'no_answer',
      outcome: 'dm_refusal',
      kind: 'final',
      grade: 'prejudiced',
      stopList: 'until_reviewed',
      comment: 'ЛПР не интересно: бросил трубку',
    })
    return { ...state, card: { ...cardOf(state), history: [refused], todos: [] } }
  },
  'number-barred': () => barredState('ru', [0]),
  'numbers-barred-uk-dark': () => ({ ...barredState('uk', [0, 1]), theme: 'dark' }),
  'company-barred-en': () => ({
    ...baseState('en'),
    stops: [stopOf({ kind: 'company', value: 'bitrix24:7' }, 'until_reviewed')],
  }),
  'stop-list-old': () => ({
    ...baseState('ru'),
    stopList: { checkedAt: at(-2 * 86_400), trouble: null },
  }),
  'stop-list-forged-uk': () => ({
    ...baseState('uk'),
    stopList: { checkedAt: at(-90), trouble: 'forged' },
  }),
  'repeat-limit': () => {
    const state = baseState('ru')
    const refused = record('ru', {
      at: at(-86_400),
      cause: 'no_answer',
      outcome: 'dm_refusal',
      kind: 'final',
      grade: 'not_interested',
      comment: 'ЛПР не интересно: закупают сами',
    })
    return { ...state, card: { ...cardOf(state), history: [refused], todos: [] } }
  },
  'withheld-uk': () => {
    const ledger = ledgerOf('uk', () => ({}))
    const { attempt, effects } = ledger
    const decision = { ...attempt.decision, warnings: ['sms_withheld' as const] }
    const left = effects.filter(({ effect }) => effect.type !== 'sms')
    return { ...baseState('uk'), ledger: { attempt: { ...attempt, decision }, effects: left } }
  },
  'stale-away': () => {
    const state = baseState('ru')
    return {
      ...state,
      portal: 'away',
      relay: 'away',
      undelivered: 3,
      card: { ...cardOf(state), reading: 'stale' },
    }
  },
  ringing: () => ({
    ...baseState('ru'),
    draft: draftOf('ru', [FACTS]),
    softphone: { ...READY, call: callOf('ringing') },
  }),
  'talking-uk': () => ({
    ...baseState('uk'),
    otherCard: { ...snapshotOf('uk'), card: { ...CARD, id: 13 }, title: 'ПП «Верховина»' },
    draft: draftOf('uk', [{ ...FACTS, ...TALK_UK }], {
      walk: { language: 'uk', at: 'offer', answered: WALKED.slice(0, 1), objections: [] },
    }),
    softphone: { ...READY, call: callOf('talking', TALK_UK) },
  }),
  'talking-dark': () => ({
    ...baseState('ru'),
    theme: 'dark',
    draft: draftOf('ru', [{ ...FACTS, ...TALK }], {
      walk: { language: 'ru', at: 'offer', answered: WALKED.slice(0, 1), objections: [] },
    }),
    softphone: { ...READY, call: callOf('talking', TALK) },
  }),
  'held-closing': () => ({
    ...baseState('ru'),
    draft: draftOf('ru', [{ ...FACTS, ...TALK }], {
      nextContactAt: '2026-03-05T14:37:00+03:00',
      walk: { language: 'ru', at: 'close', answered: WALKED, objections: [] },
    }),
    softphone: { ...READY, call: callOf('talking', TALK, { held: true }) },
  }),
  'microphone-lost': () => ({
    ...baseState('ru'),
    draft: draftOf('ru', [{ ...FACTS, ...TALK }]),
    softphone: {
      ...READY,
      microphone: 'lost',
      registration: 'lost',
      call: callOf('talking', TALK, { muted: true }),
    },
  }),
  'result-no-answer': () => ({
    ...baseState('ru'),
    card: { ...cardOf(baseState('ru')), history: baseState('ru').card?.history.slice(0, 1) ?? [] },
    draft: draftOf('ru', [{ ...NO_ANSWER, endedBy: 'us', sipStatus: 487 }]),
    softphone: {
      ...READY,
      call: callOf('ended', { ...NO_ANSWER, endedBy: 'us' }, { end: 'no_answer' }),
    },
  }),
  'result-waits-uk': () => ({
    ...baseState('uk'),
    draft: draftOf('uk', [TALKED_UK], {
      outcome: 'awaiting_call',
      decisionMaker: 'Марія Василівна',
      note: '40 людей, зараз розчинна',
      nextContactAt: '2026-03-05T14:37:00+02:00',
      walk: {
        language: 'uk',
        at: null,
        answered: [...WALKED, { step: 'close', answer: 'agreed', at: at(-10) }],
        objections: [],
      },
    }),
    softphone: { ...READY, call: callOf('ended', TALKED_UK, { end: 'client_hung_up' }) },
  }),
  'result-missing-dark': () => ({
    ...baseState('ru'),
    theme: 'dark',
    draft: draftOf('ru', [TALKED], {
      outcome: 'dm_refusal',
      walk: { language: 'ru', at: null, answered: WALKED.slice(0, 1), objections: [] },
    }),
    softphone: { ...READY, call: callOf('ended', TALKED, { end: 'client_hung_up' }) },
  }),
  'after-delivered': () => ({
    ...baseState('ru'),
    ledger: ledgerOf('ru', (type) =>
      type === 'sms' || type === 'mail' ? { message: 'delivered' } : {},
    ),
  }),
  'after-away-uk': () => ({
    ...baseState('uk'),
    portal: 'away',
    undelivered: 7,
    ledger: ledgerOf('uk', () => ({ state: 'waiting', reason: 'away', remoteId: null })),
  }),
  'after-refused-dark': () => ({
    ...baseState('ru'),
    theme: 'dark',
    undelivered: 2,
    ledger: ledgerOf('ru', (type) => {
      if (type === 'fields') return { state: 'refused', reason: 'forbidden' }
      if (type === 'sms') return { state: 'waiting', dueAt: at30() }
      return type === 'mail' ? { message: 'sent' } : {}
    }),
  }),
  rail: () => ({
    ...baseState('ru'),
    layout: { side: 'right', width: 400, collapsed: true },
    draft: draftOf('ru', [{ ...FACTS, ...TALK }]),
    softphone: { ...READY, call: callOf('talking', TALK) },
  }),
} as const satisfies Record<string, () => PanelState>
export type StateName = keyof typeof STATES
export const STATE_NAMES = Object.keys(STATES) as StateName[]

function cardOf(state: PanelState): NonNullable<PanelState['card']> {
  if (!state.card) throw new Error('the sample state has a card')
  return state.card
}

/** In half a minute, when the time for a change of mind is over. */
function at30(): number {
  return Date.parse(at(30))
}

/** A card whose numbers of these places are on the stop list. */
function barredState(language: 'ru' | 'uk', places: number[]): PanelState {
  const state = baseState(language)
  const phones = state.card?.snapshot.phones ?? []
  const stops = places.flatMap((place) => {
    const value = phones[place]?.e164
    return value ? [stopOf({ kind: 'phone', value }, 'permanent')] : []
  })
  return { ...state, stops }
}

function stopOf(subject: CardStop['subject'], term: 'permanent' | 'until_reviewed'): CardStop {
  return {
    subject,
    entry: {
      id: '44444444-4444-4444-8444-444444444444',
      subject: 'AAECAwQFBgcICQoLDA0ODw',
      kind: subject.kind,
      scope: { kind: 'customer', id: 'Зерно' },
      channel: 'all',
      term: { kind: term },
      source: 'client',
      enteredAt: at(-9 * 86_400),
    },
  }
}

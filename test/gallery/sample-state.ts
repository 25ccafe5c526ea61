import type {
  AttemptDraft,
  AttemptRecord,
  CallFacts,
  DraftInput,
} from '../../lib/contracts/attempt.ts'
import type { CardDetails, CardSnapshot } from '../../lib/contracts/card.ts'
import type { ClientLanguage, Language } from '../../lib/contracts/common.ts'
import type { Effect, StoredEffect } from '../../lib/contracts/effect.ts'
import { type Decision, Evidence } from '../../lib/contracts/outcome.ts'
import type { Ledger, PanelState } from '../../lib/contracts/panel.ts'
import type { CallSnapshot, SoftphoneSnapshot } from '../../lib/contracts/softphone.ts'
import { emptyInput } from '../../lib/outcomes/empty-input.ts'
import { sampleCampaign } from './sample-campaign.ts'

/** The gallery's clock stands still: a Tuesday, 12:41 in Moscow, 16:41 in Novosibirsk. */
export const NOW = Date.parse('2026-03-03T12:41:20+03:00')
export const at = (secondsFromNow: number) => new Date(NOW + secondsFromNow * 1000).toISOString()

export const CARD = { portal: 'https://zerno.bitrix24.test', kind: 'lead', id: 12 } as const
const ATTEMPT_ID = '3f1a7c52-91d4-4c0e-8a52-0a4f2f1f6b11'
const CALL_ID = '8d0c1b7a-25b6-4f0d-9f3b-5b8f0a2f7c22'
const DAY = 86_400

const WORDS = {
  ru: {
    company: 'ООО «Сибирский картограф»',
    contact: 'Марина Викторовна',
    role: 'директор по закупкам',
    city: 'Новосибирск',
    operator: 'Анна Дроздова',
    other: 'Игорь Панин',
    busy: 'ЛПР занят 2: совещание до обеда. Просила звонить после 12:00',
    first: 'Нет ответа 1',
    todo: 'Перезвонить, обещали после обеда',
    subject: 'Позвонить клиенту: ждёт звонка',
    comment: '05.03.2026, 14:37, ЛПР заинтересован. 40 человек, сейчас растворимый',
  },
  uk: {
    company: 'ТзОВ «Карпатський картограф»',
    contact: 'Марія Василівна',
    role: 'директорка із закупівель',
    city: 'Чернівці',
    operator: 'Ганна Дрозд',
    other: 'Ігор Панін',
    busy: 'ОПР зайнята 2: нарада до обіду. Просила дзвонити після 12:00',
    first: 'Немає відповіді 1',
    todo: 'Передзвонити, обіцяли після обіду',
    subject: 'Подзвонити клієнтові: чекає на дзвінок',
    comment: '05.03.2026, 14:37, ОПР зацікавлена. 40 людей, зараз розчинна',
  },
} as const

export function snapshotOf(language: ClientLanguage): CardSnapshot {
  const { company, contact } = WORDS[language]
  return {
    card: CARD,
    title: company,
    company,
    contact,
    phones: phonesIn(language),
  }
}

function phonesIn(language: ClientLanguage) {
  return language === 'uk'
    ? [
        { raw: '0372 945 123', e164: '+380372945123', label: 'WORK' },
        { raw: '067 294 51 23', e164: '+380672945123', label: 'MOBILE' },
      ]
    : [
        { raw: '8 383 294-51-23', e164: '+73832945123', label: 'WORK' },
        { raw: '8 913 294-51-24', e164: '+79132945124', label: 'MOBILE' },
        { raw: '294-51', e164: null, label: 'FAX' },
      ]
}

export function detailsOf(language: ClientLanguage): CardDetails {
  const { role, city } = WORDS[language]
  return {
    ...snapshotOf(language),
    role,
    city,
    emails: ['office@example.com'],
    timeZone: language === 'uk' ? 'Europe/Kyiv' : 'Asia/Novosibirsk',
    stageId: 'NEW',
    responsibleId: 5,
    readAt: at(-240),
  }
}

/** One earlier result. */
export function record(
  language: ClientLanguage,
  more: Partial<AttemptRecord> & { cause: string; comment: string; at: string },
): AttemptRecord {
  return {
    attemptId: ATTEMPT_ID,
    pass: 1,
    outcome: 'call_back',
    kind: 'intermediate',
    attempt: 1,
    grade: null,
    stopList: null,
    callbackAt: null,
    nextContactAt: null,
    meetingAt: null,
    operator: { id: 5, name: WORDS[language].operator },
    campaign: { id: `sample-${language}`, version: 3 },
    evidence: Evidence.parse({}),
    marksByHand: [],
    ...more,
  }
}

export function historyOf(language: ClientLanguage): AttemptRecord[] {
  const words = WORDS[language]
  return [
    record(language, {
      attemptId: '11111111-1111-4111-8111-111111111111',
      at: at(-5 * DAY),
      cause: 'no_answer',
      comment: words.first,
      operator: { id: 6, name: words.other },
    }),
    record(language, {
      attemptId: '22222222-2222-4222-8222-222222222222',
      at: at(-1 * DAY - 3000),
      cause: 'talk_refused',
      comment: words.busy,
      callbackAt: at(-4 * 60),
    }),
  ]
}

export const READY: SoftphoneSnapshot = {
  registration: 'registered',
  microphone: 'granted',
  detail: null,
  call: null,
}

export const FACTS: CallFacts = {
  callId: CALL_ID,
  number: '+73832945123',
  direction: 'out',
  startedAt: at(-26),
  ringingAt: at(-24),
  answeredAt: null,
  endedAt: null,
  endedBy: null,
  sipStatus: null,
}

/** A call in some state; facts default to «ringing for 24 seconds». */
export function callOf(
  state: CallSnapshot['state'],
  facts: Partial<CallFacts> = {},
  more: Partial<CallSnapshot> = {},
): CallSnapshot {
  return {
    facts: { ...FACTS, ...facts },
    card: CARD,
    state,
    waitSeconds: 60,
    muted: false,
    held: false,
    end: null,
    ...more,
  }
}

export function draftOf(
  language: ClientLanguage,
  calls: CallFacts[],
  input: Partial<DraftInput> = {},
): AttemptDraft {
  return {
    attemptId: ATTEMPT_ID,
    card: CARD,
    campaign: { id: `sample-${language}`, version: 3 },
    pass: 1,
    seed: 42,
    startedAt: at(-200),
    calls,
    input: { ...emptyInput(language), ...input },
    revision: 1,
  }
}

/** A card that was read whole, everything online, nothing begun. */
export function baseState(language: Language): PanelState {
  const spoken = language === 'uk' ? 'uk' : 'ru'
  return {
    language,
    theme: 'light',
    layout: { side: 'right', width: 400, collapsed: false },
    operator: { id: 5, name: WORDS[spoken].operator },
    portal: 'online',
    relay: 'online',
    account: null,
    softphone: READY,
    campaign: sampleCampaign(spoken),
    leadCampaign: { state: 'settled', others: [] },
    campaignTrouble: null,
    stopList: { checkedAt: at(-90), trouble: null },
    stops: [],
    card: {
      snapshot: snapshotOf(spoken),
      details: detailsOf(spoken),
      reading: 'ready',
      trouble: null,
      history: historyOf(spoken),
      todos: [
        {
          id: 1,
          title: WORDS[spoken].todo,
          deadline: at(-4 * 60),
          responsibleId: 5,
          attemptId: null,
        },
      ],
    },
    otherCard: null,
    draft: null,
    ledger: null,
    undelivered: 0,
    taken: [],
    notice: null,
  }
}

/** A saved «client waits for a call» with all seven effects; `fate` shapes each of them. */
export function ledgerOf(
  language: ClientLanguage,
  fate: (type: Effect['type']) => Partial<StoredEffect>,
): Ledger {
  const words = WORDS[language]
  const decision: Decision = {
    outcome: 'awaiting_call',
    cause: null,
    kind: 'final',
    attempt: null,
    comment: words.comment,
    callbackAt: null,
    nextContactAt: '2026-03-05T14:37:00+03:00',
    meetingAt: null,
    grade: 'hot',
    stopList: null,
    effects: [],
    warnings: [],
  }
  const saved = record(language, {
    at: at(-20),
    cause: 'no_answer',
    comment: words.comment,
    outcome: 'awaiting_call',
    kind: 'final',
  })
  const base = { card: CARD, attemptId: ATTEMPT_ID }
  const message = { ...base, campaign: saved.campaign, template: 'wait', language, variables: {} }
  const effects: Effect[] = [
    { type: 'call_record', ...base, call: FACTS, subject: words.subject, record: saved },
    { type: 'comment', ...base, text: words.comment },
    {
      type: 'todo',
      ...base,
      title: words.subject,
      description: '',
      deadline: at(2 * DAY),
      responsibleId: 7,
    },
    { type: 'fields', ...base, stageId: null, fields: {} },
    { type: 'notification', ...base, userId: 7, text: words.subject },
    { type: 'sms', ...message, to: '+79132945124' },
    { type: 'mail', ...message, to: 'office@example.com' },
  ]
  return {
    attempt: { attemptId: ATTEMPT_ID, card: CARD, savedAt: at(-20), decision, record: saved },
    effects: effects.map((effect, seq) => ({
      id: `${ATTEMPT_ID}:${effect.type}`,
      attemptId: ATTEMPT_ID,
      cardKey: 'card',
      seq,
      effect,
      state: 'done',
      dueAt: NOW - 20_000,
      tries: 1,
      reason: null,
      detail: null,
      remoteId: '1',
      message: null,
      updatedAt: NOW,
      ...fate(effect.type),
    })),
  }
}

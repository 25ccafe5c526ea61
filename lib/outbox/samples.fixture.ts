import type { AttemptDraft, AttemptRecord, SavedAttempt } from '../contracts/attempt.ts'
import type { CardRef } from '../contracts/card.ts'
import type { Effect, EffectType, StoredEffect } from '../contracts/effect.ts'
import { Evidence } from '../contracts/outcome.ts'

export const NOW_MS = Date.parse('2026-03-02T10:00:00+03:00')
export const PORTAL = 'https://portal.test'
export const LEAD: CardRef = { portal: PORTAL, kind: 'lead', id: 12 }
const campaign = { id: 'b2b-cold-ru', version: 1 }
const operator = { id: 7, name: 'Ольга Клименко' }

/** The n-th attempt's id. */
export function attemptIdOf(n: number): string {
  return `6f1c2a4e-0b7d-4c39-8a55-${String(n).padStart(12, '0')}`
}

export function sampleRecord(n: number, at = '2026-03-02T09:59:00+03:00'): AttemptRecord {
  return {
    attemptId: attemptIdOf(n),
    at,
    pass: 1,
    outcome: 'call_back',
    cause: 'no_answer',
    kind: 'intermediate',
    attempt: n,
    comment: `Нет ответа ${n}`,
    grade: null,
    stopList: null,
    callbackAt: '2026-03-04T13:37:00+03:00',
    nextContactAt: null,
    meetingAt: null,
    operator,
    campaign,
    evidence: Evidence.parse({ rangSeconds: 60 }),
    marksByHand: [],
  }
}

export function sampleAttempt(n: number, card: CardRef = LEAD): SavedAttempt {
  const record = sampleRecord(n)
  return {
    attemptId: record.attemptId,
    card,
    savedAt: record.at,
    record,
    decision: {
      outcome: 'call_back',
      cause: 'no_answer',
      kind: 'intermediate',
      attempt: n,
      comment: record.comment,
      callbackAt: record.callbackAt,
      nextContactAt: null,
      meetingAt: null,
      grade: null,
      stopList: null,
      effects: [],
      warnings: [],
    },
  }
}

export function sampleEffect(type: EffectType, n = 1, card: CardRef = LEAD): Effect {
  const base = { card, attemptId: attemptIdOf(n) }
  const message = { campaign, language: 'ru', template: 'kzh', variables: {} } as const
  switch (type) {
    case 'call_record':
      return {
        type,
        ...base,
        subject: `Нет ответа ${n}`,
        record: sampleRecord(n),
        call: {
          callId: '0d5a7c52-58c8-4d04-9d0a-bb3a3c6c1a11',
          number: '+74951234567',
          direction: 'out',
          startedAt: '2026-03-02T09:57:00+03:00',
          ringingAt: '2026-03-02T09:57:02+03:00',
          answeredAt: null,
          endedAt: '2026-03-02T09:58:02+03:00',
          endedBy: 'us',
          sipStatus: 487,
        },
      }
    case 'comment':
      return { type, ...base, text: `Нет ответа ${n}\nперезвонить & уточнить = 100% + #1` }
    case 'todo':
      return {
        type,
        ...base,
        title: 'Перезвонить',
        description: `Нет ответа ${n}`,
        deadline: '2026-03-04T13:37:00+03:00',
        responsibleId: 7,
      }
    case 'todo_done':
      return { type, ...base, todoId: 55 }
    case 'fields':
      return {
        type,
        ...base,
        stageId: 'IN_PROCESS',
        fields: { UF_CRM_PROZVON_ATTEMPTS: n, UF_CRM_PROZVON_GRADE: null },
      }
    case 'notification':
      return { type, ...base, userId: 5, text: 'Клиент ждёт звонка' }
    case 'sms':
      return { type, ...base, ...message, to: '+74951234567' }
    case 'mail':
      return { type, ...base, ...message, to: 'client@example.test' }
    case 'stop_list':
      return {
        type,
        ...base,
        request: {
          subjects: [{ kind: 'phone', value: '+74951234567' }],
          scope: { kind: 'customer', id: 'Северный Свет' },
          channel: 'all',
          term: { kind: 'permanent' },
          source: 'client',
          words: 'удалите наш номер',
        },
      }
  }
}

export function storedEffect(type: EffectType, n = 1, card: CardRef = LEAD): StoredEffect {
  return {
    id: `${attemptIdOf(n)}:${type}`,
    attemptId: attemptIdOf(n),
    cardKey: `${card.portal}|${card.kind}|${card.id}`,
    seq: 0,
    effect: sampleEffect(type, n, card),
    state: 'waiting',
    dueAt: NOW_MS,
    tries: 1,
    reason: null,
    detail: null,
    remoteId: null,
    message: null,
    updatedAt: NOW_MS,
  }
}

export function sampleDraft(n: number, revision: number, startedAt?: string): AttemptDraft {
  return {
    attemptId: attemptIdOf(n),
    card: LEAD,
    campaign,
    pass: 1,
    seed: 1,
    startedAt: startedAt ?? `2026-03-02T09:${String(10 + n)}:00+03:00`,
    calls: [],
    input: {
      outcome: null,
      cause: null,
      variant: null,
      reason: '',
      note: `typed ${revision}`,
      rude: false,
      optOut: false,
      callbackAt: null,
      nextContactAt: null,
      meetingAt: null,
      namedByClient: false,
      decisionMaker: '',
      email: '',
      marksByHand: [],
      walk: { language: 'ru', at: null, answered: [], objections: [] },
    },
    revision,
  }
}

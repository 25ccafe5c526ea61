import { shippedCampaign } from '../campaign/shipped/index.ts'
import type { AttemptDraft, CallFacts, DraftInput } from '../contracts/attempt.ts'
import type { Campaign } from '../contracts/campaign.ts'
import type { CardDetails } from '../contracts/card.ts'
import { emptyInput } from './empty-input.ts'

/** Test data: one lead, one operator, and an attempt on Monday, 2 March 2026. */
export const NOW = '2026-03-02T10:20:00+03:00'
export const OPERATOR = { id: 7, name: 'Анна Белова' }
export const CARD = { portal: 'https://portal.example', kind: 'lead', id: 12 } as const

export function campaignFixture(changes: Partial<Campaign> = {}): Campaign {
  const shipped = shippedCampaign('b2b-cold-ru')
  if (shipped === null) throw new Error('the shipped campaign is gone')
  return { ...shipped, ...changes }
}

export function callFixture(changes: Partial<CallFacts> = {}): CallFacts {
  return {
    callId: '5d8f0c1e-6c6e-4b7e-9a44-1f1f4f1b2c01',
    number: '+74951230001',
    direction: 'out',
    startedAt: '2026-03-02T10:15:00.000+03:00',
    ringingAt: '2026-03-02T10:15:01.200+03:00',
    answeredAt: null,
    endedAt: '2026-03-02T10:16:01.190+03:00',
    endedBy: 'us',
    sipStatus: 487,
    ...changes,
  }
}

export function inputFixture(changes: Partial<DraftInput> = {}): DraftInput {
  return { ...emptyInput('ru'), ...changes }
}

export function draftFixture(changes: Partial<AttemptDraft> = {}): AttemptDraft {
  return {
    attemptId: '0f6c2a52-5f0a-4d8e-8a51-6f7f3d1b9e10',
    card: CARD,
    campaign: { id: 'b2b-cold-ru', version: 1 },
    pass: 1,
    seed: 42,
    startedAt: '2026-03-02T10:15:00+03:00',
    calls: [callFixture()],
    input: inputFixture(),
    revision: 0,
    ...changes,
  }
}

export function cardFixture(changes: Partial<CardDetails> = {}): CardDetails {
  return {
    card: CARD,
    title: 'Заявка 12',
    company: 'ООО «Литейный двор»',
    contact: 'Пётр Ильич',
    role: 'главный инженер',
    phones: [
      { raw: '8 495 123-00-01', e164: '+74951230001', label: 'WORK' },
      { raw: '8 916 123-45-67', e164: '+79161234567', label: 'MOBILE' },
    ],
    emails: ['office@example.com'],
    city: 'Москва',
    timeZone: null,
    stageId: 'NEW',
    responsibleId: 7,
    readAt: NOW,
    ...changes,
  }
}

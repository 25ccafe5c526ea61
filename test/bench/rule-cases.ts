import { shippedCampaign } from '../../lib/campaign/shipped/index.ts'
import type { Campaign } from '../../lib/contracts/campaign.ts'
import { type HistoryEntry, OUTCOME_IDS, Proposal } from '../../lib/contracts/outcome.ts'
import type { Situation } from '../../lib/outcomes/situation.ts'

export interface RuleCase {
  campaign: Campaign
  situation: Situation
}

const FIRST_AT = Date.parse('2026-03-02T10:00:00+03:00')
const MINUTE_MS = 60_000

const HISTORIES: readonly HistoryEntry[][] = [
  [],
  [chainEntry('2026-02-24T12:00:00+03:00', 'no_answer')],
  [
    chainEntry('2026-02-24T12:00:00+03:00', 'no_answer'),
    chainEntry('2026-02-26T15:41:00+03:00', 'secretary_refusal'),
  ],
]

const FULL = {
  reason: 'Секретарь просила звонить после обеда и не соединила',
  note: 'Решает вместе с главным инженером',
  callbackAt: null,
  nextContactAt: '2026-03-04T14:37:00+03:00',
  meetingAt: '2026-03-04T14:37:00+03:00',
  approval: 'granted',
  evidence: {
    rangSeconds: 61,
    callSeconds: 140,
    endedBy: 'client',
    spokeWith: 'dm',
    presentation: true,
    objectionsRaised: 1,
    objectionsHandled: 1,
    transferConnected: true,
    preliminaryCallAgreed: true,
    confirmedAloud: true,
    email: 'loseva@client.test',
    decisionMaker: 'Ирина Павловна Лосева',
  },
} as const

const VARIANTS: Record<string, string> = { dm_refusal: 'not_relevant' }

/**
 * A morning's proposals: each outcome with each history, once with all that it may need and once
 * as bare as an operator in a hurry proposes it, in two campaigns. About half are accepted.
 */
export function ruleCases(): RuleCase[] {
  const wishes = OUTCOME_IDS.flatMap((outcome) =>
    HISTORIES.flatMap((history) => [FULL, {}].map((told) => ({ outcome, history, told }))),
  )
  return ['b2b-cold-ru', 'b2b-cold-uk'].flatMap((id) => {
    const campaign = shippedCampaign(id)
    if (!campaign) throw new Error(`no shipped campaign ${id}`)
    return wishes.map((wish, seed) => ({ campaign, situation: situationOf(wish, seed) }))
  })
}

/** The same case as a line for the `rules` command. */
export function lineOf({ campaign, situation }: RuleCase, id: number): string {
  return JSON.stringify({ id, campaign: campaign.id, ...situation })
}

function situationOf(
  { outcome, history, told }: { outcome: string; history: HistoryEntry[]; told: object },
  seed: number,
): Situation {
  const variant = VARIANTS[outcome] ?? null
  const cause = outcome === 'call_back' ? 'secretary_refusal' : null
  return {
    lead: { city: 'Москва', timeZone: null, stopList: null },
    history,
    taken: ['2026-03-04T11:07:00+03:00'],
    proposal: Proposal.parse({ evidence: {}, ...told, outcome, variant, cause }),
    pass: 1,
    now: new Date(FIRST_AT + seed * MINUTE_MS).toISOString(),
    random: seed,
  }
}

function chainEntry(at: string, cause: HistoryEntry['cause']): HistoryEntry {
  return { at, pass: 1, outcome: 'call_back', cause, kind: 'intermediate' }
}

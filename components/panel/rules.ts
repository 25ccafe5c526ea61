import { isWithin, WAKING_HOURS } from '../../lib/callbacks/limits.ts'
import { fillPlaceholders } from '../../lib/campaign/fill-placeholders.ts'
import { scriptOf } from '../../lib/campaign/find.ts'
import type { AttemptRecord, DraftInput } from '../../lib/contracts/attempt.ts'
import type { Campaign } from '../../lib/contracts/campaign.ts'
import type { Instant } from '../../lib/contracts/common.ts'
import type { PanelState } from '../../lib/contracts/panel.ts'
import { closingResult, isAttempt, latestPass } from '../../lib/outcomes/attempts.ts'
import { callBarOf } from '../../lib/outcomes/call-bar.ts'
import { decide } from '../../lib/outcomes/decide.ts'
import { offersOf } from '../../lib/outcomes/offers.ts'
import { nextPass, situationOf, stopListIn } from '../../lib/outcomes/proposal.ts'
import { proposeOutcome } from '../../lib/outcomes/propose.ts'
import type { Situation } from '../../lib/outcomes/situation.ts'
import { formatPhone } from '../../lib/phone-number/format-phone.ts'
import { answer, back, currentStep, handleObjection } from '../../lib/script/walk.ts'
import type { PanelDomain, Standing } from './domain.ts'

/** The campaign's rules as the panel asks them: the very functions that saving uses. */
export const rules: PanelDomain = {
  standing(state, now) {
    const history = state.card?.history ?? []
    const { campaign, draft } = state
    const last = history.at(-1)
    const bar = campaign && callBarOf(campaign, { history, draft, now: instantOf(now) })
    const isClosed = bar !== null && draft === null
    // While nobody may call, what counts is the pass that ended, not one that may never begin.
    const pass = draft?.pass ?? (isClosed ? (last?.pass ?? 1) : nextPass(history))
    const made = history.filter((entry) => entry.pass === pass && isAttempt(entry)).length
    return {
      pass,
      attempt: isClosed ? Math.max(1, made) : made + 1,
      attempts: campaign?.attempts.max ?? 0,
      grade: last?.grade ?? null,
      stopList: stopListIn(history),
      progress: bar === 'pass_closed' ? closedHow(history) : 'open',
    }
  },

  callHours(state, now) {
    const zone = state.card?.details?.timeZone
    if (!zone) return null
    const minute = minuteOfDay(zone, now)
    const isNow = isWithin(WAKING_HOURS, minute)
    return {
      from: clock(WAKING_HOURS.from),
      until: clock(WAKING_HOURS.until),
      now: isNow ? 'within' : minute < WAKING_HOURS.from ? 'before' : 'after',
    }
  },

  offers(state, input, now) {
    const asked = situationIn(state, input, now)
    if (!asked) return []
    return offersOf(asked.campaign, asked.situation).map(({ state, ...offer }) => ({
      ...offer,
      allowed: state !== 'barred',
    }))
  },

  proposed(state, input, now) {
    const { campaign, draft } = state
    return campaign && draft && proposeOutcome(campaign, { ...draft, input }, instantOf(now))
  },

  preview(state, input, now) {
    const asked = situationIn(state, input, now)
    if (!asked) return { ok: false, reason: [] }
    const verdict = decide(asked.campaign, asked.situation)
    return verdict.accepted
      ? { ok: true, value: verdict.decision }
      : { ok: false, reason: verdict.violations }
  },

  scriptOf: (campaign, walk) => scriptOf(campaign, walk.language),
  currentStep,
  answer,
  back: (_, walk) => back(walk),
  noteObjection: handleObjection,
  fill: (text, { card, campaign, operator }) =>
    fillPlaceholders(text, {
      contact: card?.details?.contact ?? card?.snapshot.contact ?? '',
      company: card?.details?.company ?? card?.snapshot.company ?? '',
      operator: operator?.name ?? '',
      customer: campaign?.customer.name ?? '',
    }),

  formatPhone: ({ raw, e164 }) => (e164 === null ? raw : formatPhone(e164)),
}

/** The draft on screen as the rules see it; null while there is nothing to judge. */
function situationIn(
  { campaign, draft, card, taken }: PanelState,
  input: DraftInput,
  now: number,
): { campaign: Campaign; situation: Situation } | null {
  if (!campaign || !draft || !card) return null
  const surroundings = {
    card: { ...card.snapshot, ...card.details },
    history: card.history,
    taken,
    now: instantOf(now),
  }
  return { campaign, situation: situationOf(campaign, { ...draft, input }, surroundings) }
}

function closedHow(history: readonly AttemptRecord[]): Standing['progress'] {
  return closingResult(history, latestPass(history))?.kind === 'pending' ? 'pending' : 'closed'
}

function minuteOfDay(timeZone: string, now: number): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
  const [hour = 0, minute = 0] = parts.format(now).split(':').map(Number)
  return hour * 60 + minute
}

function clock(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`
}

function instantOf(now: number): Instant {
  return new Date(now).toISOString()
}

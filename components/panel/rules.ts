import { isWithin, WAKING_HOURS } from '../../lib/callbacks/limits.ts'
import { fillPlaceholders } from '../../lib/campaign/fill-placeholders.ts'
import { scriptOf } from '../../lib/campaign/find.ts'
import type { AttemptRecord, DraftInput } from '../../lib/contracts/attempt.ts'
import type { Campaign } from '../../lib/contracts/campaign.ts'
import type { Instant } from '../../lib/contracts/common.ts'
import type { Decision } from '../../lib/contracts/outcome.ts'
import type { PanelState } from '../../lib/contracts/panel.ts'
import { closingResult, isAttempt, latestPass } from '../../lib/outcomes/attempts.ts'
import { type CallBar, callBarOf } from '../../lib/outcomes/call-bar.ts'
import { decide } from '../../lib/outcomes/decide.ts'
import { offersOf } from '../../lib/outcomes/offers.ts'
import { nextPass, situationOf, stopListIn } from '../../lib/outcomes/proposal.ts'
import { proposeOutcome } from '../../lib/outcomes/propose.ts'
import { repeatWaitOf } from '../../lib/outcomes/repeat-limit.ts'
import type { Situation } from '../../lib/outcomes/situation.ts'
import { withWithheld } from '../../lib/outcomes/withheld.ts'
import { formatPhone } from '../../lib/phone-number/format-phone.ts'
import { answer, back, currentStep, handleObjection } from '../../lib/script/walk.ts'
import { stopsFor } from '../../lib/stop-list/card-stops.ts'
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
      progress: progressOf(bar, history),
      callableFrom:
        campaign && bar === 'too_soon' ? (repeatWaitOf(campaign, history)?.from ?? null) : null,
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

  stopsFor: ({ stops }, address, now) =>
    stopsFor(stops, { address, channel: 'call', now: instantOf(now) }),

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
    if (!verdict.accepted) return { ok: false, reason: verdict.violations }
    return { ok: true, value: asked.withWithheld(verdict.decision) }
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
  { campaign, draft, card, stops, operator, taken }: PanelState,
  input: DraftInput,
  now: number,
): {
  campaign: Campaign
  situation: Situation
  withWithheld: (decision: Decision) => Decision
} | null {
  if (!campaign || !draft || !card || !operator) return null
  const surroundings = {
    card: { ...card.snapshot, ...card.details },
    history: card.history,
    stops,
    taken,
    now: instantOf(now),
  }
  const typed = { ...draft, input }
  const situation = situationOf(campaign, typed, surroundings)
  const { evidence } = situation.proposal
  const plan = {
    ...surroundings,
    ...{ draft: typed, evidence, campaign, operator },
    savedAt: surroundings.now,
    openTodos: card.todos,
  }
  return { campaign, situation, withWithheld: (decision) => withWithheld({ ...plan, decision }) }
}

function progressOf(bar: CallBar | null, history: readonly AttemptRecord[]): Standing['progress'] {
  if (bar === 'too_soon') return 'too_soon'
  return bar === 'pass_closed' ? closedHow(history) : 'open'
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

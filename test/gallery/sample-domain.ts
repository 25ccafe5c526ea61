import type { PanelDomain, Standing } from '../../components/panel/domain.ts'
import type { AttemptRecord, DraftInput, ScriptWalk } from '../../lib/contracts/attempt.ts'
import type { Campaign } from '../../lib/contracts/campaign.ts'
import type { Decision, OutcomeId, Violation, ViolationCode } from '../../lib/contracts/outcome.ts'
import type { PanelState } from '../../lib/contracts/panel.ts'
import { minuteOfDay, toInputs } from '../../lib/locales/dates.ts'

const OPENS_MINUTE = 9 * 60
const CLOSES_MINUTE = 18 * 60
const MAX_ATTEMPTS = 3

/** Rules just good enough to look at: they judge a little, and never decide anything real. */
export const sampleDomain: PanelDomain = {
  standing(state) {
    const history = state.card?.history ?? []
    const last = history.at(-1)
    return {
      pass: last?.pass ?? 1,
      attempt: Math.min(MAX_ATTEMPTS, history.length + 1),
      attempts: MAX_ATTEMPTS,
      grade: last?.grade ?? null,
      stopList: last?.stopList ?? null,
      ...progressOf(last),
    }
  },
  stopsFor: ({ stops }, number) =>
    stops.filter(({ subject }) => subject.kind === 'company' || subject.value === number),
  callHours(state, now) {
    const zone = state.card?.details?.timeZone
    if (!zone) return null
    const minute = minuteOfDay(now, zone)
    const position = minute < OPENS_MINUTE ? 'before' : minute >= CLOSES_MINUTE ? 'after' : 'within'
    return { from: '9:00', until: '18:00', now: position }
  },
  offers(state, input) {
    return (state.campaign?.outcomes ?? []).map(({ id, title }) => {
      const violations = barriersOf(state, input, id)
      return { outcome: id, title, allowed: violations.length === 0, violations }
    })
  },
  proposed(state, input) {
    const script = state.campaign && this.scriptOf(state.campaign, input.walk)
    const last = input.walk.answered.at(-1)
    const step = script?.steps.find(({ id }) => id === last?.step)
    const proposes = step?.answers.find(({ id }) => id === last?.answer)?.proposes
    if (proposes) return proposes
    const call = state.draft?.calls.at(-1)
    return call?.endedAt && !call.answeredAt ? 'no_answer' : null
  },
  preview(state, input, now) {
    const rule = state.campaign?.outcomes.find(({ id }) => id === input.outcome)
    if (!rule || !state.campaign) return { ok: false, reason: [violation('unknown_outcome', '')] }
    const reason = [...barriersOf(state, input, rule.id), ...gapsIn(rule.comment.text, input)]
    if (reason.length > 0) return { ok: false, reason }
    return { ok: true, value: decisionOf(state, state.campaign, rule.id, input, now) }
  },
  scriptOf: (campaign, walk) =>
    campaign.scripts.find(({ language }) => language === walk.language) ?? null,
  currentStep(script, walk) {
    const at = walk.answered.length === 0 ? (walk.at ?? script.start) : walk.at
    return script.steps.find(({ id }) => id === at) ?? null
  },
  answer(script, walk, answerId, at) {
    const step = this.currentStep(script, walk)
    const answer = step?.answers.find(({ id }) => id === answerId)
    if (!step || !answer) return walk
    return {
      ...walk,
      at: answer.next,
      answered: [...walk.answered, { step: step.id, answer: answer.id, at }],
    }
  },
  back(_script, walk) {
    const last = walk.answered.at(-1)
    return last ? { ...walk, at: last.step, answered: walk.answered.slice(0, -1) } : walk
  },
  noteObjection: (walk: ScriptWalk, objection, handled, at) => ({
    ...walk,
    objections: [...walk.objections, { objection, handled, at }],
  }),
  fill(text, state) {
    const values: Record<string, string> = {
      contact: state.card?.details?.contact ?? state.card?.snapshot.contact ?? '',
      company: state.card?.details?.company ?? '',
      operator: state.operator?.name.split(' ')[0] ?? '',
      customer: state.campaign?.customer.name ?? '',
    }
    return text.replace(/{(\w+)}/g, (whole, name: string) => values[name] ?? whole)
  },
  formatPhone: ({ raw, e164 }) =>
    e164?.replace(/^\+(7|380)(\d{2,3})(\d{3})(\d{2})(\d{2})$/, '+$1 $2 $3-$4-$5') ?? raw,
}

/** What can't be mended by filling something in. */
function barriersOf(state: PanelState, input: DraftInput, outcome: OutcomeId): Violation[] {
  const isAnswered = state.draft?.calls.some(({ answeredAt }) => answeredAt) ?? false
  const spokeWithDm = input.walk.answered.some(({ answer }) => answer === 'dm')
  if (outcome === 'no_answer' && isAnswered) return [violation('evidence_contradicts', 'evidence')]
  if (outcome === 'call_transferred') return [violation('transfer_step_missing', 'outcome')]
  const needsDm = [
    'dm_refusal',
    'awaiting_call',
    'email_sent_dm',
    'possible_interest',
    'meeting_set',
  ]
  if (needsDm.includes(outcome) && !spokeWithDm) {
    return [violation('spoke_with_required', 'evidence.spokeWith')]
  }
  if (outcome === 'meeting_set') return [violation('city_mismatch', 'outcome')]
  return []
}

function gapsIn(text: string, input: DraftInput): Violation[] {
  const gaps: Violation[] = []
  if (input.outcome === 'call_back' && !input.cause) gaps.push(violation('cause_required', 'cause'))
  if (text.includes('{reason}') && !input.reason) gaps.push(violation('reason_required', 'reason'))
  if (text.includes('{date}') && !input.nextContactAt) {
    gaps.push(violation('date_required', 'nextContactAt'))
  }
  return gaps
}

function decisionOf(
  state: PanelState,
  campaign: Campaign,
  outcome: OutcomeId,
  input: DraftInput,
  now: number,
): Decision {
  const rule = campaign.outcomes.find(({ id }) => id === outcome)
  const isChain = rule?.type === 'chain'
  const { attempt } = sampleDomain.standing(state, now)
  const { date, time } = toInputs(input.nextContactAt ?? now, campaign.timeZone)
  const comment = (rule?.comment.text ?? '')
    .replace('{n}', String(attempt))
    .replace('{reason}', input.reason)
    .replace('{date}', date.split('-').reverse().join('.'))
    .replace('{time}', time)
  const twoDaysOn = new Date(now + 2 * 86_400_000 + 3 * 3_600_000 + 22 * 60_000).toISOString()
  return {
    outcome: isChain ? 'call_back' : outcome,
    cause: isChain ? (campaign.causes.find((id) => id === outcome) ?? null) : null,
    kind: isChain ? 'intermediate' : 'final',
    attempt: isChain ? attempt : null,
    comment: input.note ? `${comment}. ${input.note}` : comment,
    callbackAt: isChain ? (input.callbackAt ?? twoDaysOn) : null,
    nextContactAt: input.nextContactAt,
    meetingAt: null,
    grade: rule?.grade ?? null,
    stopList: input.optOut ? 'permanent' : null,
    effects: [],
    warnings: [],
  }
}

function violation(code: ViolationCode, field: string): Violation {
  return { code, field, message: code }
}

const REPEAT_DAYS = 180

function progressOf(last: AttemptRecord | undefined): Pick<Standing, 'progress' | 'callableFrom'> {
  if (last?.kind !== 'final') return { progress: 'open', callableFrom: null }
  if (last.grade !== 'not_interested') return { progress: 'closed', callableFrom: null }
  const from = new Date(Date.parse(last.at) + REPEAT_DAYS * 86_400_000).toISOString()
  return { progress: 'too_soon', callableFrom: from }
}

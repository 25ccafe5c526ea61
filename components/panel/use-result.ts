import { useMemo } from 'react'
import type { DraftInput } from '../../lib/contracts/attempt.ts'
import type { PanelState } from '../../lib/contracts/panel.ts'
import type { TextKey } from '../../lib/locales/index.ts'
import { resultBarOf } from '../../lib/outcomes/offers.ts'
import { arrange, orderedOutcomes, spokenWith } from '../outcome/groups.ts'
import { usePanel } from './context.ts'
import { outcomeIn } from './use-script.ts'

/** The rules are asked at most this often while only the clock moves. */
const STEP_MS = 15_000

/** What the rules say of the attempt in hand: offers, proposal, and what saving would store. */
export function useResult(state: PanelState, input: DraftInput) {
  const { domain, now } = usePanel()
  const moment = Math.floor(now / STEP_MS) * STEP_MS
  return useMemo(() => {
    const offers = state.campaign ? domain.offers(state, input, moment) : []
    const proposed = state.campaign ? domain.proposed(state, input, moment) : null
    const chosen = outcomeIn(state, input.outcome) ?? proposed
    const preview = chosen ? domain.preview(state, { ...input, outcome: chosen }, moment) : null
    const isAnswered = state.draft?.calls.some(({ answeredAt }) => answeredAt !== null) ?? false
    const marks = [...input.marksByHand, ...walkedMarks(state, input)]
    const arranged = arrange(offers, proposed, spokenWith(marks), isAnswered)
    const obstacle: TextKey | null = !preview
      ? 'outcome.chooseFirst'
      : preview.ok
        ? null
        : `violation.${preview.reason[0]?.code ?? 'unknown_outcome'}`
    const order = orderedOutcomes(proposed, arranged.groups)
    const bar = resultBarOf(offers)
    return { offers, proposed, chosen, preview, arranged, obstacle, order, bar }
  }, [domain, state, input, moment])
}

/** Marks of the answers that were given, as far as the script on screen knows them. */
function walkedMarks(state: PanelState, { walk }: DraftInput) {
  const script = state.campaign?.scripts.find(({ language }) => language === walk.language)
  return walk.answered.flatMap(({ step, answer }) => {
    const found = script?.steps.find(({ id }) => id === step)
    return found?.answers.find(({ id }) => id === answer)?.marks ?? []
  })
}

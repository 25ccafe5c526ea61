import type { DraftInput, ScriptWalk } from '../../lib/contracts/attempt.ts'
import type { OutcomeId } from '../../lib/contracts/outcome.ts'
import type { PanelState } from '../../lib/contracts/panel.ts'
import { usePanel } from './context.ts'

/** The script as it is walked: where we are, and the ways on. */
export function useScript(
  state: PanelState,
  input: DraftInput,
  change: (patch: Partial<DraftInput>) => void,
) {
  const { domain, now } = usePanel()
  const { campaign } = state
  const { walk } = input
  const script = campaign ? domain.scriptOf(campaign, walk) : null
  const step = script ? domain.currentStep(script, walk) : null
  const at = () => new Date(now).toISOString()
  const go = (walk: ScriptWalk) => change({ walk })

  function answer(answerId: string) {
    if (script) go(domain.answer(script, walk, answerId, at()))
  }
  return {
    script,
    step,
    answer,
    answerAt(index: number) {
      const chosen = step?.answers[index]
      if (chosen) answer(chosen.id)
    },
    back() {
      if (script) go(domain.back(script, walk))
    },
    noteObjection(objectionId: string, handled: boolean) {
      go(domain.noteObjection(walk, objectionId, handled, at()))
    },
    /** The client's language is one key in the call; the way walked stays. */
    switchLanguage() {
      const others = campaign?.scripts.map(({ language }) => language) ?? []
      const language = others.find((other) => other !== walk.language)
      if (language) go({ ...walk, language })
    },
  }
}

/** An outcome's id, when the text is one of the campaign's. */
export function outcomeIn(state: PanelState, outcome: string | null): OutcomeId | null {
  return state.campaign?.outcomes.find(({ id }) => id === outcome)?.id ?? null
}

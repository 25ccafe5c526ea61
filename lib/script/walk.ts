import type { ScriptWalk } from '../contracts/attempt.ts'
import type { Objection, Script, ScriptAnswer, ScriptStep } from '../contracts/campaign.ts'
import type { ClientLanguage, Instant } from '../contracts/common.ts'

/** A walk that has not begun. */
export function newWalk(language: ClientLanguage): ScriptWalk {
  return { language, at: null, answered: [], objections: [] }
}

/**
 * The step on screen: the first one before anything was answered, null once the script has ended.
 * A step that a newer version of the campaign no longer has leads back to the first.
 */
export function currentStep(script: Script, walk: ScriptWalk): ScriptStep | null {
  if (walk.at === null && walk.answered.length > 0) return null
  return stepOf(script, walk.at ?? script.start) ?? stepOf(script, script.start)
}

/** Answers the step on screen and goes on to the next; an answer that it doesn't have changes nothing. */
export function answer(
  script: Script,
  walk: ScriptWalk,
  answerId: string,
  at: Instant,
): ScriptWalk {
  const step = currentStep(script, walk)
  const chosen = step?.answers.find(({ id }) => id === answerId)
  if (!step || !chosen) return walk
  return {
    ...walk,
    at: chosen.next,
    answered: [...walk.answered, { step: step.id, answer: chosen.id, at }],
  }
}

/** Takes the last answer back, with the marks it left; before the first there is nothing to take back. */
export function back(walk: ScriptWalk): ScriptWalk {
  const last = walk.answered.at(-1)
  if (last === undefined) return walk
  return { ...walk, at: last.step, answered: walk.answered.slice(0, -1) }
}

/**
 * Notes that an objection was raised, or that its four moves were gone through (004-5). An
 * objection counts once, and what was handled stays handled.
 */
export function handleObjection(
  walk: ScriptWalk,
  objection: Objection['id'],
  handled: boolean,
  at: Instant,
): ScriptWalk {
  const known = walk.objections.find((noted) => noted.objection === objection)
  const noted = { objection, handled: handled || known?.handled === true, at }
  const others = walk.objections.filter((other) => other !== known)
  return { ...walk, objections: [...others, noted] }
}

/** The step and answer of each answered step that the script still has, oldest first. */
export function answeredSteps(
  script: Script,
  walk: ScriptWalk,
): { step: ScriptStep; answer: ScriptAnswer }[] {
  return walk.answered.flatMap((answered) => {
    const step = stepOf(script, answered.step)
    const chosen = step?.answers.find(({ id }) => id === answered.answer)
    return step && chosen ? [{ step, answer: chosen }] : []
  })
}

function stepOf(script: Script, id: string): ScriptStep | null {
  return script.steps.find((step) => step.id === id) ?? null
}

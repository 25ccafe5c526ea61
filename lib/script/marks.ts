import type { ScriptWalk } from '../contracts/attempt.ts'
import type { Script, ScriptMark } from '../contracts/campaign.ts'
import { unreachable } from '../contracts/common.ts'
import { answeredSteps } from './walk.ts'

/** A mark's name, one for each thing it can prove: `spoke_with:dm`, `presentation`. */
export function markName(mark: ScriptMark): string {
  switch (mark.type) {
    case 'spoke_with':
      return `spoke_with:${mark.who}`
    case 'objection_raised':
    case 'objection_handled':
      return `${mark.type}:${mark.objection}`
    case 'presentation':
    case 'long_absence':
    case 'nobody_replaces':
    case 'future_possible':
    case 'preliminary_call_agreed':
    case 'confirmed_aloud':
      return mark.type
    default:
      return unreachable(mark)
  }
}

/** What the walk proves, and what the operator added by hand; each mark once, oldest first. */
export function marksOf(
  script: Script,
  walk: ScriptWalk,
  byHand: readonly ScriptMark[] = [],
): ScriptMark[] {
  const steps = answeredSteps(script, walk).flatMap(({ step, answer }) => [
    ...step.marks,
    ...answer.marks,
  ])
  const objections = walk.objections.map(
    ({ objection, handled }): ScriptMark => ({
      type: handled ? 'objection_handled' : 'objection_raised',
      objection,
    }),
  )
  const byName = new Map<string, ScriptMark>()
  for (const mark of [...steps, ...objections, ...byHand]) {
    if (!byName.has(markName(mark))) byName.set(markName(mark), mark)
  }
  return [...byName.values()]
}

import type { Campaign, Script } from '../contracts/campaign.ts'
import type { CampaignProblem } from '../contracts/relay-campaigns.ts'
import { empty, problemAt, twice, unknownPlaceholders } from './problem.ts'

const SPOKEN_PLACEHOLDERS = ['contact', 'company', 'operator', 'customer']

/** A script in the campaign's language, each language once, each script walkable to its end. */
export function checkScripts(campaign: Campaign): CampaignProblem[] {
  const { scripts, language } = campaign
  return [
    ...(scripts.some((script) => script.language === language)
      ? []
      : [problemAt(['scripts'], `there is none in the campaign's language, ${language}`)]),
    ...twice(scripts, (script) => script.language, ['scripts']),
    ...scripts.flatMap((script, index) => [
      ...checkParts(script, ['scripts', index], campaign),
      ...checkWays(script, ['scripts', index]),
    ]),
  ]
}

type Path = readonly (string | number)[]

function checkParts(script: Script, path: Path, { disabled }: Campaign): CampaignProblem[] {
  const { steps, objections } = script
  const known = new Set(objections.map(({ id }) => id))
  const marks = (owner: Script['steps'][number]['marks'], place: Path) =>
    owner.flatMap((mark, index) =>
      'objection' in mark && !known.has(mark.objection)
        ? [problemAt([...place, 'marks', index], `there is no objection ${mark.objection}`)]
        : [],
    )
  return [
    ...twice(steps, ({ id }) => id, [...path, 'steps']),
    ...twice(objections, ({ id }) => id, [...path, 'objections']),
    ...steps.flatMap((step, index) => {
      const place = [...path, 'steps', index]
      return [
        ...empty(step.title, [...place, 'title']),
        ...empty(step.say, [...place, 'say']),
        ...unknownPlaceholders(step.say, SPOKEN_PLACEHOLDERS, [...place, 'say']),
        ...unknownPlaceholders(step.note, SPOKEN_PLACEHOLDERS, [...place, 'note']),
        ...marks(step.marks, place),
        ...twice(step.answers, ({ id }) => id, [...place, 'answers']),
        ...step.answers.flatMap((answer, at) => [
          ...empty(answer.label, [...place, 'answers', at, 'label']),
          ...marks(answer.marks, [...place, 'answers', at]),
          ...(answer.proposes !== null && disabled.includes(answer.proposes)
            ? [
                problemAt(
                  [...place, 'answers', at, 'proposes'],
                  `${answer.proposes} is switched off`,
                ),
              ]
            : []),
        ]),
      ]
    }),
  ]
}

/** Every answer leads somewhere, every step is reached, and from every step the end is. */
function checkWays({ start, steps }: Script, path: Path): CampaignProblem[] {
  const ids = new Set(steps.map(({ id }) => id))
  if (!ids.has(start)) return [problemAt([...path, 'start'], `there is no step ${start}`)]
  const lost = steps.flatMap((step, index) =>
    step.answers.flatMap(({ next }, at) =>
      next === null || ids.has(next)
        ? []
        : [problemAt([...path, 'steps', index, 'answers', at, 'next'], `there is no step ${next}`)],
    ),
  )
  const next = new Map(steps.map(({ id, answers }) => [id, answers.map((answer) => answer.next)]))
  const reached = closure([start], (id) => next.get(id) ?? [])
  const ends = steps.filter(({ answers }) => answers.some((answer) => answer.next === null))
  const finished = closure(
    ends.map(({ id }) => id),
    (id) => steps.filter((step) => next.get(step.id)?.includes(id)).map((step) => step.id),
  )
  return [
    ...lost,
    ...steps.flatMap(({ id }, index) => [
      ...(reached.has(id)
        ? []
        : [problemAt([...path, 'steps', index], `no answer leads to ${id}`)]),
      ...(finished.has(id)
        ? []
        : [
            problemAt(
              [...path, 'steps', index],
              `from ${id} no way leads to the end of the script`,
            ),
          ]),
    ]),
  ]
}

/** All that can be reached from `from` in any number of steps. */
function closure(
  from: readonly string[],
  step: (id: string) => readonly (string | null)[],
): Set<string> {
  const found = new Set(from)
  // A set can be added to while it is walked: what is new comes later in the same walk.
  for (const id of found) for (const next of step(id)) if (next !== null) found.add(next)
  return found
}

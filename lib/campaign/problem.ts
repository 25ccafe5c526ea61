import type { CampaignProblem } from '../contracts/relay-campaigns.ts'

/** Says what is wrong at a place of the document. */
export function problemAt(
  path: readonly (string | number | symbol)[],
  message: string,
): CampaignProblem {
  return { path: path.map(String).join('.'), message, line: null }
}

/** A problem for every part whose key was there before. */
export function twice<T>(
  parts: readonly T[],
  keyOf: (part: T) => string | number,
  path: readonly (string | number)[],
): CampaignProblem[] {
  const seen = new Set<string | number>()
  return parts.flatMap((part, index) => {
    const key = keyOf(part)
    if (seen.has(key)) return [problemAt([...path, index], `${key} is there twice`)]
    seen.add(key)
    return []
  })
}

const PLACEHOLDER = /\{([^{}|]*)(?:\|[^{}]*)?\}/g

/** A problem for every placeholder that nobody fills, and for braces that don't close. */
export function unknownPlaceholders(
  text: string,
  known: readonly string[],
  path: readonly (string | number)[],
): CampaignProblem[] {
  const problems = [...text.matchAll(PLACEHOLDER)]
    .map(([, name = '']) => name)
    .filter((name) => !known.includes(name))
    .map((name) => problemAt(path, `nobody fills {${name}}; known are ${known.join(', ')}`))
  if (/[{}]/.test(text.replace(PLACEHOLDER, ''))) {
    problems.push(problemAt(path, 'a brace is not closed'))
  }
  return problems
}

/** A problem when there are no words. */
export function empty(text: string, path: readonly (string | number)[]): CampaignProblem[] {
  return text.trim() === '' ? [problemAt(path, 'must not be empty')] : []
}

import { AttemptRecord } from '../contracts/attempt.ts'
import { Evidence } from '../contracts/outcome.ts'

/** Starts the machine-readable line; the number is the format's version. */
const LABEL = 'prozvon:1:'

/** What most records say; left out of the line, since people see it in the card's timeline. */
const USUAL = {
  pass: 1,
  cause: null,
  attempt: null,
  grade: null,
  stopList: null,
  callbackAt: null,
  nextContactAt: null,
  meetingAt: null,
  marksByHand: [],
} as const satisfies Partial<AttemptRecord>
const NO_EVIDENCE = Evidence.parse({})

/**
 * A record as the description of a call activity: what people read first, then one line for us.
 * No `<`, `>` or `&` stands in that line, so a filter can only touch its quotes.
 */
export function formatRecord(record: AttemptRecord): string {
  const { comment, operator, evidence } = record
  const brief = { ...unlike(USUAL, record), evidence: unlike(NO_EVIDENCE, evidence) }
  const json = JSON.stringify(brief).replace(/[<>&]/g, escapeCharacter)
  return `${comment}\n${operator.name}\n\n${LABEL}${json}`
}

/**
 * Reads a record back from a description, whatever Bitrix24 and people made of the text around it:
 * escaped quotes, tags, lines before and after. Null when there is no whole record of ours. What
 * looks like one in the operator's own words comes before ours, or inside its quotes.
 */
export function parseRecord(description: string): AttemptRecord | null {
  const found = description
    .split(LABEL)
    .slice(1)
    .map((_, index, pieces) => recordAt(pieces.slice(index).join(LABEL)))
  return found.findLast((record) => record !== null) ?? null
}

function recordAt(text: string): AttemptRecord | null {
  const json = firstObject(unescapeHtml(text))
  if (json === null) return null
  try {
    const brief: unknown = JSON.parse(json)
    return AttemptRecord.safeParse({ ...USUAL, ...(brief as object) }).data ?? null
  } catch {
    return null
  }
}

/** The entries that say something else than usual. */
function unlike<T extends object>(usual: Partial<T>, value: T): Partial<T> {
  const entries = Object.entries(value).filter(
    ([key, said]) => JSON.stringify(said) !== JSON.stringify(usual[key as keyof T]),
  )
  return Object.fromEntries(entries) as Partial<T>
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

const ENTITIES: Record<string, string> = {
  '&quot;': '"',
  '&#34;': '"',
  '&#034;': '"',
  '&#39;': "'",
  '&#039;': "'",
  '&apos;': "'",
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&#91;': '[',
  '&#93;': ']',
}

/** The line we write has no ampersand of its own, so each one found was put there by a filter. */
function unescapeHtml(text: string): string {
  const decodeOnce = (escaped: string) =>
    escaped.replace(/&(?:\w+|#\d+);/g, (entity) => ENTITIES[entity] ?? entity)
  return decodeOnce(decodeOnce(text)).replace(/<[^>]*>/g, '')
}

/** The text of the first JSON object, found by its braces outside strings; null when it never ends. */
function firstObject(text: string): string | null {
  const start = text.indexOf('{')
  let depth = 0
  let isInString = false
  for (let index = start; index >= 0 && index < text.length; index += 1) {
    const character = text[index]
    if (isInString) {
      if (character === '\\') index += 1
      else if (character === '"') isInString = false
    } else if (character === '"') isInString = true
    else if (character === '{') depth += 1
    else if (character === '}') {
      depth -= 1
      if (depth === 0) return text.slice(start, index + 1)
    }
  }
  return null
}

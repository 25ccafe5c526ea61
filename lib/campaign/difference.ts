import microdiff from 'microdiff'
import type { CampaignChange } from '../contracts/relay-campaigns.ts'

type Value = unknown
type Named = Record<string, Value>

/**
 * What differs between two documents, in the order of the newer one. Lists whose parts have ids
 * (outcomes, steps, answers, objections, templates) are compared by them, so that a step put in
 * front is one addition, not a change of all steps behind it; a new order is told as one change.
 */
export function differenceOf(older: Value, newer: Value): CampaignChange[] {
  const [from, to] = [keyed(older), keyed(newer)]
  if (!isNamed(from) || !isNamed(to)) return []
  const changes = microdiff(from, to).filter(
    ({ path, ...change }) =>
      path.at(-1) !== ORDER ||
      (change.type === 'CHANGE' && isReordered(String(change.oldValue), String(change.value))),
  )
  return changes.map((change) => {
    const path = change.path.map((name) => (name === ORDER ? 'order' : String(name)))
    const side = change.type === 'REMOVE' ? from : to
    return {
      type: TYPES[change.type],
      path: path.join('.'),
      place: placeOf(side, path),
      old: change.type === 'CREATE' ? null : unkeyed(change.oldValue),
      new: change.type === 'REMOVE' ? null : unkeyed(change.value),
    }
  })
}

const TYPES = { CREATE: 'added', REMOVE: 'removed', CHANGE: 'changed' } as const

/** Where the order of a keyed list stands. */
const ORDER = '#order'
const SEPARATOR = ', '

/** Whether those that are in both come in another order; one that came or went moves nobody. */
function isReordered(older: string, newer: string): boolean {
  const [before, after] = [older.split(SEPARATOR), newer.split(SEPARATOR)]
  const stayed = before.filter((key) => after.includes(key))
  return stayed.join() !== after.filter((key) => before.includes(key)).join()
}

/** The same with every list of parts that have keys as an object of them, and its order as text. */
function keyed(value: Value): Value {
  if (Array.isArray(value)) {
    const parts = value.map((part: unknown) => ({ key: keyOf(part), part: keyed(part) }))
    const keys = parts.map(({ key }) => key)
    if (keys.length === 0 || keys.includes(null) || new Set(keys).size < keys.length) {
      return parts.map(({ part }) => part)
    }
    const named = Object.fromEntries(parts.map(({ key, part }) => [key, part]))
    return { ...named, [ORDER]: keys.join(SEPARATOR) }
  }
  if (!isNamed(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, keyed(part)]))
}

/** Templates share an id between channels and languages; scripts have their language only. */
function keyOf(part: unknown): string | null {
  if (!isNamed(part)) return null
  const { id, channel, language, steps } = part
  if (typeof id !== 'string') return steps && typeof language === 'string' ? language : null
  return [id, channel, language].filter((name) => typeof name === 'string').join('/')
}

function unkeyed(value: Value): Value {
  if (Array.isArray(value)) return value.map(unkeyed)
  if (!isNamed(value)) return value
  const parts = Object.entries(value)
    .filter(([name]) => name !== ORDER)
    .map(([name, part]) => [name, unkeyed(part)] as const)
  return ORDER in value ? parts.map(([, part]) => part) : Object.fromEntries(parts)
}

/** The way in words: the title of each part that has one, else its name in the document. */
function placeOf(document: Named, path: readonly string[]): string[] {
  let part: Value = document
  return path.map((name) => {
    part = isNamed(part) || Array.isArray(part) ? (part as Named)[name] : undefined
    const { title, label } = isNamed(part) ? part : {}
    const words = typeof title === 'string' ? title : label
    return typeof words === 'string' && words !== '' ? words : name
  })
}

function isNamed(value: Value): value is Named {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

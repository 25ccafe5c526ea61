import type { Instant, Result } from '../contracts/common.ts'
import type { StopListCopy, StopListCopyEntry, StopSubject } from '../contracts/relay-stop-list.ts'
import { isForChannel, isInScope, isTermOpen, type StopQuestion } from './check.ts'

/** A subject as the copy names it: hashed by the copy's salt (docs/adr/0030). */
export type SubjectMark = string

/** The stop list as far as it is known here: one whole copy and the changes since. */
export interface KnownStops {
  version: number
  salt: string
  issuedAt: Instant
  entries: readonly StopListCopyEntry[]
}

/**
 * What is known after one more copy came. A whole one replaces what was known, unless it is older;
 * a change is only taken by those who know just what it changes. Pure.
 */
export function withCopy(
  known: KnownStops | null,
  copy: StopListCopy,
): Result<KnownStops, 'older' | 'gap'> {
  const { version, salt, issuedAt } = copy
  // A relay keeps the whole copy that it signed last, so the same version may be of an earlier
  // hour; and one that was restored from a backup counts anew, but signs later.
  const isOlder =
    known && version < known.version && Date.parse(issuedAt) < Date.parse(known.issuedAt)
  if (isOlder) return { ok: false, reason: 'older' }
  const head = { version, salt, issuedAt }
  if (copy.since === null) return { ok: true, value: { ...head, entries: copy.entries } }
  if (known?.version !== copy.since || known.salt !== salt) return { ok: false, reason: 'gap' }
  const replaced = new Set([...copy.removed, ...copy.entries.map(({ id }) => id)])
  const kept = known.entries.filter(({ id }) => !replaced.has(id))
  const gone = new Set(copy.removed)
  const added = copy.entries.filter(({ id }) => !gone.has(id))
  return { ok: true, value: { ...head, entries: [...kept, ...added] } }
}

/** The mark of a subject; `hash` is the copy's HMAC (`salted-hash.ts`). */
export function markOf(
  { kind, value }: StopSubject,
  hash: (text: string) => Promise<SubjectMark>,
): Promise<SubjectMark> {
  return hash(`${kind}:${value}`)
}

/** A question whose subjects are hashed; the rest is as for entries that can be read. */
export type MarkedQuestion = Omit<StopQuestion, 'subjects'> & {
  marks: ReadonlySet<SubjectMark>
}

/** The entries of a copy that bar this contact now, by the same rules as `stopsOf`. Pure. */
export function stopsInCopy(
  entries: readonly StopListCopyEntry[],
  question: MarkedQuestion,
): StopListCopyEntry[] {
  return entries.filter(
    (entry) =>
      question.marks.has(entry.subject) &&
      isTermOpen(entry, question.now) &&
      isForChannel(entry, question.channel) &&
      isInScope(entry, question),
  )
}

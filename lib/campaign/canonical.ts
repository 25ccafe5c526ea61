/**
 * A document as one text, whatever the order of its names: what is signed and compared. Lists keep
 * their order, for there it means something; `undefined` is left out as JSON does.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

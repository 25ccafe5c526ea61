import { isSealed, type Sealer } from './sealed.ts'

/** A private key as it goes into the database: sealed, or open when there is no RELAY_KEYS. */
export function keepKey(sealer: Sealer | null, key: string, place: string): string {
  return sealer ? sealer.seal(key, place) : key
}

/**
 * A private key as `keepKey` kept it, also from before there was a RELAY_KEYS.
 * @throws Error when it is sealed and the key that opens it is not in RELAY_KEYS.
 */
export function readKey(sealer: Sealer | null, kept: string, place: string): string {
  if (!isSealed(kept)) return kept
  if (!sealer) throw new Error(`RELAY_KEYS: missing, but ${place} is sealed: set it as it was`)
  const opened = sealer.open(kept, place)
  if (opened.ok) return opened.value
  throw new Error(
    opened.reason === 'unknown_key'
      ? `RELAY_KEYS: the key that sealed ${place} is not among them: add it again`
      : `${place} was changed or moved: restore it from a backup`,
  )
}

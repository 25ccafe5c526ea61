import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Result } from '../../lib/contracts/common.ts'

/** One key of `RELAY_KEYS`. */
export interface SealKey {
  /** Stands in what it sealed, so that the right key is found again. */
  id: string
  /** 32 bytes. */
  key: Buffer
}

export type UnsealTrouble =
  /** It was sealed with a key that is no longer in `RELAY_KEYS`. */
  | 'unknown_key'
  /** It was changed, cut, or belongs elsewhere. */
  | 'broken'

/** Keeps secrets unreadable in the database and its backups: AES-256-GCM. */
export interface Sealer {
  /**
   * Seals with the first key. `place` says where the secret is kept, see `placeOf`; it must be the
   * same when it is opened, so that nobody can move a secret to another person's row.
   */
  seal(secret: string, place: string): string
  open(sealed: string, place: string): Result<string, UnsealTrouble>
  /** Whether it was sealed with the first key: others are on their way out. */
  isCurrent(sealed: string): boolean
}

const CIPHER = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16
const SEALED = /^v1\.([a-z0-9-]{1,32})\.([A-Za-z0-9_-]+)$/

/** Where a secret is kept: the column, and the row by its key. */
export function placeOf(table: string, column: string, rowId: string): string {
  return `${table}.${column}:${rowId}`
}

/** Whether `Sealer.seal` made it, with whatever key. */
export function isSealed(text: string): boolean {
  return SEALED.test(text)
}

/** @throws Error without a key: whoever has none has no sealer. */
export function createSealer(keys: readonly SealKey[]): Sealer {
  const [first] = keys
  if (!first) throw new Error('a sealer needs a key')
  const byId = new Map(keys.map(({ id, key }) => [id, key]))
  return {
    seal(secret, place) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv(CIPHER, first.key, iv).setAAD(Buffer.from(place))
      const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      const bytes = Buffer.concat([iv, cipher.getAuthTag(), body])
      return `v1.${first.id}.${bytes.toString('base64url')}`
    },

    open(sealed, place) {
      const [, id = '', text = ''] = SEALED.exec(sealed) ?? []
      const bytes = Buffer.from(text, 'base64url')
      if (bytes.length < IV_BYTES + TAG_BYTES) return { ok: false, reason: 'broken' }
      const key = byId.get(id)
      if (!key) return { ok: false, reason: 'unknown_key' }
      const options = { authTagLength: TAG_BYTES }
      const cipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), options)
        .setAAD(Buffer.from(place))
        .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
      try {
        const body = cipher.update(bytes.subarray(IV_BYTES + TAG_BYTES))
        return { ok: true, value: Buffer.concat([body, cipher.final()]).toString('utf8') }
      } catch {
        return { ok: false, reason: 'broken' }
      }
    },

    isCurrent: (sealed) => SEALED.exec(sealed)?.[1] === first.id,
  }
}

/** The sealer of a configuration; null without keys. */
export function sealerOf(keys: readonly SealKey[]): Sealer | null {
  return keys.length > 0 ? createSealer(keys) : null
}

/**
 * Reads `id:base64,id2:base64`: the first key seals, all of them open. An id has 1 to 32 small
 * letters, digits and hyphens; a key has 32 bytes. The complaint repeats nothing of the keys.
 */
export function readKeys(text: string): Result<SealKey[], string> {
  const keys: SealKey[] = []
  for (const part of text.split(',')) {
    const [, id, encoded = ''] =
      /^\s*([a-z0-9-]{1,32}):([A-Za-z0-9+/_-]+={0,2})\s*$/.exec(part) ?? []
    const key = Buffer.from(encoded, 'base64')
    if (!id || key.length !== 32) {
      return {
        ok: false,
        reason: 'must be id:key,… with keys of 32 bytes in base64: see «keys new»',
      }
    }
    if (keys.some((other) => other.id === id)) {
      return { ok: false, reason: 'each key needs an id of its own' }
    }
    keys.push({ id, key })
  }
  return { ok: true, value: keys }
}

/** A key for `RELAY_KEYS`, as it is written there; `id` tells when it was made. */
export function newKey(now: Date): string {
  const id = now.toISOString().slice(0, 16).replace(/\D/g, '')
  return `k${id}:${randomBytes(32).toString('base64')}`
}

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** What a token says: `prz_<id>_<secret>`; the id finds the row, the secret proves the right. */
const TOKEN = /^prz_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/

export interface NewToken {
  id: string
  /** Shown once to the person who made it. */
  token: string
  secretHash: Buffer
}

/** SHA-256 is enough for a secret of 256 random bits: there is nothing to guess. */
export function makeToken(): NewToken {
  const id = randomBytes(6).toString('hex')
  const secret = randomBytes(32).toString('base64url')
  return { id, token: `prz_${id}_${secret}`, secretHash: hashOf(secret) }
}

export function parseToken(token: string): { id: string; secret: string } | null {
  const [, id, secret] = TOKEN.exec(token) ?? []
  return id && secret ? { id, secret } : null
}

/** The hash of no secret: what an unknown id is compared with. */
const NOTHING = Buffer.alloc(32)

/**
 * Takes the same time whether the first byte differs or the last, and the same for a token that
 * does not exist (null): it is hashed and compared like any other.
 */
export function isSecretOf(secret: string, secretHash: Buffer | null): boolean {
  const isEqual = timingSafeEqual(hashOf(secret), secretHash ?? NOTHING)
  return isEqual && secretHash !== null
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

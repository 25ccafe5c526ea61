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

/** Takes the same time whether the first byte differs or the last. */
export function isSecretOf(secret: string, secretHash: Buffer): boolean {
  const given = hashOf(secret)
  return given.length === secretHash.length && timingSafeEqual(given, secretHash)
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

import { createHash, randomBytes } from 'node:crypto'

/** Digest authentication as SIP uses it (RFC 3261 §22, RFC 2617): MD5, with or without `qop=auth`. */

const NONCE_LIFETIME_MS = 300_000

export type DigestVerdict =
  | { kind: 'accepted'; user: string }
  /** Ask (again): `challenge` is the value of WWW-Authenticate or Proxy-Authenticate. */
  | { kind: 'challenge'; challenge: string }
  /** User unknown or password wrong; which of the two is not told. */
  | { kind: 'refused' }

export type DigestFields = Readonly<Record<string, string>>

/** Reads `Digest key="value", …`; null when it is something else. */
export function parseDigest(value: string): DigestFields | null {
  const list = /^Digest\s+(.*)$/i.exec(value)?.[1]
  if (list === undefined) return null
  const fields: Record<string, string> = {}
  for (const match of list.matchAll(/([a-z]+)\s*=\s*(?:"([^"]*)"|([^\s,"]+))/gi)) {
    if (match[1]) fields[match[1].toLowerCase()] = match[2] ?? match[3] ?? ''
  }
  return fields
}

/** The `response` field that a client with this password sends. */
export function digestResponse(fields: DigestFields, password: string, method: string): string {
  const { username = '', realm = '', nonce = '', uri = '', qop, nc = '', cnonce = '' } = fields
  const secret = md5(`${username}:${realm}:${password}`)
  const target = md5(`${method}:${uri}`)
  return qop
    ? md5(`${secret}:${nonce}:${nc}:${cnonce}:${qop}:${target}`)
    : md5(`${secret}:${nonce}:${target}`)
}

/** Checks credentials and hands out nonces; a nonce lives for five minutes, each count of it once. */
export class DigestAuthenticator {
  readonly #realm: string
  readonly #passwordOf: (user: string) => string | undefined
  readonly #nonces = new Map<string, { issuedAtMs: number; lastCount: number }>()

  constructor(realm: string, passwordOf: (user: string) => string | undefined) {
    this.#realm = realm
    this.#passwordOf = passwordOf
  }

  /** @param credentials value of Authorization or Proxy-Authorization, if the request has one */
  check(method: string, credentials: string | undefined, nowMs = Date.now()): DigestVerdict {
    const fields = credentials === undefined ? null : parseDigest(credentials)
    if (!fields) return { kind: 'challenge', challenge: this.#challenge(nowMs, false) }

    const nonce = this.#nonces.get(fields.nonce ?? '')
    const count = fields.qop ? Number.parseInt(fields.nc ?? '', 16) : (nonce?.lastCount ?? 0) + 1
    const isFresh = nonce && nowMs - nonce.issuedAtMs < NONCE_LIFETIME_MS && count > nonce.lastCount
    if (!isFresh) return { kind: 'challenge', challenge: this.#challenge(nowMs, true) }
    nonce.lastCount = count

    const user = fields.username ?? ''
    const password = this.#passwordOf(user)
    const isRight =
      password !== undefined &&
      fields.realm === this.#realm &&
      digestResponse(fields, password, method) === fields.response
    return isRight ? { kind: 'accepted', user } : { kind: 'refused' }
  }

  #challenge(nowMs: number, isStale: boolean): string {
    for (const [nonce, { issuedAtMs }] of this.#nonces) {
      if (nowMs - issuedAtMs >= NONCE_LIFETIME_MS) this.#nonces.delete(nonce)
    }
    const nonce = randomBytes(16).toString('hex')
    this.#nonces.set(nonce, { issuedAtMs: nowMs, lastCount: 0 })
    const stale = isStale ? ', stale=true' : ''
    return `Digest realm="${this.#realm}", nonce="${nonce}", algorithm=MD5, qop="auth"${stale}`
  }
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}

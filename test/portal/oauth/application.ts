import { randomBytes } from 'node:crypto'

/** The local application of the sandbox, as an administrator would have added it. */
export interface PortalApp {
  /** `local.xxxxxxxxxxxxxx.xxxxxxxx` (Bitrix24 docs: settings/oauth/index.md). */
  clientId: string
  clientSecret: string
  /** Where authorization returns to; '' while none is registered. */
  handlerUrl: string
  /** Told of the installation by a form-encoded POST; '' = nobody is. */
  installUrl: string
  /** What the application's card allows now. */
  scopes: string[]
  /** Sent with every event; the handler compares it (docs: api-reference/events/safe-event-handlers.md). */
  applicationToken: string
  isInstalled: boolean
  /** Users whom the administrator lets use it; null = everybody. */
  allowedUserIds: number[] | null
}

/** A code of the authorize page: one use, 30 seconds. */
export interface AuthorizationCode {
  code: string
  userId: number
  /** Epoch milliseconds. */
  expiresAt: number
}

/** A pair of tokens of one user; refreshing replaces the refresh token, not the access token. */
export interface TokenPair {
  accessToken: string
  refreshToken: string
  userId: number
  /** What the application might do when the pair was given out. */
  scopes: string[]
  /** Epoch milliseconds. */
  accessExpiresAt: number
  refreshExpiresAt: number
  /** A refresh token works once. */
  isRefreshed: boolean
}

/** What the portal keeps of OAuth. */
export interface OAuthTables {
  /** Stable key of the portal: stays when the portal is renamed. */
  memberId: string
  app: PortalApp
  codes: AuthorizationCode[]
  pairs: TokenPair[]
}

/** A portal with one application, not yet used by anybody. */
export function newOAuthTables(
  handlerUrl: string,
  installUrl: string,
  scopes: readonly string[],
): OAuthTables {
  return {
    memberId: randomBytes(16).toString('hex'),
    app: {
      clientId: `local.${randomBytes(7).toString('hex')}.${10_000_000 + (randomBytes(4).readUInt32BE() % 90_000_000)}`,
      clientSecret: randomToken(50),
      handlerUrl,
      installUrl,
      scopes: [...scopes],
      applicationToken: randomBytes(16).toString('hex'),
      isInstalled: true,
      allowedUserIds: null,
    },
    codes: [],
    pairs: [],
  }
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Lower-case letters and digits, as in the documentation's examples. */
export function randomToken(length: number): string {
  return [...randomBytes(length)].map((byte) => LETTERS[byte % LETTERS.length]).join('')
}

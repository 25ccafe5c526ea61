import type { PortalClock } from '../clock.ts'
import type { PortalUser } from '../model.ts'
import { NO_AUTH, type RestAuth } from '../rest/auth.ts'
import { type Refusal, refused } from '../rest/reply.ts'
import { type OAuthTables, randomToken, type TokenPair } from './application.ts'
import { type Params, readText } from './params.ts'

/** What the token server answers. */
export interface TokenAnswer {
  status: number
  body: Record<string, unknown>
}

/** Where the tokens' portal and its auth host are. */
export interface OAuthPlace {
  /** Of the portal, without a slash at the end; another one after it was renamed. */
  portalOrigin(): string
  /** Of the auth host, without a slash at the end. */
  authOrigin(): string
}

/** Bitrix24 docs: settings/oauth/index.md: «valid for 30 seconds». */
const CODE_MS = 30_000
/** Bitrix24 docs: settings/oauth/auto-renewal.md: 180 days. */
const REFRESH_MS = 180 * 24 * 60 * 60_000
const ACCESS_SECONDS = 3600

const EXPIRED = refused('expired_token', 'The access token provided has expired', 401)
const NO_ACCESS = refused(
  'user_access_error',
  'The user does not have access to the application',
  403,
)

/**
 * The auth server without HTTP: codes, pairs, refresh with rotation, revocation
 * (Bitrix24 docs: settings/oauth/index.md, auto-renewal.md, error-codes.md). The pages name the
 * errors and not their HTTP statuses: these follow RFC 6749 §5.2.
 */
export class TokenDesk {
  readonly tables: OAuthTables
  /** Lifetime of access tokens given out from now on, seconds. */
  accessSeconds = ACCESS_SECONDS
  /** The portal has no plan that REST is part of. */
  isUnpaid = false
  readonly #users: readonly PortalUser[]
  readonly #clock: PortalClock
  readonly #place: OAuthPlace

  constructor(
    tables: OAuthTables,
    users: readonly PortalUser[],
    clock: PortalClock,
    place: OAuthPlace,
  ) {
    this.tables = tables
    this.#users = users
    this.#clock = clock
    this.#place = place
  }

  /** Is this the installed application? */
  knowsClient(clientId: string): boolean {
    const { app } = this.tables
    return app.isInstalled && app.clientId === clientId
  }

  /** May this user sign in to the application? */
  letsIn(userId: number): boolean {
    const { allowedUserIds } = this.tables.app
    return this.#isEmployed(userId) && (allowedUserIds?.includes(userId) ?? true)
  }

  /** Where the browser goes after signing in, with a fresh code. */
  returnUrl(userId: number, state: string | null): string {
    const code = randomToken(60)
    this.tables.codes.push({ code, userId, expiresAt: this.#clock.now() + CODE_MS })
    const url = new URL(this.tables.app.handlerUrl)
    const { memberId, app } = this.tables
    for (const [name, value] of Object.entries({
      code,
      ...(state === null ? {} : { state }),
      domain: new URL(this.#place.portalOrigin()).host,
      member_id: memberId,
      scope: app.scopes.join(','),
      server_domain: new URL(this.#place.authOrigin()).host,
    })) {
      url.searchParams.set(name, value)
    }
    return url.href
  }

  /** `/oauth/token/`, of a query or of a form. */
  exchange(params: Params): TokenAnswer {
    const grant = readText(params, 'grant_type')
    const secret = readText(params, 'client_secret')
    if (grant === null) return failure('invalid_request', 'grant_type is required')
    const { app } = this.tables
    if (!this.knowsClient(readText(params, 'client_id') ?? '') || secret !== app.clientSecret) {
      return failure('invalid_client', 'Invalid client credentials', 401)
    }
    if (this.isUnpaid) return failure('PAYMENT_REQUIRED', 'Payment required', 402)
    if (!this.#asksForAllowed(readText(params, 'scope'))) {
      return failure('invalid_scope', 'The requested scope exceeds that of the application')
    }
    switch (grant) {
      case 'authorization_code':
        return this.#byCode(readText(params, 'code'))
      case 'refresh_token':
        return this.#byRefreshToken(readText(params, 'refresh_token'))
      default:
        return failure('invalid_request', 'Unknown grant_type')
    }
  }

  /**
   * What an access token gives in REST; the portal's `TokenReader`. Expiry and missing access are
   * system errors (docs: _includes/system-errors.md); the pages don't say what a token of a
   * dismissed user or a deleted application meets: it is taken for no token at all.
   */
  readonly readToken = (token: string): RestAuth | Refusal => {
    const { pairs, app } = this.tables
    const pair = pairs.find(({ accessToken }) => accessToken === token)
    if (!pair || !app.isInstalled || !this.#isEmployed(pair.userId)) return NO_AUTH
    if (this.#clock.now() >= pair.accessExpiresAt) return EXPIRED
    if (!this.letsIn(pair.userId)) return NO_ACCESS
    const scopes = pair.scopes.filter((scope) => app.scopes.includes(scope))
    return { kind: 'oauth', userId: pair.userId, scopes, appId: app.clientId }
  }

  /**
   * The `auth` of an event or of the install call (docs: api-reference/events/index.md); null when
   * the application is gone. Events carry no refresh token, the install call does.
   */
  eventAuth(userId: number, hasRefreshToken: boolean): Record<string, string> | null {
    const { app } = this.tables
    if (!app.isInstalled) return null
    const pair = this.#newPair(userId)
    const { refresh_token, ...rest } = this.#describe(pair)
    return {
      ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])),
      ...(hasRefreshToken ? { refresh_token: String(refresh_token) } : {}),
      expires: String(Math.floor(pair.accessExpiresAt / 1000)),
      user_id: String(userId),
      domain: new URL(this.#place.portalOrigin()).host,
      application_token: app.applicationToken,
    }
  }

  /** Ends every access token's time now, as if an hour had passed; refresh tokens stay. */
  expireAccessTokens(): void {
    for (const pair of this.tables.pairs) pair.accessExpiresAt = this.#clock.now()
  }

  /**
   * The administrator deletes the application: its keys and tokens are worth nothing any more
   * (docs: settings/app-uninstallation.md).
   */
  uninstall(): void {
    this.tables.app.isInstalled = false
    this.tables.pairs.length = 0
    this.tables.codes.length = 0
  }

  #byCode(code: string | null): TokenAnswer {
    if (code === null) return failure('invalid_request', 'code is required')
    const { codes } = this.tables
    const index = codes.findIndex((one) => one.code === code)
    // Used or too late: it is gone after the first look.
    const [found] = index === -1 ? [] : codes.splice(index, 1)
    if (!found || this.#clock.now() >= found.expiresAt || !this.letsIn(found.userId)) {
      return failure('invalid_grant', 'Invalid authorization code')
    }
    return { status: 200, body: this.#describe(this.#newPair(found.userId)) }
  }

  #byRefreshToken(token: string | null): TokenAnswer {
    if (token === null) return failure('invalid_request', 'refresh_token is required')
    const pair = this.tables.pairs.find(({ refreshToken }) => refreshToken === token)
    const isOver =
      !pair ||
      pair.isRefreshed ||
      this.#clock.now() >= pair.refreshExpiresAt ||
      !this.#isEmployed(pair.userId)
    if (isOver) return failure('invalid_grant', 'Invalid refresh token')
    pair.isRefreshed = true
    const next = this.#newPair(pair.userId)
    const expires = Math.floor(next.accessExpiresAt / 1000)
    return { status: 200, body: { ...this.#describe(next), expires, user_id: next.userId } }
  }

  #newPair(userId: number): TokenPair {
    const now = this.#clock.now()
    const pair: TokenPair = {
      accessToken: randomToken(70),
      refreshToken: randomToken(70),
      userId,
      scopes: [...this.tables.app.scopes],
      accessExpiresAt: now + this.accessSeconds * 1000,
      refreshExpiresAt: now + REFRESH_MS,
      isRefreshed: false,
    }
    this.tables.pairs.push(pair)
    return pair
  }

  /** `domain` is the auth host's here, and the portal's in the return of the authorize page. */
  #describe(pair: TokenPair): Record<string, unknown> {
    const authOrigin = this.#place.authOrigin()
    return {
      access_token: pair.accessToken,
      client_endpoint: `${this.#place.portalOrigin()}/rest/`,
      domain: new URL(authOrigin).host,
      expires_in: Math.round((pair.accessExpiresAt - this.#clock.now()) / 1000),
      member_id: this.tables.memberId,
      refresh_token: pair.refreshToken,
      scope: pair.scopes.join(','),
      server_endpoint: `${authOrigin}/rest/`,
      status: 'L',
    }
  }

  #asksForAllowed(scope: string | null): boolean {
    return scope === null || scope.split(',').every((one) => this.tables.app.scopes.includes(one))
  }

  #isEmployed(userId: number): boolean {
    return this.#users.some(({ ID, ACTIVE }) => ID === userId && ACTIVE)
  }
}

function failure(error: string, description: string, status = 400): TokenAnswer {
  return { status, body: { error, error_description: description } }
}

/** Why Bitrix24 did not do what was asked. */
export type BitrixReason =
  | 'away'
  | 'timeout'
  | 'limit'
  | 'overload'
  | 'operating_limit'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'moved'
  | 'invalid'
  | 'server_error'
  | 'method_unknown'
  | 'protocol'
  /** Only of a client with an application's tokens: how its account's way in ended. */
  | 'signed_out'
  | 'app_removed'
  | 'user_dismissed'
  | 'scope_missing'
  /** The relay, which has the tokens, knows us no more, or does not answer. */
  | 'relay_signed_out'
  | 'relay_away'

/**
 * A failure as a value. `fate` tells a writer whether the write may have happened all the same:
 * `unknown` must be looked up before it is repeated, `not_executed` may be repeated.
 */
export interface BitrixError {
  reason: BitrixReason
  fate: 'not_executed' | 'unknown'
  /** HTTP status; null when there was no answer, or for one command of a batch. */
  status: number | null
  /** Bitrix24's own code: a word, a number, a sentence, or empty. */
  code: string
  /** What Bitrix24 said, for people: plain text, shortened, without secrets. */
  text: string
  /** For `operating_limit`: when the method is free again, epoch milliseconds; null = not told. */
  freeAtMs: number | null
}

/** Facts of a failed answer, before they are judged. */
export interface Refusal {
  status: number | null
  code: string
  text: string
}

const BY_CODE: Record<string, BitrixReason> = {
  QUERY_LIMIT_EXCEEDED: 'limit',
  OVERLOAD_LIMIT: 'overload',
  OPERATION_TIME_LIMIT: 'operating_limit',
  NO_AUTH_FOUND: 'unauthorized',
  EXPIRED_TOKEN: 'unauthorized',
  INVALID_TOKEN: 'unauthorized',
  INVALID_CREDENTIALS: 'unauthorized',
  ACCESS_DENIED: 'forbidden',
  INSUFFICIENT_SCOPE: 'forbidden',
  USER_ACCESS_ERROR: 'forbidden',
  WRONG_AUTH_TYPE: 'forbidden',
  ALLOWED_ONLY_INTRANET_USER: 'forbidden',
  ERROR_METHOD_NOT_FOUND: 'method_unknown',
  ERROR_MANIFEST_IS_NOT_AVAILABLE: 'method_unknown',
  NOT_FOUND: 'not_found',
  OWNER_NOT_FOUND: 'not_found',
  INVALID_REQUEST: 'invalid',
  INVALID_ARG_VALUE: 'invalid',
  WRONG_DATETIME_FORMAT: 'invalid',
  CRM_FIELD_ERROR_VALUE_NOT_VALID: 'invalid',
  ERROR_BATCH_LENGTH_EXCEEDED: 'invalid',
  ERROR_BATCH_METHOD_NOT_ALLOWED: 'invalid',
  INTERNAL_SERVER_ERROR: 'server_error',
  ERROR_UNEXPECTED_ANSWER: 'server_error',
  PORTAL_DELETED: 'away',
}

/** Only statuses that mean one thing; a bare 503 may be anything, and 400 says nothing. */
function byStatus(status: number | null): BitrixReason | null {
  if (status === null) return null
  if (status === 401) return 'unauthorized'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not_found'
  if (status === 429) return 'limit'
  if (status >= 500) return 'server_error'
  return null
}

/** Many CRM errors have an empty code and a text in the portal's language. */
const BY_TEXT: readonly [RegExp, BitrixReason][] = [
  [/method not found/i, 'method_unknown'],
  [
    /access (is )?denied|not enough (rights|permissions)|insufficient (rights|permissions)/i,
    'forbidden',
  ],
  [/доступ\S* запрещ|недостаточно прав|доступ\S* заборон|недостатньо прав/i, 'forbidden'],
  [/not found|не найден|не знайден/i, 'not_found'],
  [/too many requests/i, 'limit'],
]

/** Requests that fail for these reasons were turned away before anything was done. */
const NOT_EXECUTED: ReadonlySet<BitrixReason> = new Set([
  'limit',
  'overload',
  'operating_limit',
  'unauthorized',
  'forbidden',
  'not_found',
  'moved',
  'invalid',
  'method_unknown',
  'signed_out',
  'app_removed',
  'user_dismissed',
  'scope_missing',
  'relay_signed_out',
  'relay_away',
])

/**
 * Judges a refusal by its code, then its status, then, loosely, its text: Bitrix24 uses 503 for
 * «slow down» and for «blocked», and 200 for some errors (Bitrix24 docs: system errors, limits).
 */
export function classify(refusal: Refusal): BitrixReason {
  const { status, code, text } = refusal
  return (
    BY_CODE[code.toUpperCase()] ??
    byStatus(status) ??
    BY_TEXT.find(([pattern]) => pattern.test(`${code} ${text}`))?.[1] ??
    'invalid'
  )
}

/** The judged error. `text` must already be without secrets (see `plainText`). */
export function bitrixError(refusal: Refusal, freeAtMs: number | null = null): BitrixError {
  return errorOf(classify(refusal), refusal, freeAtMs)
}

/** An error whose reason is known without judging: no answer, a redirect, an unreadable body. */
export function errorOf(
  reason: BitrixReason,
  refusal: Refusal,
  freeAtMs: number | null = null,
): BitrixError {
  const { status, code } = refusal
  const turnedAway =
    NOT_EXECUTED.has(reason) ||
    (status !== null && status >= 400 && status < 500) ||
    code.toUpperCase() === 'PORTAL_DELETED'
  return { reason, fate: turnedAway ? 'not_executed' : 'unknown', ...refusal, freeAtMs }
}

/** Makes what a server said fit for people and logs: no markup, no secret, at most 300 characters. */
export function plainText(text: string, secret: string): string {
  const words = text.replace(/<(style|script|title)[^>]*>.*?<\/\1>|<[^>]+>/gis, ' ')
  const safe = secret === '' ? words : words.replaceAll(secret, '…')
  return safe.replace(/\s+/g, ' ').trim().slice(0, 300)
}

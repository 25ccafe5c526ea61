import type { RelayProblem } from '../../lib/contracts/relay-api.ts'
import type { BITRIX24_ENDS } from '../../lib/contracts/relay-sign-in.ts'

export type Bitrix24End = (typeof BITRIX24_ENDS)[number]

/** What each end means, for whoever reads the answer itself; the extension has its own texts. */
const MESSAGES: Record<Bitrix24End, string> = {
  bitrix24_signed_out: 'Bitrix24 no longer knows this sign-in: sign in again',
  bitrix24_app_removed:
    'the application is gone from the portal, its keys changed, or REST is not in the plan: ask the administrator',
  bitrix24_user_dismissed:
    'Bitrix24 lets this user in no longer, or not into the application: ask the administrator',
  bitrix24_scope_missing: 'the application lacks rights on the portal: ask the administrator',
  bitrix24_moved: 'the portal has a new address: an administrator must agree to it',
}

export function endProblem(end: Bitrix24End): RelayProblem {
  return { code: end, message: MESSAGES[end] }
}

export const OAUTH_NOT_CONFIGURED: RelayProblem = {
  code: 'not_configured',
  message: 'signing in with Bitrix24 is not set up: set BITRIX24_CLIENT_ID and what belongs to it',
}

/** What the panel cannot do without (docs/admin-guide.md, «Connect with OAuth»). */
const NEEDED_SCOPES = ['crm', 'telephony']

export function lacksScopes(scopes: readonly string[]): boolean {
  return NEEDED_SCOPES.some((scope) => !scopes.includes(scope))
}

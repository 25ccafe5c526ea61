import { unreachable } from '../contracts/common.ts'
import type { DeliveryReason } from '../contracts/effect.ts'
import type { BitrixError } from './errors.ts'

/** The reason that people see for a failure of Bitrix24. */
export function deliveryReason({ reason }: BitrixError): DeliveryReason {
  switch (reason) {
    case 'away':
    case 'timeout':
    case 'relay_away':
      return 'away'
    case 'limit':
    case 'overload':
    case 'operating_limit':
      return 'limit'
    case 'server_error':
    case 'protocol':
      return 'server_error'
    case 'unauthorized':
      return 'unauthorized'
    case 'signed_out':
    case 'app_removed':
    case 'user_dismissed':
    case 'relay_signed_out':
      return 'access_ended'
    case 'forbidden':
    case 'scope_missing':
      return 'forbidden'
    case 'not_found':
      return 'not_found'
    case 'moved':
      return 'not_configured'
    case 'invalid':
    case 'method_unknown':
      return 'invalid'
    default:
      return unreachable(reason)
  }
}

/** What to tell people; never empty. */
export function detailOf(error: BitrixError): string {
  return error.text || error.code || error.reason
}

import { unreachable } from '../contracts/common.ts'
import type { DeliveryReason } from '../contracts/effect.ts'
import type { BitrixError } from './errors.ts'

/** The reason that people see for a failure of Bitrix24. */
export function deliveryReason({ reason }: BitrixError): DeliveryReason {
  switch (reason) {
    case 'away':
    case 'timeout':
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
    case 'forbidden':
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

import { type Refusal, refused } from './reply.ts'

/** How the whole portal is at the moment; nothing in it is kept in the snapshot. */
export interface PortalMood {
  /** Origin it was renamed to: every REST request is answered with 302. */
  movedTo: string | null
  /** Writes are refused, reads are served. */
  isReadOnly: boolean
  /** Every request is answered with 500 INTERNAL_SERVER_ERROR. */
  isBroken: boolean
}

export function calmMood(): PortalMood {
  return { movedTo: null, isReadOnly: false, isBroken: false }
}

export const BROKEN = refused('INTERNAL_SERVER_ERROR', 'Internal server error', 500)
export const OVERLOADED = refused('OVERLOAD_LIMIT', 'REST API is blocked due to overload', 503)
/** No page of the documentation names this moment; it is refused as missing rights are. */
const READ_ONLY = refused('ACCESS_DENIED', 'Access denied.', 403)

const READS =
  /(^|\.)(get|list|fields|types|items|current|search|findbycomm|gettypes|get_list|searchcrmentities)$|^(batch|profile|scope|methods|events|server\.time|app\.info|feature\.get|method\.get|crm\.settings\.mode\.get)$/i

/** The refusal of a write while the portal is read-only. */
export function refuseWrite(mood: PortalMood, methods: readonly string[]): Refusal | null {
  return mood.isReadOnly && methods.some((name) => !READS.test(name)) ? READ_ONLY : null
}

import { findByCommunication } from '../../crm/duplicates.ts'
import type { RestCall, RestMethod } from '../method.ts'
import { anyCase } from '../params.ts'
import { phpList, phpText } from '../php.ts'
import { done, type MethodReply, refused } from '../reply.ts'

const MAX_FOUND = 20

/** Who has this number or address already? */
export const duplicateMethods: readonly RestMethod[] = [
  {
    name: 'crm.duplicate.findbycomm',
    scope: 'crm',
    docs: 'api-reference/crm/duplicates/crm-duplicate-find-by-comm.md',
    run: find,
  },
]

/** Kinds without a match are left out, so nothing at all is `[]`, PHP's empty map. */
function find({ params, portal }: RestCall): MethodReply {
  const type = phpText(anyCase(params, 'type'))
  if (!type) return refused('Communication type is not defined', "Parameter 'type' is required.")
  if (type !== 'PHONE' && type !== 'EMAIL') {
    return refused(`Communication type '${type}' is not supported in current context`, '')
  }
  const values = phpList(anyCase(params, 'values')).map((one) => phpText(one) ?? '')
  if (values.length === 0) {
    return refused('Communication values is not defined', "Parameter 'values' is required.")
  }
  const only = phpText(anyCase(params, 'entity_type'))?.toLowerCase()
  const found: [string, number[]][] = []
  for (const kind of ['lead', 'contact', 'company'] as const) {
    if (only && only !== kind) continue
    const ids = findByCommunication(portal.data, kind, type, values.slice(0, MAX_FOUND))
      .map(({ ID }) => ID)
      .slice(0, MAX_FOUND)
    if (ids.length > 0) found.push([kind.toUpperCase(), ids])
    // A kind with as many hits as are shown hides the kinds after it.
    if (ids.length >= MAX_FOUND) break
  }
  return done(found.length === 0 ? [] : Object.fromEntries(found))
}

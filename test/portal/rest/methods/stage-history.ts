import { readInstant } from '../../clock.ts'
import { matches } from '../filter.ts'
import { page, sortRows } from '../listing.ts'
import type { RestCall, RestMethod } from '../method.ts'
import { phpText, positiveInt } from '../php.ts'
import { type MethodReply, refused } from '../reply.ts'

/** Which stages leads and deals went through. */
export const stageHistoryMethods: readonly RestMethod[] = [
  {
    name: 'crm.stagehistory.list',
    scope: 'crm',
    docs: 'api-reference/crm/crm-stage-history-list.md',
    run: list,
  },
]

/** A lead's rows have STATUS_ID and STATUS_SEMANTIC_ID, a deal's STAGE_ID and CATEGORY_ID. */
function list({ params, portal }: RestCall): MethodReply {
  const type = positiveInt(params.entityTypeId)
  if (type !== 1 && type !== 2) {
    const name = phpText(params.entityTypeId) ?? ''
    return refused('ENTITY_TYPE_NOT_SUPPORTED', `Entity type ${name} is not supported`)
  }
  const rules = { instantOf: (text: string) => readInstant(text, portal.clock.zone) }
  const rows = portal.data.stageHistory
    .filter(({ OWNER_TYPE_ID }) => OWNER_TYPE_ID === type)
    .map(
      ({ OWNER_TYPE_ID: _, STAGE_ID, STAGE_SEMANTIC_ID, ...row }): Record<string, unknown> =>
        type === 1
          ? { ...row, STATUS_SEMANTIC_ID: STAGE_SEMANTIC_ID, STATUS_ID: STAGE_ID }
          : { ...row, CATEGORY_ID: 0, STAGE_SEMANTIC_ID, STAGE_ID },
    )
    .filter((row) => matches(params.filter, { ...rules, valueOf: (name) => row[name] }))
  const sorted = sortRows(rows, params.order ?? { ID: 'ASC' }, (row, name) => row[name], rules)
  return page(sorted, params.start, (items) => ({ items }))
}

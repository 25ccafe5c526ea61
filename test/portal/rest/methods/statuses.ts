import type { Status } from '../../model.ts'
import { matches } from '../filter.ts'
import { sortRows } from '../listing.ts'
import type { RestCall, RestMethod } from '../method.ts'
import { anyCase } from '../params.ts'
import { isPhpArray } from '../php.ts'
import { done, type MethodReply, refused } from '../reply.ts'

/** Stages and dictionaries. */
export const statusMethods: readonly RestMethod[] = [
  {
    name: 'crm.status.list',
    scope: 'crm',
    docs: 'api-reference/crm/status/crm-status-list.md',
    run: list,
  },
]

const EXTRA = { S: 'success', F: 'failure' } as const

function list({ params, portal }: RestCall): MethodReply {
  const filter = anyCase(params, 'filter') ?? {}
  if (!isPhpArray(filter)) return refused('Invalid parameters.', 'Incorrect parameters passed.')
  const rules = { instantOf: () => null }
  const rows = portal.data.statuses
    .map(row)
    .filter((one) => matches(filter, { ...rules, valueOf: (name) => one[name] }))
  const order = anyCase(params, 'order') ?? { SORT: 'ASC' }
  const sorted = sortRows(rows, order, (one, name) => one[name], rules)
  return { ...done(sorted), total: sorted.length }
}

function row(status: Status): Record<string, unknown> {
  const { SEMANTICS } = status
  const semantics = SEMANTICS === 'S' || SEMANTICS === 'F' ? EXTRA[SEMANTICS] : 'process'
  return {
    ID: String(status.ID),
    ENTITY_ID: status.ENTITY_ID,
    STATUS_ID: status.STATUS_ID,
    NAME: status.NAME,
    NAME_INIT: status.SYSTEM === 'Y' ? status.NAME : '',
    SORT: String(status.SORT),
    SYSTEM: status.SYSTEM,
    CATEGORY_ID: null,
    COLOR: status.COLOR,
    SEMANTICS,
    ...(status.ENTITY_ID === 'STATUS'
      ? { EXTRA: { SEMANTICS: semantics, COLOR: status.COLOR } }
      : {}),
  }
}

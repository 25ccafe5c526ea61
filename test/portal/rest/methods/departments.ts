import { matches } from '../filter.ts'
import { page, sortRows } from '../listing.ts'
import type { RestCall, RestMethod } from '../method.ts'
import { anyCase } from '../params.ts'
import { phpText } from '../php.ts'
import type { MethodReply } from '../reply.ts'

/** The company's structure. */
export const departmentMethods: readonly RestMethod[] = [
  {
    name: 'department.get',
    scope: 'department',
    docs: 'api-reference/departments/department-get.md',
    run: get,
  },
]

/** Conditions stand beside sort and order, not in a filter. */
function get({ params, portal }: RestCall): MethodReply {
  const conditions = Object.fromEntries(
    ['ID', 'NAME', 'PARENT', 'UF_HEAD']
      .filter((name) => anyCase(params, name) !== undefined)
      .map((name) => [name, anyCase(params, name)]),
  )
  const rules = { instantOf: () => null }
  const rows = portal.data.departments
    .map(
      ({ ID, NAME, SORT, PARENT, UF_HEAD }): Record<string, unknown> => ({
        ID: String(ID),
        NAME,
        SORT,
        ...(PARENT === null ? {} : { PARENT: String(PARENT) }),
        ...(UF_HEAD === null ? {} : { UF_HEAD: String(UF_HEAD) }),
      }),
    )
    .filter((row) => matches(conditions, { ...rules, valueOf: (name) => row[name] }))
  const sort = phpText(anyCase(params, 'sort')) ?? 'ID'
  const order = { [sort]: phpText(anyCase(params, 'order')) ?? 'ASC' }
  const sorted = sortRows(rows, order, (row, name) => row[name], rules)
  return page(sorted, anyCase(params, 'start'))
}

import type { PortalUser } from '../../model.ts'
import { matches } from '../filter.ts'
import { page, sortRows } from '../listing.ts'
import type { RestCall, RestMethod } from '../method.ts'
import { anyCase } from '../params.ts'
import { isPhpArray, phpText } from '../php.ts'
import { done, type MethodReply } from '../reply.ts'

/** Who am I, who is there. */
export const userMethods: readonly RestMethod[] = [
  {
    name: 'profile',
    scope: 'basic',
    docs: 'api-reference/common/users/profile.md',
    run: ({ user }) => done(profile(user)),
  },
  {
    name: 'user.current',
    scope: 'user',
    docs: 'api-reference/user/user-current.md',
    run: ({ user }) => done(row(user)),
  },
  { name: 'user.get', scope: 'user', docs: 'api-reference/user/user-get.md', run: get },
]

function profile(user: PortalUser): Record<string, unknown> {
  return {
    ID: String(user.ID),
    ADMIN: user.ADMIN,
    NAME: user.NAME,
    LAST_NAME: user.LAST_NAME,
    PERSONAL_GENDER: '',
    TIME_ZONE: user.TIME_ZONE,
  }
}

/** Filter fields may stand in FILTER or beside it; sort and order are two strings. */
function get({ params, portal }: RestCall): MethodReply {
  const filter = anyCase(params, 'filter')
  const beside = Object.fromEntries(
    ['ID', 'ACTIVE', 'NAME', 'LAST_NAME', 'EMAIL', 'UF_DEPARTMENT']
      .filter((name) => params[name] !== undefined)
      .map((name) => [name, params[name]]),
  )
  const conditions = { ...beside, ...(isPhpArray(filter) ? filter : {}) }
  const rules = { instantOf: () => null }
  const rows = portal.data.users
    .map((user) => row(user))
    .filter((one) =>
      matches(withoutBooleans(conditions), { ...rules, valueOf: (name) => comparable(one[name]) }),
    )
  const sort = phpText(anyCase(params, 'sort')) ?? 'ID'
  const order = { [sort]: phpText(anyCase(params, 'order')) ?? 'ASC' }
  const sorted = sortRows(rows, order, (one, name) => one[name], rules)
  return page(sorted, anyCase(params, 'start'))
}

function row(user: PortalUser): Record<string, unknown> {
  return {
    ID: String(user.ID),
    ACTIVE: user.ACTIVE,
    NAME: user.NAME,
    LAST_NAME: user.LAST_NAME,
    SECOND_NAME: '',
    EMAIL: user.EMAIL,
    LAST_LOGIN: '2026-03-02T09:00:00+03:00',
    DATE_REGISTER: '2026-01-12T00:00:00+03:00',
    TIME_ZONE: user.TIME_ZONE,
    IS_ONLINE: user.ACTIVE ? 'Y' : 'N',
    TIMESTAMP_X: {},
    LAST_ACTIVITY_DATE: '2026-03-02 09:00:00',
    PERSONAL_GENDER: '',
    PERSONAL_BIRTHDAY: '',
    WORK_POSITION: user.WORK_POSITION,
    UF_EMPLOYMENT_DATE: '',
    UF_DEPARTMENT: [1],
    USER_TYPE: 'employee',
  }
}

function withoutBooleans(filter: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(filter).map(([key, value]) => [key, comparable(value)]))
}

/** true, 'Y' and 1 mean the same in the filter of users. */
function comparable(value: unknown): unknown {
  if (value === true || value === 'Y' || value === 'true') return '1'
  if (value === false || value === 'N' || value === 'false') return '0'
  return value
}

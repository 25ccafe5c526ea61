import { Role } from '../../lib/contracts/role.ts'

const EVERYBODY: readonly Role[] = Role.options

/**
 * What each role may do with the relay; routes name a line of this table. The guide for
 * administrators shows the same table (docs/admin-guide.md, «Who may do what»). Where the product
 * decisions are silent: nobody may what their work doesn't need.
 */
export const PERMISSIONS = {
  /** Who am I; the published campaigns; what became of my own messages. */
  'own.read': EVERYBODY,
  'messages.send': ['operator', 'sales_rep', 'coordinator', 'head_of_sales', 'admin'],
  /** One's own SIP account, for the softphone. */
  'softphone.use': ['operator', 'sales_rep', 'coordinator', 'head_of_sales'],
  'softphone.assign': ['coordinator', 'technician', 'admin'],
  /** People and their tokens, as a list. */
  'people.read': ['coordinator', 'technician', 'admin'],
  'people.pair': ['coordinator', 'admin'],
  /** Name, role, active or not. */
  'people.change': ['coordinator', 'admin'],
  'tokens.revoke': ['coordinator', 'technician', 'admin'],
  /** What each role sees of phone numbers, and whether it may export. */
  'access.change': ['admin'],
  'audit.read': ['admin'],
  /** Before a contact; the signed copy for when the relay is away; putting somebody on the list. */
  'stop_list.use': ['operator', 'sales_rep', 'coordinator', 'head_of_sales', 'admin'],
  'stop_list.read': ['coordinator', 'head_of_sales', 'quality', 'admin'],
  /** Reverse, review, import, export. */
  'stop_list.keep': ['coordinator', 'head_of_sales', 'admin'],
  /** One's own Bitrix24 account. */
  'bitrix24.use': EVERYBODY,
  /** To agree that the portal has a new address. */
  'portal.move': ['admin'],
} as const satisfies Record<string, readonly Role[]>
export type Permission = keyof typeof PERMISSIONS

/** Whom each role may make, change and shut out: never anybody above itself. */
const GIVES: Record<Role, readonly Role[]> = {
  operator: [],
  sales_rep: [],
  coordinator: ['operator', 'sales_rep', 'coordinator', 'head_of_sales', 'quality', 'customer'],
  head_of_sales: [],
  quality: [],
  customer: [],
  technician: ['operator', 'sales_rep', 'coordinator', 'head_of_sales', 'quality', 'technician'],
  admin: EVERYBODY,
}

/** Whether `role` may give somebody the role `given`, or act upon somebody who has it. */
export function mayGive(role: Role, given: Role): boolean {
  return GIVES[role].includes(given)
}

import type { RoleAccess } from '../../lib/contracts/relay-people.ts'

/** What the role of a caller sees and takes away; read with each request, so a change is at once. */
export type Access = Omit<RoleAccess, 'role'>

/** Of a role without a row: the least. */
export const LEAST_ACCESS: Access = { masksPhones: true, mayExport: false }

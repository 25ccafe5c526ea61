export type { BaseColumn } from './columns.ts'
export { decodeBase } from './decode-base.ts'
export {
  type BaseProblem,
  type BaseProblemKind,
  type BaseRow,
  type ParsedBase,
  parseBase,
} from './parse-base.ts'
export { repeatProblems } from './repeat-problems.ts'
export { type BaseAddress, splitAddress } from './split-address.ts'
export { type BaseContact, splitContact } from './split-contact.ts'

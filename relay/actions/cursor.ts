import type { ActionsQuery } from '../../lib/contracts/relay-actions.ts'

type Order = ActionsQuery['order']

/** The place between two rows of the log: `major` is a time or a transaction, `minor` its number. */
export interface Cursor {
  major: string
  minor: string
}

const SHAPES: Record<Order, RegExp> = {
  newest: /^n(\d{1,15})\.(\d{1,19})$/,
  received: /^r(\d{1,20})\.(\d{1,19})$/,
}

/** Null = not a cursor of this order. */
export function parseCursor(order: Order, text: string): Cursor | null {
  const [, major, minor] = SHAPES[order].exec(text) ?? []
  if (major === undefined || minor === undefined) return null
  return { major: order === 'newest' ? new Date(Number(major)).toISOString() : major, minor }
}

export function cursorAfter(
  order: Order,
  { at, xact, seq }: { at: Date; xact: string; seq: string },
): string {
  return order === 'newest' ? `n${at.getTime()}.${seq}` : `r${xact}.${seq}`
}

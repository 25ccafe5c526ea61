import type { Database } from '../database/schema.ts'

/**
 * What a table holds of people, and what becomes of it: each room keeps the rules of its tables
 * next to them and lists them in `registry.ts`. A test asks for every column that could hold text.
 */
export interface PrivacyRule {
  table: keyof Database
  /**
   * Columns with personal data of clients, and the SQL that they are overwritten with. The row
   * stays, so that counts and references hold.
   */
  erase: Record<string, string>
  /** Columns to change along with them: SQL by column. */
  alsoSet?: Record<string, string>
  /** Columns with personal data of clients that survive, and the reason. */
  kept?: Record<string, string>
  /** Columns with personal data of employees; they end with the employment, not with a client. */
  staff?: readonly string[]
  /** Columns of text or JSON without personal data. */
  plain: readonly string[]
  /** Since when a row counts as old, and which rows may have their time at all (SQL). */
  retention: { age: string; only?: string } | null
}

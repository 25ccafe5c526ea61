import { createHash } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { AuditKind } from '../../lib/contracts/relay-audit.ts'
import type { Database } from '../database/schema.ts'

/** What the audit log is told. */
export interface AuditEvent {
  kind: AuditKind
  /** Who did it; `command` = somebody at the relay's command line, `relay` = nobody. */
  actor: { personId: string; name: string } | 'command' | 'relay'
  /** What it was done to: an id such as `person:…`, `token:…`, `campaign:…`. */
  subject?: string
  /** Ids, names of roles and settings, counts. No number, address or text of a client; no secret. */
  detail?: Record<string, string | number | boolean | null>
}

/** The hash before the first row. */
export const GENESIS = Buffer.alloc(32)

/** Also in docs/admin-guide.md, for those who verify without us: change neither alone. */
export function hashOf(previous: Buffer, content: string): Buffer {
  return createHash('sha256').update(previous).update(content, 'utf8').digest()
}

/**
 * Appends to the audit log, in the transaction of what it tells of, so that neither is there
 * without the other. Call it last: until the transaction ends, everybody else who appends, on
 * whatever relay, waits.
 */
export async function recordAudit(trx: Transaction<Database>, event: AuditEvent): Promise<void> {
  const last = await trx
    .selectFrom('audit_chain')
    .select(['seq', 'hash'])
    .where('id', '=', 1)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const seq = String(BigInt(last.seq) + 1n)
  const at = new Date()
  const { kind, subject = null, detail = {} } = event
  const actor =
    typeof event.actor === 'string'
      ? event.actor
      : { personId: event.actor.personId, name: event.actor.name }
  const content = JSON.stringify({ seq, at: at.toISOString(), kind, actor, subject, detail })
  const hash = hashOf(last.hash, content)
  await trx.insertInto('audit_event').values({ seq, at, kind, content, hash }).execute()
  await trx.updateTable('audit_chain').set({ seq, hash }).where('id', '=', 1).execute()
}

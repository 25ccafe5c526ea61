import { writeFile } from 'node:fs/promises'
import type { Kysely } from 'kysely'
import { recordAudit } from '../audit/audit-log.ts'
import { exportAudit } from '../audit/export.ts'
import { verifyAudit } from '../audit/verify.ts'
import type { RelayConfig } from '../config.ts'
import type { Database } from '../database/schema.ts'
import { rotateKeys } from '../secrets/rotate.ts'
import { createSealer, newKey } from '../secrets/sealed.ts'
import { type CommandResult, done, refused, usage } from './command.ts'

/** `keys rotate`: seals every secret with the first of RELAY_KEYS. */
export async function keysCommand(
  db: Kysely<Database>,
  { keys }: Pick<RelayConfig, 'keys'>,
  args: string[],
): Promise<CommandResult> {
  const [first] = keys
  switch (args[0]) {
    case 'new':
      return done(newKey(new Date()))
    case 'rotate': {
      if (!first) return refused('RELAY_KEYS: missing; make a key by «keys new»')
      const rotated = await rotateKeys(db, createSealer(keys))
      if (!rotated.ok) return refused(`not opened by any key: ${rotated.reason}`)
      const count = rotated.value
      const detail = { key: first.id, count }
      await db
        .transaction()
        .execute((trx) => recordAudit(trx, { kind: 'keys.rotated', actor: 'command', detail }))
      return done(`sealed again with ${first.id}: ${count}`)
    }
    default:
      return usage('keys new | keys rotate')
  }
}

/** `audit verify [<seq>:<hash>]` and `audit export <file.csv|file.jsonl>`. */
export async function auditCommand(db: Kysely<Database>, args: string[]): Promise<CommandResult> {
  const [action, value = ''] = args
  switch (action) {
    case 'verify': {
      const [, seq, hash] = /^(\d+):([0-9a-f]{64})$/.exec(value) ?? []
      if (value && !(seq && hash)) return usage('audit verify [<seq>:<hash>]')
      const verdict = await verifyAudit(db, seq && hash ? { seq, hash } : undefined)
      if (!verdict.ok) return refused(`broken at ${verdict.seq}: ${verdict.reason}`)
      return done(`whole; write this down elsewhere: ${verdict.seq}:${verdict.hash}`)
    }
    case 'export': {
      const format = /\.(csv|jsonl)$/.exec(value)?.[1]
      if (format !== 'csv' && format !== 'jsonl') return usage('audit export <file.csv|file.jsonl>')
      const event = { kind: 'data.exported', actor: 'command', subject: 'audit' } as const
      await db.transaction().execute((trx) => recordAudit(trx, event))
      await writeFile(value, exportAudit(db, format), { mode: 0o600, flag: 'wx' })
      return done(`written: ${value}`)
    }
    default:
      return usage('audit verify | audit export')
  }
}

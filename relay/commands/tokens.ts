import { parseArgs } from 'node:util'
import type { Kysely } from 'kysely'
import { Role } from '../../lib/contracts/role.ts'
import { recordAudit } from '../audit/audit-log.ts'
import type { Database } from '../database/schema.ts'
import { addPerson } from '../people/person-store.ts'
import { type Revoked, revokeAllOf, revokeOne } from '../people/revoke.ts'
import { addTokenOf, listTokens } from '../tokens/token-store.ts'
import { type CommandResult, done, refused, usage } from './command.ts'

const FORM =
  'token add --name <who> --role <role> | token list | token revoke <id> | token revoke --person <id>'

/** `token`: makes one together with its person, lists those that are valid, ends one or all. */
export async function tokenCommand(db: Kysely<Database>, args: string[]): Promise<CommandResult> {
  const [action, ...rest] = args
  switch (action) {
    case 'add':
      return add(db, rest)
    case 'list': {
      const tokens = await listTokens(db)
      return done(
        ...tokens.map(({ tokenId, role, createdAt, lastUsedAt, name }) =>
          [tokenId, role, createdAt.toISOString(), lastUsedAt?.toISOString() ?? 'never', name].join(
            '\t',
          ),
        ),
      )
    }
    case 'revoke':
      return revoke(db, rest)
    default:
      return usage(FORM)
  }
}

async function add(db: Kysely<Database>, args: string[]): Promise<CommandResult> {
  const options = { name: { type: 'string' }, role: { type: 'string' } } as const
  const { name, role } = parseArgs({ args, options }).values
  const known = Role.safeParse(role ?? 'operator')
  if (!name || !known.success) return usage(FORM)
  const token = await db.transaction().execute(async (trx) => {
    const person = await addPerson(trx, 'command', { name, role: known.data })
    if (!person.ok) return null
    const made = await addTokenOf(trx, person.value.id)
    const subject = `token:${made.slice(4, 16)}`
    await recordAudit(trx, { kind: 'token.made', actor: 'command', subject })
    return made
  })
  return token ? done(token) : refused('this role can not be given')
}

async function revoke(db: Kysely<Database>, args: string[]): Promise<CommandResult> {
  const options = { person: { type: 'string' } } as const
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  const [id = ''] = positionals
  const revoked: Revoked = await db
    .transaction()
    .execute((trx) =>
      values.person ? revokeAllOf(trx, 'command', values.person) : revokeOne(trx, 'command', id),
    )
  if (!revoked.ok) return refused(revoked.reason.message)
  return revoked.value.count > 0
    ? done(`revoked: ${revoked.value.count}`)
    : refused('none was valid')
}

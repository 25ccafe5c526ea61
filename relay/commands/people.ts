import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { Kysely } from 'kysely'
import { Role } from '../../lib/contracts/role.ts'
import type { Database } from '../database/schema.ts'
import { readSigningKey } from '../gateways/delivery-link.ts'
import { pairingCodeFor, showPairingCode } from '../people/pairing-code.ts'
import { keepPairingCode, PAIRING_MINUTES } from '../people/pairing-store.ts'
import { changePerson, listPeople } from '../people/person-store.ts'
import type { Sealer } from '../secrets/sealed.ts'
import { type CommandResult, done, refused, usage } from './command.ts'

const PAIR = 'pair --name <who> --role <role> | pair --person <id>'
const PERSON =
  'person list | person activate <id> | person deactivate <id> | person role <id> <role>'

/** `pair`: makes a pairing code, for somebody new or known. */
export async function pairCommand(
  db: Kysely<Database>,
  args: string[],
  sealer: Sealer | null,
): Promise<CommandResult> {
  const text = { type: 'string' } as const
  const { name, role, person } = parseArgs({
    args,
    options: { name: text, role: text, person: text },
  }).values
  const known = Role.safeParse(role ?? 'operator')
  const request = person
    ? { personId: person }
    : name && known.success && { name, role: known.data }
  if (!request) return usage(PAIR)
  const code = pairingCodeFor(await readSigningKey(db, sealer), 'command', randomUUID())
  const kept = await db
    .transaction()
    .execute((trx) => keepPairingCode(trx, 'command', code, request))
  if (!kept.ok) return refused(kept.reason.message)
  return done(showPairingCode(code), `valid for ${PAIRING_MINUTES} minutes, once`)
}

/** `person`: who there is; their role; shutting them out, which ends all of their tokens. */
export async function personCommand(db: Kysely<Database>, args: string[]): Promise<CommandResult> {
  const [action, id = '', roleText] = args
  switch (action) {
    case 'list': {
      const people = await listPeople(db)
      return done(
        ...people.map(({ id, role, isActive, name }) =>
          [id, role, isActive ? 'active' : 'inactive', name].join('\t'),
        ),
      )
    }
    case 'activate':
      return change(db, id, { isActive: true })
    case 'deactivate':
      return change(db, id, { isActive: false })
    case 'role': {
      const role = Role.safeParse(roleText)
      return role.success ? change(db, id, { role: role.data }) : usage(PERSON)
    }
    default:
      return usage(PERSON)
  }
}

async function change(
  db: Kysely<Database>,
  id: string,
  values: Parameters<typeof changePerson>[3],
): Promise<CommandResult> {
  const changed = await db.transaction().execute((trx) => changePerson(trx, 'command', id, values))
  return changed.ok ? done('done') : refused(changed.reason.message)
}

import type { Kysely, Transaction } from 'kysely'
import type { Result } from '../../lib/contracts/common.ts'
import type { RelayProblem } from '../../lib/contracts/relay-api.ts'
import type { RelaySoftphone } from '../../lib/contracts/relay-people.ts'
import { SipAccount } from '../../lib/contracts/softphone.ts'
import { recordAudit } from '../audit/audit-log.ts'
import type { Database } from '../database/schema.ts'
import { placeOf, type Sealer } from '../secrets/sealed.ts'
import { type Actor, takePerson } from './person-store.ts'

const placeFor = (personId: string) => placeOf('softphone_account', 'sealed', personId)

/** The SIP account of one person; null when none is kept. */
export async function readSoftphone(
  db: Kysely<Database>,
  sealer: Sealer | null,
  personId: string,
): Promise<Result<RelaySoftphone, RelayProblem>> {
  const row = await db
    .selectFrom('softphone_account')
    .select('sealed')
    .where('person_id', '=', personId)
    .executeTakeFirst()
  if (!row) return { ok: true, value: { account: null } }
  if (!sealer) return { ok: false, reason: NO_KEYS }
  const opened = sealer.open(row.sealed, placeFor(personId))
  if (opened.ok) return { ok: true, value: { account: SipAccount.parse(JSON.parse(opened.value)) } }
  const message = 'the SIP account can not be opened: is its key still in RELAY_KEYS?'
  return { ok: false, reason: { code: 'not_configured', message } }
}

/** Keeps the SIP account of somebody, sealed, or removes it. */
export async function keepSoftphone(
  trx: Transaction<Database>,
  sealer: Sealer | null,
  actor: Actor,
  personId: string,
  { account }: RelaySoftphone,
): Promise<Result<null, RelayProblem>> {
  if (!sealer) return { ok: false, reason: NO_KEYS }
  const person = await takePerson(trx, actor, personId)
  if (!person.ok) return person
  if (account) {
    const values = {
      sealed: sealer.seal(JSON.stringify(account), placeFor(personId)),
      updated_at: new Date(),
    }
    await trx
      .insertInto('softphone_account')
      .values({ person_id: personId, ...values })
      .onConflict((conflict) => conflict.column('person_id').doUpdateSet(values))
      .execute()
  } else {
    await trx.deleteFrom('softphone_account').where('person_id', '=', personId).execute()
  }
  const subject = `person:${personId}`
  const detail = { isSet: account !== null }
  await recordAudit(trx, { kind: 'softphone.changed', actor, subject, detail })
  return { ok: true, value: null }
}

const NO_KEYS: RelayProblem = {
  code: 'not_configured',
  message: 'secrets need a key: set RELAY_KEYS, see «keys new»',
}

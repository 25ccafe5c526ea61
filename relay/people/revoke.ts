import type { Transaction } from 'kysely'
import type { Result } from '../../lib/contracts/common.ts'
import type { RelayProblem } from '../../lib/contracts/relay-api.ts'
import { recordAudit } from '../audit/audit-log.ts'
import type { Database } from '../database/schema.ts'
import { ownerOf, revokeToken, revokeTokensOf } from '../tokens/token-store.ts'
import { type Actor, takePerson } from './person-store.ts'

export type Revoked = Result<{ count: number }, RelayProblem>

/** Ends one token; of somebody above the actor's role it is not the actor's to end. */
export async function revokeOne(
  trx: Transaction<Database>,
  actor: Actor,
  tokenId: string,
): Promise<Revoked> {
  const owner = await ownerOf(trx, tokenId)
  if (!owner) return { ok: false, reason: { code: 'not_found', message: 'there is no such token' } }
  const person = await takePerson(trx, actor, owner.personId)
  if (!person.ok) return person
  const count = (await revokeToken(trx, tokenId)) ? 1 : 0
  const subject = `token:${tokenId}`
  if (count > 0) await recordAudit(trx, { kind: 'token.revoked', actor, subject })
  return { ok: true, value: { count } }
}

/** Ends all tokens of somebody. */
export async function revokeAllOf(
  trx: Transaction<Database>,
  actor: Actor,
  personId: string,
): Promise<Revoked> {
  const person = await takePerson(trx, actor, personId)
  if (!person.ok) return person
  const count = await revokeTokensOf(trx, personId)
  const subject = `person:${personId}`
  await recordAudit(trx, { kind: 'token.revoked', actor, subject, detail: { count } })
  return { ok: true, value: { count } }
}

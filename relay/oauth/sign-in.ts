import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import type { Result } from '../../lib/contracts/common.ts'
import { RelayProblem } from '../../lib/contracts/relay-api.ts'
import type { SignIn, SignInRequest, SignInState } from '../../lib/contracts/relay-sign-in.ts'
import { recordAudit } from '../audit/audit-log.ts'
import type { Database } from '../database/schema.ts'
import { addTokenOf } from '../tokens/token-store.ts'
import { portalOf } from './access-token.ts'
import { findAccount } from './account-store.ts'
import { agreedOrigin, signInOrigin } from './portal-store.ts'
import type { OAuthRoom } from './room.ts'

export const SIGN_IN_MINUTES = 10

/** The person may come back on another relay process, so we look. */
const LOOK_EVERY_MS = 500

export const EXPIRED: RelayProblem = {
  code: 'sign_in_expired',
  message: 'this sign-in is over: begin again',
}

/** Begins a sign-in; `address` is the network address of whoever asks. */
export async function beginSignIn(
  { db, config }: OAuthRoom,
  { challenge, language }: SignInRequest,
  address: string,
): Promise<SignIn> {
  const id = randomUUID()
  const state = randomBytes(32).toString('base64url')
  const expires_at = new Date(Date.now() + SIGN_IN_MINUTES * 60_000)
  await db
    .insertInto('sign_in')
    .values({ id, state_hash: hashOf(state), challenge, language, address, expires_at })
    .execute()
  const authorizeUrl = new URL('/oauth/authorize/', await signInOrigin(db, config))
  authorizeUrl.searchParams.set('client_id', config.clientId)
  authorizeUrl.searchParams.set('state', state)
  return { id, authorizeUrl: authorizeUrl.href, expiresAt: expires_at.toISOString() }
}

/** The sign-in that a browser comes back from; once, and in time. */
export async function takeReturn(db: Kysely<Database>, state: string) {
  return await db
    .updateTable('sign_in')
    .set({ returned_at: new Date() })
    .where('state_hash', '=', hashOf(state))
    .where('returned_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning(['id', 'language', 'address'])
    .executeTakeFirst()
}

export async function failSignIn(
  db: Kysely<Database>,
  id: string,
  problem: RelayProblem,
): Promise<void> {
  const failure = JSON.stringify(problem)
  await db.updateTable('sign_in').set({ failure }).where('id', '=', id).execute()
}

export interface TokenWait {
  id: string
  verifier: string
  waitMs: number
  /** Ends the wait when the relay stops. */
  signal: AbortSignal
}

/** The token for whoever began the sign-in and proves it by the verifier; given once. */
export async function awaitToken(
  room: OAuthRoom,
  { id, verifier, waitMs, signal }: TokenWait,
): Promise<Result<SignInState, RelayProblem>> {
  const deadline = Date.now() + waitMs
  for (;;) {
    const row = await room.db
      .selectFrom('sign_in')
      .select(['challenge', 'person_id', 'failure', 'token_given_at'])
      .select(sql<boolean>`expires_at <= now()`.as('is_expired'))
      .where('id', '=', id)
      .executeTakeFirst()
    // Whoever has no verifier learns nothing: neither whether it exists.
    if (!fits(verifier, row?.challenge ?? '') || !row) return { ok: false, reason: UNKNOWN }
    if (row.failure) return { ok: false, reason: RelayProblem.parse(JSON.parse(row.failure)) }
    if (row.token_given_at || row.is_expired) return { ok: false, reason: EXPIRED }
    if (row.person_id) return giveToken(room, id, row.person_id)
    const restMs = deadline - Date.now()
    if (restMs <= 0 || signal.aborted) return { ok: true, value: { state: 'waiting' } }
    await sleep(Math.min(LOOK_EVERY_MS, restMs), null, { signal }).catch(() => {})
  }
}

function giveToken(
  { db, config }: OAuthRoom,
  id: string,
  personId: string,
): Promise<Result<SignInState, RelayProblem>> {
  return db.transaction().execute(async (trx): Promise<Result<SignInState, RelayProblem>> => {
    const { numUpdatedRows } = await trx
      .updateTable('sign_in')
      .set({ token_given_at: new Date() })
      .where('id', '=', id)
      .where('token_given_at', 'is', null)
      .executeTakeFirst()
    const person = await trx
      .selectFrom('person')
      .select(['name', 'role', 'is_active'])
      .where('id', '=', personId)
      .forShare()
      .executeTakeFirst()
    const account = await findAccount(trx, personId)
    const isThere = numUpdatedRows === 1n && person?.is_active && account
    if (!isThere) return { ok: false, reason: EXPIRED }
    const token = await addTokenOf(trx, personId)
    const { name, role } = person
    const actor = { personId, name }
    await recordAudit(trx, { kind: 'sign_in.done', actor, subject: `token:${token.slice(4, 16)}` })
    const portal = portalOf(account, agreedOrigin(config, account))
    return { ok: true, value: { state: 'done', token, name, role, portal } }
  })
}

const UNKNOWN: RelayProblem = { code: 'not_found', message: 'there is no such sign-in' }

function fits(verifier: string, challenge: string): boolean {
  const [made, kept] = [hashOf(verifier), Buffer.alloc(32)]
  kept.write(challenge, 'base64url')
  return timingSafeEqual(made, kept) && challenge !== ''
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

import type { Transaction } from 'kysely'
import type { Result } from '../../lib/contracts/common.ts'
import type { RelayProblem } from '../../lib/contracts/relay-api.ts'
import type { SignInRequest } from '../../lib/contracts/relay-sign-in.ts'
import { recordAudit } from '../audit/audit-log.ts'
import { crashPoint } from '../crash-point.ts'
import type { Database } from '../database/schema.ts'
import { keepPair } from './account-store.ts'
import { endProblem, lacksScopes } from './ends.ts'
import { notePortal, offerMove } from './portal-store.ts'
import { askWhoseToken, type PortalUser } from './portal-user.ts'
import type { OAuthRoom } from './room.ts'
import { EXPIRED, failSignIn, takeReturn } from './sign-in.ts'
import { authOriginOf, requestTokens, type TokenFailure, type TokenPair } from './token-endpoint.ts'

/** What the authorize page sent the browser back with: nothing of it is believed. */
export interface Return {
  state: string
  code: string
  /** Host that gives the tokens; only one of ours is asked. */
  serverDomain: string
  /** Network address of the browser. */
  address: string
}

export interface Completed {
  /** Null for a return that belongs to no sign-in. */
  language: SignInRequest['language'] | null
  outcome: 'done' | 'expired' | 'failed'
}

/** Ends a sign-in when the browser comes back; the extension hears of it by `awaitToken`. */
export async function completeSignIn(room: OAuthRoom, back: Return): Promise<Completed> {
  const signIn = await takeReturn(room.db, back.state)
  if (!signIn) return { language: null, outcome: 'expired' }
  const { id, language } = signIn
  // Somebody else's link must not sign the person in at somebody else's desk.
  if (signIn.address !== back.address) {
    await failSignIn(room.db, id, EXPIRED)
    return { language, outcome: 'expired' }
  }
  const done = await signInAs(room, id, back)
  if (done.ok) return { language, outcome: 'done' }
  await failSignIn(room.db, id, done.reason)
  return { language, outcome: 'failed' }
}

async function signInAs(
  room: OAuthRoom,
  id: string,
  { code, serverDomain }: Return,
): Promise<Result<null, RelayProblem>> {
  const { db, config } = room
  const authOrigin = authOriginOf(config, serverDomain)
  if (authOrigin === null) return refuse('the auth host is not in BITRIX24_AUTH_HOSTS')
  const pair = await requestTokens(config, authOrigin, { grant_type: 'authorization_code', code })
  if (!pair.ok) return { ok: false, reason: TOKEN_PROBLEMS[pair.reason] }
  crashPoint('oauth.codeExchanged')
  if (lacksScopes(pair.value.scopes)) {
    return { ok: false, reason: endProblem('bitrix24_scope_missing') }
  }
  const { memberId, clientEndpoint } = pair.value
  const seen = new URL(clientEndpoint).origin
  const origin = await db.transaction().execute((trx) => notePortal(trx, config, memberId, seen))
  if (origin === null) return { ok: false, reason: endProblem('bitrix24_moved') }
  const user = await askWhoseToken(origin, pair.value.accessToken)
  if (!user.ok) {
    if (user.reason.kind === 'moved') await offerMove(db, memberId, user.reason.origin)
    return { ok: false, reason: userProblem(user.reason.kind) }
  }
  return db
    .transaction()
    .execute((trx) => keepPerson(trx, room, id, { user: user.value, pair: pair.value, authOrigin }))
}

interface Found {
  user: PortalUser
  pair: TokenPair
  authOrigin: string
}

async function keepPerson(
  trx: Transaction<Database>,
  { sealer, config }: OAuthRoom,
  signInId: string,
  { user, pair, authOrigin }: Found,
): Promise<Result<null, RelayProblem>> {
  const isListed = config.adminUserIds.includes(user.userId)
  const added = await trx
    .insertInto('person')
    .values({
      name: user.name,
      // Rights on the portal are no rights here: only the configuration makes the first admins.
      role: isListed ? 'admin' : 'operator',
      portal_member_id: pair.memberId,
      portal_user_id: user.userId,
    })
    .onConflict((conflict) => conflict.columns(['portal_member_id', 'portal_user_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  const person = await trx
    .selectFrom('person')
    .select(['id', 'name', 'role', 'is_active'])
    .where('portal_member_id', '=', pair.memberId)
    .where('portal_user_id', '=', user.userId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  if (!person.is_active) return refuse('this person was made inactive here: ask the coordinator')
  const isRaised = isListed && person.role !== 'admin'
  if (isRaised) {
    await trx.updateTable('person').set({ role: 'admin' }).where('id', '=', person.id).execute()
  }
  await keepPair(trx, sealer, person.id, { userId: user.userId, authOrigin, pair, ended: null })
  await trx
    .updateTable('sign_in')
    .set({ person_id: person.id })
    .where('id', '=', signInId)
    .execute()
  crashPoint('oauth.signedIn')
  const subject = `person:${person.id}`
  const actor = { personId: person.id, name: person.name }
  const detail = { role: person.role }
  if (added) await recordAudit(trx, { kind: 'person.added', actor, subject, detail })
  if (isRaised) {
    const raised = { role: 'admin', formerRole: person.role }
    await recordAudit(trx, { kind: 'person.changed', actor: 'relay', subject, detail: raised })
  }
  await recordAudit(trx, { kind: 'portal.connected', actor, subject })
  return { ok: true, value: null }
}

const TOKEN_PROBLEMS: Record<TokenFailure, RelayProblem> = {
  refused: { code: 'sign_in_failed', message: 'Bitrix24 did not take the code: begin again' },
  revoked: endProblem('bitrix24_app_removed'),
  unpaid: endProblem('bitrix24_app_removed'),
  scope: endProblem('bitrix24_scope_missing'),
  unknown_host: { code: 'sign_in_failed', message: 'the auth host is not in BITRIX24_AUTH_HOSTS' },
  unclear: { code: 'sign_in_failed', message: 'Bitrix24 gave no clear answer: begin again' },
}

function userProblem(kind: 'no_access' | 'expired' | 'scope' | 'unclear' | 'moved'): RelayProblem {
  switch (kind) {
    case 'no_access':
      return endProblem('bitrix24_user_dismissed')
    case 'moved':
      return endProblem('bitrix24_moved')
    case 'scope':
      return endProblem('bitrix24_scope_missing')
    case 'expired':
    case 'unclear':
      return TOKEN_PROBLEMS.unclear
  }
}

function refuse(message: string): Result<never, RelayProblem> {
  return { ok: false, reason: { code: 'sign_in_failed', message } }
}

import { z } from 'zod'
import type { Result } from '../../lib/contracts/common.ts'
import type { RelayProblem } from '../../lib/contracts/relay-api.ts'
import { recordAudit } from '../audit/audit-log.ts'
import { placeOf } from '../secrets/sealed.ts'
import { notePortal, signInOrigin } from './portal-store.ts'
import { askWhoseToken } from './portal-user.ts'
import type { OAuthRoom } from './room.ts'
import { requestTokens } from './token-endpoint.ts'

/** Bitrix24 docs: settings/app-installation/local-apps/installation-callback.md. A flat form. */
export const InstallForm = z.object({
  'auth[access_token]': z.string().min(1).max(500),
  'auth[refresh_token]': z.string().min(1).max(500),
  'auth[client_endpoint]': z.url({ protocol: /^https?$/ }),
  'auth[server_endpoint]': z.url({ protocol: /^https?$/ }),
  'auth[member_id]': z.string().min(1).max(64),
  'auth[application_token]': z.string().min(1).max(200),
})
export type InstallForm = z.infer<typeof InstallForm>

/**
 * Takes the call that tells of our installation. Anybody can make such a call, so: the portal must
 * be the agreed one before anything is sent there; its token must be good there; and the auth host
 * must renew the refresh token for our own client, which tells whose portal it is.
 */
export async function takeInstall(
  { db, sealer, config }: OAuthRoom,
  form: InstallForm,
): Promise<Result<null, RelayProblem>> {
  const endpoint = new URL(form['auth[client_endpoint]']).origin
  if (endpoint !== (await signInOrigin(db, config))) return refuse('this is not our portal')
  const authOrigin = new URL(form['auth[server_endpoint]']).origin
  const who = await askWhoseToken(endpoint, form['auth[access_token]'])
  if (!who.ok) return refuse('the portal does not know this token')
  const grant = { grant_type: 'refresh_token', refresh_token: form['auth[refresh_token]'] } as const
  const pair = await requestTokens(config, authOrigin, grant)
  if (!pair.ok) return refuse('the auth host does not know this installation')
  const { memberId, clientEndpoint } = pair.value
  const isOurs = memberId === form['auth[member_id]'] && new URL(clientEndpoint).origin === endpoint
  if (!isOurs) return refuse('this is not our portal')
  await db.transaction().execute(async (trx) => {
    await notePortal(trx, config, memberId, endpoint)
    const place = placeOf('portal_application', 'application_token', memberId)
    await trx
      .updateTable('portal_application')
      .set({ application_token: sealer.seal(form['auth[application_token]'], place) })
      .where('member_id', '=', memberId)
      .execute()
    const subject = `portal:${memberId}`
    await recordAudit(trx, { kind: 'portal.installed', actor: 'relay', subject })
  })
  return { ok: true, value: null }
}

function refuse(message: string): Result<never, RelayProblem> {
  return { ok: false, reason: { code: 'forbidden', message } }
}

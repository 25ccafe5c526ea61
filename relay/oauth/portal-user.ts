import { z } from 'zod'
import type { Result } from '../../lib/contracts/common.ts'

/** Whose access token it is. */
export interface PortalUser {
  userId: number
  /** Personal data of an employee: kept as the person's name, never logged. */
  name: string
}

/**
 * Why a portal does not tell whose token it is: `no_access` – the user was dismissed, or is kept
 * out of the application; `expired`, `scope` – of the token; `moved` – the portal sends elsewhere;
 * `unclear` – no answer, or one that can't be read.
 */
export type PortalRefusal =
  | { kind: 'no_access' | 'expired' | 'scope' | 'unclear' }
  | { kind: 'moved'; origin: string }

const TIMEOUT_MS = 10_000

/** Bitrix24 docs: api-reference/common/users/profile.md; needs no scope. */
const Profile = z.object({
  result: z.object({
    ID: z.coerce.number().int().positive(),
    NAME: z.string().nullish(),
    LAST_NAME: z.string().nullish(),
  }),
})

/**
 * Bitrix24 docs: _includes/system-errors.md. They don't say what the token of a dismissed user
 * meets: no token at all is what it is taken for.
 */
const REFUSALS: Partial<Record<string, 'no_access' | 'expired' | 'scope'>> = {
  user_access_error: 'no_access',
  NO_AUTH_FOUND: 'no_access',
  expired_token: 'expired',
  insufficient_scope: 'scope',
}
const Refusal = z.object({ error: z.string() })

/** Asks the portal at this origin whose token it is. Redirects are told, not followed. */
export async function askWhoseToken(
  origin: string,
  accessToken: string,
): Promise<Result<PortalUser, PortalRefusal>> {
  try {
    const response = await fetch(`${origin}/rest/profile`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ auth: accessToken }),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const elsewhere = movedTo(response, origin)
    if (elsewhere !== null) return { ok: false, reason: { kind: 'moved', origin: elsewhere } }
    return read(await response.json())
  } catch {
    return { ok: false, reason: { kind: 'unclear' } }
  }
}

function read(answer: unknown): Result<PortalUser, PortalRefusal> {
  const profile = Profile.safeParse(answer)
  if (!profile.success) {
    const refusal = Refusal.safeParse(answer)
    const kind = (refusal.success && REFUSALS[refusal.data.error]) || 'unclear'
    return { ok: false, reason: { kind } }
  }
  const { ID, NAME, LAST_NAME } = profile.data.result
  const name = `${NAME ?? ''} ${LAST_NAME ?? ''}`.trim().slice(0, 100) || `Bitrix24 ${ID}`
  return { ok: true, value: { userId: ID, name } }
}

function movedTo(response: Response, origin: string): string | null {
  if (response.status < 300 || response.status > 399) return null
  const target = URL.parse(response.headers.get('location') ?? '', origin)
  if (!target || target.origin === origin || target.protocol !== new URL(origin).protocol) {
    return null
  }
  return target.origin
}

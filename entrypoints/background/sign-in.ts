import { browser } from 'wxt/browser'
import { z } from 'zod'
import type { SignInProgress } from '../../lib/contracts/account.ts'
import { Instant } from '../../lib/contracts/common.ts'
import type { RelayProblem } from '../../lib/contracts/relay-api.ts'
import { BITRIX24_ENDS, type SignInState } from '../../lib/contracts/relay-sign-in.ts'
import type { Settings } from '../../lib/contracts/settings.ts'
import { answer, isOwnPage } from '../../lib/extension/answer.ts'
import { awaitSignIn, beginSignIn, makeVerifier } from '../../lib/extension/sign-in.ts'
import type { Desk } from './world.ts'

/** Kept over the worker's sleep and the options page's closing; gone with the browser. */
const PENDING = 'signIn'
const Pending = z.strictObject({
  address: z.url(),
  id: z.uuid(),
  verifier: z.string(),
  expiresAt: Instant,
})
type Pending = z.infer<typeof Pending>

type Failure = Extract<SignInProgress, { state: 'failed' }>['why']
type Done = Extract<SignInState, { state: 'done' }>

const fetchHere: typeof fetch = (...request) => fetch(...request)

/**
 * Signing in with Bitrix24: the relay makes the address, a tab shows it, and the options page
 * waits. `take` keeps the settings that come of it.
 */
export function serveSignIn(
  desk: Desk,
  ready: Promise<void>,
  take: (settings: Settings) => Promise<void>,
): void {
  answer('signIn.begin', async ({ address }, asker) => {
    if (!isOwnPage(asker)) return { ok: false, reason: 'not_allowed' }
    await ready
    const { verifier, challenge } = await makeVerifier()
    const { language } = desk.world.settings
    const begun = await beginSignIn(address, challenge, language, fetchHere)
    if (!begun.ok) return { ok: true, value: failed(begun.reason) }
    const { id, authorizeUrl, expiresAt } = begun.value
    // Nothing but a web page is opened, whatever a relay says.
    if (new URL(authorizeUrl).protocol !== 'https:') return { ok: true, value: failed('away') }
    await keep({ address, id, verifier, expiresAt })
    await browser.tabs.create({ url: authorizeUrl })
    return { ok: true, value: { state: 'waiting', expiresAt, isAway: false } }
  })

  answer('signIn.wait', async (_, asker) => {
    if (!isOwnPage(asker)) return { ok: false, reason: 'not_allowed' }
    await ready
    return { ok: true, value: await wait() }
  })

  answer('signIn.cancel', async (_, asker) => {
    if (!isOwnPage(asker)) return { ok: false, reason: 'not_allowed' }
    await keep(null)
    return { ok: true, value: null }
  })

  async function wait(): Promise<SignInProgress> {
    const pending = await recall()
    if (!pending) return { state: 'none' }
    const { expiresAt } = pending
    const answered = await awaitSignIn(pending, fetchHere)
    // It was cancelled, or begun anew, while the relay was asked.
    if ((await recall())?.id !== pending.id) return { state: 'none' }
    if (!answered.ok) {
      const isOver = Date.parse(expiresAt) <= Date.now()
      const isPassing = MAY_PASS.has(answered.reason) && !isOver
      if (isPassing) return { state: 'waiting', expiresAt, isAway: true }
      await keep(null)
      return isOver ? { state: 'failed', why: 'expired' } : failed(answered.reason)
    }
    if (answered.value.state === 'waiting') return { state: 'waiting', expiresAt, isAway: false }
    const settings = settingsAfter(desk.world.settings, pending.address, answered.value)
    await keep(null)
    if (!settings) return { state: 'failed', why: 'refused' }
    // Kept at once: the token was given once, and the page may be closed before anybody saves.
    await take(settings)
    return { state: 'done' }
  }
}

/** Null when the portal that the relay names is none that REST could be called at. */
export function settingsAfter(
  before: Settings,
  address: string,
  { token, name, portal }: Done,
): Settings | null {
  const { origin, protocol } = new URL(portal.origin)
  if (protocol !== 'https:') return null
  const { memberId, userId } = portal
  const formerOrigins = formerOriginsOf(before.portal, memberId, origin)
  return {
    ...before,
    relay: { address, token },
    portal: { origin, account: { memberId, userId, name, formerOrigins } },
  }
}

/** Where the same portal was before it is at `origin`. */
export function formerOriginsOf(
  portal: Settings['portal'],
  memberId: string,
  origin: string,
): string[] {
  if (!portal || !('account' in portal) || portal.account.memberId !== memberId) return []
  const all = new Set([...portal.account.formerOrigins, portal.origin])
  all.delete(origin)
  return [...all]
}

type Code = RelayProblem['code'] | 'away'

const MAY_PASS: ReadonlySet<Code> = new Set([
  'away',
  'unavailable',
  'internal',
  'too_many_requests',
])

function failed(code: Code): SignInProgress {
  return { state: 'failed', why: whyOf(code) }
}

function whyOf(code: Code): Failure {
  const end = BITRIX24_ENDS.find((known) => known === code)
  if (end) return end
  switch (code) {
    case 'sign_in_expired':
      return 'expired'
    case 'sign_in_failed':
    case 'forbidden':
      return 'refused'
    case 'not_configured':
    case 'not_found':
      return 'not_configured'
    case 'too_many_requests':
      return 'limit'
    default:
      return 'away'
  }
}

async function keep(pending: Pending | null): Promise<void> {
  if (pending) await browser.storage.session.set({ [PENDING]: pending })
  else await browser.storage.session.remove(PENDING)
}

async function recall(): Promise<Pending | null> {
  const stored = Pending.safeParse((await browser.storage.session.get(PENDING))[PENDING])
  return stored.success ? stored.data : null
}

import { createHash, randomBytes } from 'node:crypto'
import { AccessToken, SignIn, SignInState } from '../../lib/contracts/relay-sign-in.ts'
import type { SandboxPortal } from '../portal/server.ts'

/** Keys that the relay seals with in tests. */
export const TEST_KEYS = `test:${Buffer.alloc(32, 7).toString('base64')}`

/** The environment of a relay that signs people in at this portal. */
export function oauthEnv({ origin, oauth }: SandboxPortal): NodeJS.ProcessEnv {
  return {
    RELAY_KEYS: TEST_KEYS,
    BITRIX24_PORTAL: origin,
    BITRIX24_CLIENT_ID: oauth.clientId,
    BITRIX24_CLIENT_SECRET: oauth.clientSecret,
    BITRIX24_AUTH_HOSTS: oauth.authHost,
  }
}

export interface BegunSignIn {
  signIn: SignIn
  verifier: string
}

/** As the extension does. */
export async function beginSignIn(address: string): Promise<BegunSignIn> {
  const verifier = randomBytes(32).toString('base64url')
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  const response = await postJson(`${address}/v1/sign-ins`, { challenge, language: 'uk' })
  return { signIn: SignIn.parse(await response.json()), verifier }
}

/** As the person does, in a tab: chooses a user at the portal; returns where the browser goes. */
export async function chooseUser({ signIn }: BegunSignIn, userId: number): Promise<string> {
  const body = new URLSearchParams({ user_id: String(userId) })
  const response = await fetch(signIn.authorizeUrl, { method: 'POST', body, redirect: 'manual' })
  const location = response.headers.get('location')
  if (!location) throw new Error(`the portal returned nowhere: ${response.status}`)
  return location
}

export function askToken(address: string, { signIn, verifier }: BegunSignIn, waitSeconds = 0) {
  return postJson(`${address}/v1/sign-ins/${signIn.id}/token`, { verifier, waitSeconds })
}

/** The callback at this relay, whatever relay the application's card names. */
export function comeBack(address: string, location: string): Promise<Response> {
  const { search } = new URL(location)
  return fetch(`${address}/oauth/callback${search}`)
}

/** Signs somebody in from beginning to end. */
export async function signInAt(address: string, userId: number) {
  const begun = await beginSignIn(address)
  await comeBack(address, await chooseUser(begun, userId))
  const state = SignInState.parse(await (await askToken(address, begun)).json())
  if (state.state !== 'done') throw new Error('not signed in')
  return state
}

export function askAccess(address: string, token: string, refused: string | null = null) {
  return postJson(`${address}/v1/bitrix24/access-token`, { refused }, token)
}

export async function accessOf(address: string, token: string, refused: string | null = null) {
  return AccessToken.parse(await (await askAccess(address, token, refused)).json())
}

export function postJson(url: string, body: unknown, token?: string): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  })
}

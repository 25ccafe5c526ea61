import type { z } from 'zod'
import type { Language, Result } from '../contracts/common.ts'
import { RelayProblem } from '../contracts/relay-api.ts'
import { SignIn, type SignInRequest, SignInState } from '../contracts/relay-sign-in.ts'

/** A little longer than the relay waits for the person. */
const TIMEOUT_MS = 19_000
/** The options page's question must be answered within its own time-out (`send`). */
const WAIT_SECONDS = 15

type Code = RelayProblem['code'] | 'away'

/** 32 random bytes, and what may be shown of them. */
export interface Verifier {
  verifier: string
  challenge: string
}

export async function makeVerifier(): Promise<Verifier> {
  const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)))
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return { verifier, challenge: base64url(new Uint8Array(hash)) }
}

function base64url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes))
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** Begins a sign-in at a relay (POST /v1/sign-ins). */
export function beginSignIn(
  address: string,
  challenge: string,
  language: Language,
  fetch: typeof globalThis.fetch,
): Promise<Result<SignIn, Code>> {
  const body: SignInRequest = { challenge, language }
  return post(SignIn, new URL('/v1/sign-ins', address), body, fetch)
}

/** Waits a while for the person (POST /v1/sign-ins/:id/token). */
export function awaitSignIn(
  { address, id, verifier }: { address: string; id: string; verifier: string },
  fetch: typeof globalThis.fetch,
): Promise<Result<SignInState, Code>> {
  const url = new URL(`/v1/sign-ins/${encodeURIComponent(id)}/token`, address)
  return post(SignInState, url, { verifier, waitSeconds: WAIT_SECONDS }, fetch)
}

async function post<S extends z.ZodType>(
  schema: S,
  url: URL,
  body: object,
  fetch: typeof globalThis.fetch,
): Promise<Result<z.output<S>, Code>> {
  let response: Response
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
  } catch {
    return { ok: false, reason: 'away' }
  }
  const answer: unknown = await response.json().catch(() => null)
  const parsed = schema.safeParse(answer)
  if (response.ok && parsed.success) return { ok: true, value: parsed.data }
  const problem = RelayProblem.safeParse(answer)
  return { ok: false, reason: problem.success ? problem.data.code : 'away' }
}

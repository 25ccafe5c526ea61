import type { PairingOutcome } from '../contracts/messages.ts'
import { RelayProblem } from '../contracts/relay-api.ts'
import { Pairing } from '../contracts/relay-people.ts'

const TIMEOUT_MS = 20_000

/** Trades a pairing code for a token at a relay (POST /v1/pairings). */
export async function pairWithRelay(
  { address, code }: { address: string; code: string },
  fetch: typeof globalThis.fetch,
): Promise<PairingOutcome> {
  let response: Response
  try {
    response = await fetch(new URL('/v1/pairings', address), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
  } catch {
    return { state: 'away' }
  }
  const body: unknown = await response.json().catch(() => null)
  const paired = Pairing.safeParse(body)
  if (response.ok && paired.success) {
    return { state: 'paired', token: paired.data.token, name: paired.data.name }
  }
  const problem = RelayProblem.safeParse(body)
  switch (problem.success ? problem.data.code : null) {
    case 'pairing_code_unknown':
    case 'invalid':
      return { state: 'unknown' }
    case 'pairing_code_used':
      return { state: 'used' }
    case 'pairing_code_expired':
      return { state: 'expired' }
    case 'too_many_requests':
      return { state: 'limit' }
    default:
      return { state: 'away' }
  }
}

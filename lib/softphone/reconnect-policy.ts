/**
 * When to try again after the connection to the SIP server was lost or its registrar said no.
 * The jitter keeps fifty operators from coming back in the same second after a server restart.
 */
const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 30_000
const JITTER = 0.5

/** What the registrar refuses for good is asked again rarely: it may lock the account. */
export const REFUSED_DELAY_MS = 5 * 60_000

/**
 * Milliseconds to wait before try number `attempt` (1 = the first after a loss): doubling from
 * half a second to half a minute, less up to half of it by `random` in [0, 1).
 */
export function reconnectDelayMs(attempt: number, random: number): number {
  const whole = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_DELAY_MS)
  return Math.round(whole * (1 - JITTER * random))
}

/** Whether a registrar's refusal is about the account (a person must act) or will pass. */
export function isAccountRefused(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 423 && status !== 480
}

/**
 * Milliseconds to wait after a re-INVITE met another one (491): 2.1–4 s for the side that chose
 * the Call-ID, in steps of 10 ms (RFC 3261 §14.1). We dialled, so that is us.
 */
export function glareDelayMs(random: number): number {
  return 2_100 + Math.floor(random * 191) * 10
}

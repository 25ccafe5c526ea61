import type { AudioLevels, Registration, SipAccount } from '../contracts/softphone.ts'

/**
 * The SIP engine as the softphone needs it; sip.js is one implementation
 * (docs/adr/0004-sip-js-behind-our-interface.md). An engine serves one account for all its life.
 */
export interface SipEngine {
  /** Sends an INVITE. The microphone belongs to the call from now on and is closed with it. */
  dial(number: string, microphone: MediaStream, listener: SipCallListener): SipCall
  /** Ends what is up, unregisters and disconnects; the engine is of no use after it. */
  close(): Promise<void>
}

/** `detail` is for diagnostics and free of secrets. */
export interface SipEngineListener {
  registrationChanged: (registration: Registration, detail: string | null) => void
}

/** Null when the account's server or address can't be one at all. */
export type CreateSipEngine = (account: SipAccount, listener: SipEngineListener) => SipEngine | null

/** What the network tells of a call. After `rejected` or `terminated` nothing follows. */
export type SipCallEvent =
  | { type: 'progress'; status: number; hasEarlyMedia: boolean }
  | { type: 'accepted' }
  | { type: 'rejected'; status: number }
  | { type: 'terminated'; by: 'client' | 'network' }
export type SipCallListener = (event: SipCallEvent) => void

export interface SipCall {
  /** CANCEL before the answer, BYE after it; may be called at any time, any number of times. */
  hangUp(): void
  mute(on: boolean): void
  /** True once the other side has agreed; operations wait for each other. */
  hold(on: boolean): Promise<boolean>
  /** Digits as RFC 4733 events; false when the call has no channel for them. */
  sendDigits(digits: string): boolean
  levels(): Promise<AudioLevels>
  /** Goes on with another microphone after the first was unplugged. */
  replaceMicrophone(microphone: MediaStream): Promise<void>
}

/** One-shot timer; the answer cancels it. */
export type StartTimer = (run: () => void, delayMs: number) => () => void
export const startTimer: StartTimer = (run, delayMs) => {
  const id = setTimeout(run, delayMs)
  return () => clearTimeout(id)
}

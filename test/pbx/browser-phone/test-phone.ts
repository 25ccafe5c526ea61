/** What the test page's phone can do; the page puts it at `window.testPhone`. */

export type PhoneAccount = {
  /** `wss://host:port`. */
  server: string
  domain: string
  user: string
  password: string
}

export type PhoneState = {
  call: 'none' | 'calling' | 'up' | 'ended'
  callId: string | null
  /** Every response to the INVITE: 100, 180, 200 … */
  statuses: number[]
}

export type TestPhone = {
  /** @returns final status of the REGISTER: 200 when registered */
  register(account: PhoneAccount): Promise<number>
  state(): PhoneState
  dial(number: string): Promise<void>
  /** CANCEL while it rings, BYE while it is up. */
  hangUp(): Promise<void>
  /** Resolves with the status of the re-INVITE. */
  hold(isHeld: boolean): Promise<number>
  mute(isMuted: boolean): void
  /** RFC 4733. */
  sendDigits(digits: string): void
  /** INFO application/dtmf-relay. */
  sendDigitByInfo(digit: string): Promise<void>
  /** Counters of the audio received so far. */
  received(): Promise<{ energy: number; seconds: number }>
  /** Connects again after the WebSocket was lost; renews the media path of a call that is up. */
  reconnect(): Promise<number>
}

declare global {
  interface Window {
    testPhone: TestPhone
  }
}

import type { Registration, SipAccount } from '../contracts/softphone.ts'
import type { CreateSipEngine, SipEngine, StartTimer } from './engine.ts'

/** A click right after the start finds the registration under way; that is worth a moment. */
const REGISTRATION_WAIT_MS = 5_000

export interface LineParts {
  createEngine: CreateSipEngine
  startTimer: StartTimer
  changed: (registration: Registration, detail: string | null) => void
}

/** The line to the SIP server: the account in use, its engine and its registration. */
export function createLine({ createEngine, startTimer, changed }: LineParts) {
  let account: SipAccount | null = null
  let engine: SipEngine | null = null
  let registration: Registration = 'off'
  let waiters: (() => void)[] = []

  function report(next: Registration, detail: string | null): void {
    registration = next
    changed(next, detail)
    if (next === 'connecting') return
    const settled = waiters
    waiters = []
    for (const goOn of settled) goOn()
  }

  function settled(): Promise<void> {
    if (registration !== 'connecting') return Promise.resolve()
    return new Promise((resolve) => {
      const cancel = startTimer(resolve, REGISTRATION_WAIT_MS)
      waiters.push(() => {
        cancel()
        resolve()
      })
    })
  }

  return {
    isConfigured: (): boolean => account !== null,

    /** Takes another account; the one in use, told again, changes nothing. */
    use(next: SipAccount | null): void {
      if (JSON.stringify(next) === JSON.stringify(account)) return
      void engine?.close()
      account = next
      engine = null
      if (!next) {
        report('off', null)
        return
      }
      engine = createEngine(next, {
        // An engine that is being closed has nothing to say any more.
        registrationChanged: (state, detail) => next === account && report(state, detail),
      })
      if (!engine) report('refused', 'the server or the user makes no SIP address')
    },

    /** The engine once it is registered; null when it is not and will not be in a moment. */
    async registered(): Promise<SipEngine | null> {
      await settled()
      return registration === 'registered' ? engine : null
    },

    close(): void {
      void engine?.close()
    },
  }
}

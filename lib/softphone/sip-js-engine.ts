import type { SessionDescriptionHandlerFactory } from 'sip.js'
import type { SipAccount } from '../contracts/softphone.ts'
import { type SipEngine, type SipEngineListener, type StartTimer, startTimer } from './engine.ts'
import {
  addressesOf,
  createUserAgent,
  type MicrophoneOfCall,
  targetOf,
  webRtcMedia,
} from './sip-js-agent.ts'
import { placeCall, type SipJsCall } from './sip-js-call.ts'
import { keepRegistered } from './sip-js-connection.ts'

/** What a test puts in the place of the browser. */
export interface SipJsSeams {
  media: (microphoneOf: MicrophoneOfCall) => SessionDescriptionHandlerFactory
  startTimer: StartTimer
  /** Uniform in [0, 1). */
  random: () => number
  whenOnline: (run: () => void) => () => void
}

const BROWSER: SipJsSeams = {
  media: webRtcMedia,
  startTimer,
  random: Math.random,
  whenOnline(run) {
    addEventListener('online', run)
    return () => removeEventListener('online', run)
  },
}

/**
 * A SIP engine on sip.js 0.21, on the level of UserAgent, Registerer and Inviter
 * (docs/adr/0004-sip-js-behind-our-interface.md). Connects and registers at once.
 */
export function createSipJsEngine(
  account: SipAccount,
  listener: SipEngineListener,
  seams: SipJsSeams = BROWSER,
): SipEngine | null {
  const addresses = addressesOf(account)
  if (!addresses) return null
  const microphones = new WeakMap<object, MediaStream>()
  const calls = new Set<SipJsCall>()
  const { startTimer, random } = seams
  const userAgent = createUserAgent(
    account,
    addresses.own,
    seams.media((session) => {
      const microphone = microphones.get(session)
      if (!microphone) throw new Error('a session without a microphone')
      return microphone
    }),
  )
  if (!userAgent) return null
  const connection = keepRegistered({
    userAgent,
    addresses,
    startTimer,
    random,
    report: (registration, detail) => listener.registrationChanged(registration, detail),
    isBack: () => {
      for (const call of calls) call.connectionIsBack()
      forgetFinished()
    },
  })
  const stopWatching = seams.whenOnline(connection.hurry)
  connection.connect()

  function forgetFinished(): void {
    for (const call of calls) if (call.isOver()) calls.delete(call)
  }

  return {
    dial(number, microphone, callListener) {
      forgetFinished()
      const call = placeCall({
        userAgent,
        target: targetOf(addresses.own, number),
        microphone,
        lend: (session, stream) => microphones.set(session, stream),
        isConnected: connection.isConnected,
        startTimer,
        random,
        listener: callListener,
      })
      calls.add(call)
      return call
    },

    async close() {
      stopWatching()
      for (const call of calls) call.hangUp()
      await connection.close()
    },
  }
}

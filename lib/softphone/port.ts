import type { SoftphonePortMessage } from '../contracts/messages.ts'
import type { StartTimer } from './engine.ts'

/** The part of `runtime.Port` that is used here. */
export interface Port {
  postMessage(message: SoftphonePortMessage): void
  onDisconnect: { addListener(listener: () => void): void }
}

export interface PortParts {
  connect: () => Port
  startTimer: StartTimer
  /** The first message of every connection: the whole state. */
  greeting: () => SoftphonePortMessage
  /** While a call is up the background must not fall asleep. */
  isBusy: () => boolean
}

/** Chromium stops a service worker after 30 s without an event; a message by a port is one. */
const HEARTBEAT_MS = 20_000
/** A background that closes the port this soon is in trouble; it is not asked without pause. */
const SHORT_LIFE_MS = 1_000

/**
 * A port to the background that is opened again when the background was stopped: connecting
 * starts it, and the greeting tells it all.
 */
export function connectPort({ connect, startTimer, greeting, isBusy }: PortParts) {
  let port: Port | null = null

  function open(): void {
    const opened = connect()
    port = opened
    let isYoung = true
    const cancelYouth = startTimer(() => {
      isYoung = false
    }, SHORT_LIFE_MS)
    opened.onDisconnect.addListener(() => {
      port = null
      cancelYouth()
      if (isYoung) startTimer(open, SHORT_LIFE_MS)
      else open()
    })
    opened.postMessage(greeting())
  }

  function beat(): void {
    if (isBusy()) port?.postMessage(greeting())
    startTimer(beat, HEARTBEAT_MS)
  }

  open()
  startTimer(beat, HEARTBEAT_MS)

  return {
    /** Lost while there is no connection: the next greeting says the same. */
    send(message: SoftphonePortMessage): void {
      port?.postMessage(message)
    },
  }
}

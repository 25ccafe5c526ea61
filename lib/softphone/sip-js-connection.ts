import {
  type Invitation,
  Registerer,
  RegistererState,
  type URI,
  type UserAgent,
  type UserAgentDelegate,
} from 'sip.js'
import type { Registration } from '../contracts/softphone.ts'
import type { StartTimer } from './engine.ts'
import { isAccountRefused, REFUSED_DELAY_MS, reconnectDelayMs } from './reconnect-policy.ts'

const EXPIRES_S = 300
const REFRESH_AT_PERCENT = 80
const PING_INTERVAL_MS = 30_000
const PING_TIMEOUT_MS = 8_000
const PENDING_REGISTER_MS = 1_000
const CLOSE_TIMEOUT_MS = 2_000

export interface ConnectionParts {
  userAgent: UserAgent
  /** Pings are for the server itself, so that they are not sent on to a user. */
  addresses: { own: URI; server: URI }
  startTimer: StartTimer
  /** Uniform in [0, 1). */
  random: () => number
  report: (registration: Registration, detail: string | null) => void
  /** Registered again after the connection was lost. */
  isBack: () => void
}

/**
 * Keeps the user agent connected and registered. sip.js only reports a lost connection (and its
 * SessionManager would drop the call with it); calls live through a loss here.
 */
export function keepRegistered(parts: ConnectionParts) {
  const { userAgent, startTimer, random, report } = parts
  const registerer = new Registerer(userAgent, {
    expires: EXPIRES_S,
    refreshFrequency: REFRESH_AT_PERCENT,
  })
  let attempt = 0
  let wasLost = false
  let isClosed = false
  let cancelRetry = () => {}
  let cancelPing = () => {}

  const delegate: UserAgentDelegate = {
    onConnect: () => {
      cancelRetry()
      schedulePing()
      register()
    },
    onDisconnect: () => lost('connection lost'),
    // Incoming calls are not taken yet: busy is what a caller understands.
    onInvite: (invitation: Invitation) => {
      invitation.reject({ statusCode: 486 }).catch(() => {})
    },
  }
  userAgent.delegate = delegate

  // A refresh that sip.js sends by itself reports only here.
  registerer.stateChange.addListener((state) => {
    if (state !== RegistererState.Unregistered || isClosed || !userAgent.isConnected()) return
    report('connecting', 'registration lapsed')
    retry(register, nextDelayMs())
  })

  function connect(): void {
    report('connecting', null)
    // sip.js reads a started agent's start() as done, so later tries go by reconnect().
    const connecting = attempt === 0 ? userAgent.start() : userAgent.reconnect()
    connecting.catch(() => lost('no connection to the server'))
  }

  function lost(detail: string): void {
    cancelPing()
    if (isClosed) return
    wasLost = true
    report('lost', detail)
    retry(connect, nextDelayMs())
  }

  function register(): void {
    if (isClosed || !userAgent.isConnected()) return
    report('connecting', null)
    registerer
      .register({
        requestDelegate: {
          onAccept: registered,
          onReject: ({ message }) =>
            rejected(message.statusCode ?? 500, message.reasonPhrase ?? ''),
        },
      })
      // An earlier REGISTER still waits for its answer.
      .catch(() => retry(register, PENDING_REGISTER_MS))
  }

  function registered(): void {
    attempt = 0
    cancelRetry()
    report('registered', null)
    if (wasLost) parts.isBack()
    wasLost = false
  }

  function rejected(status: number, reason: string): void {
    if (isClosed) return
    const detail = `${status} ${reason}`.trim().slice(0, 80)
    const isRefused = isAccountRefused(status)
    report(isRefused ? 'refused' : 'lost', detail)
    retry(register, isRefused ? REFUSED_DELAY_MS : nextDelayMs())
  }

  /** One thing at a time is waited for. */
  function retry(run: () => void, delayMs: number): void {
    cancelRetry()
    cancelRetry = startTimer(run, delayMs)
  }

  function nextDelayMs(): number {
    attempt += 1
    return reconnectDelayMs(attempt, random())
  }

  function schedulePing(): void {
    cancelPing()
    cancelPing = startTimer(ping, PING_INTERVAL_MS)
  }

  /** A dead socket may look alive for minutes; whatever the server answers proves that it lives. */
  function ping(): void {
    const cancelDrop = startTimer(drop, PING_TIMEOUT_MS)
    cancelPing = cancelDrop
    const answered = () => {
      if (cancelPing === cancelDrop) schedulePing()
    }
    const core = userAgent.userAgentCore
    const { own, server } = parts.addresses
    const request = core.makeOutgoingRequestMessage('OPTIONS', server, own, server, {})
    core.request(request, { onAccept: answered, onRedirect: answered, onReject: answered })
  }

  /** `onDisconnect` follows at once; the close handshake of a dead socket is not waited for. */
  function drop(): void {
    if (userAgent.isConnected()) userAgent.transport.disconnect().catch(() => {})
  }

  return {
    connect,
    isConnected: () => userAgent.isConnected(),
    /** The network is back: waiting any longer makes no sense. */
    hurry(): void {
      if (isClosed || userAgent.isConnected() || attempt === 0) return
      retry(connect, 0)
    },
    async close(): Promise<void> {
      isClosed = true
      cancelRetry()
      cancelPing()
      const timeUp = new Promise<void>((resolve) => startTimer(resolve, CLOSE_TIMEOUT_MS))
      await Promise.race([userAgent.stop().catch(() => {}), timeUp])
      drop()
    },
  }
}

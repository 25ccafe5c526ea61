import { SessionState, type URI, type UserAgent, Web } from 'sip.js'
import { createMeter, levelsOf } from './audio-levels.ts'
import type { SipCall, SipCallEvent, SipCallListener, StartTimer } from './engine.ts'
import { PatientInviter } from './patient-inviter.ts'
import { glareDelayMs } from './reconnect-policy.ts'
import { playRemote } from './remote-audio.ts'

const DIGIT = { duration: 160, interToneGap: 70 }
const GLARE_TRIES = 3

export interface CallParts {
  userAgent: UserAgent
  target: URI
  microphone: MediaStream
  /** Called with the session before it asks for its microphone. */
  lend: (session: object, microphone: MediaStream) => void
  isConnected: () => boolean
  startTimer: StartTimer
  random: () => number
  listener: SipCallListener
}

/** A call of sip.js, and what its engine has to tell it. */
export interface SipJsCall extends SipCall {
  /** The connection was lost and is back. */
  connectionIsBack(): void
  isOver(): boolean
}

/** Sends the INVITE and follows its session to the end. */
export function placeCall(parts: CallParts): SipJsCall {
  const { startTimer, random, isConnected } = parts
  // The answer in a 183 is applied at once, so that announcements are heard. It demands that the
  // server does not fork the call to several phones after such a 183.
  const inviter = new PatientInviter(parts.userAgent, parts.target, { earlyMedia: true })
  let microphone = parts.microphone
  let media: Web.SessionDescriptionHandler | null = null
  let stopPlaying = () => {}
  /** Only where the statistics don't tell the microphone's level. */
  let meter: ReturnType<typeof createMeter> | null = null
  let isMuted = false
  let isHeld = false
  /** The owner has been told of the end, or has asked for it. */
  let isOver = false
  let owesBye = false
  let queue: Promise<unknown> = Promise.resolve()

  parts.lend(inviter, microphone)
  inviter.delegate = {
    onSessionDescriptionHandler: (handler) => {
      if (!(handler instanceof Web.SessionDescriptionHandler)) return
      media = handler
      stopPlaying = playRemote(handler.remoteMediaStream)
      handler.peerConnectionDelegate = {
        onconnectionstatechange: () => {
          if (handler.peerConnection?.connectionState === 'failed') restartMedia()
        },
      }
    },
    onBye: (bye) => {
      bye.accept().catch(() => {})
      finish({ type: 'terminated', by: 'client' })
    },
  }
  inviter.stateChange.addListener((state) => {
    if (state === SessionState.Established && !isOver) parts.listener({ type: 'accepted' })
    // sip.js changes the state before it tells why; the reason, if there is one, comes first here.
    if (state === SessionState.Terminated) {
      queueMicrotask(() => finish({ type: 'terminated', by: 'network' }))
    }
  })
  inviter
    .invite({
      requestDelegate: {
        onProgress: ({ message }) => {
          const status = message.statusCode ?? 180
          if (!isOver) tell({ type: 'progress', status, hasEarlyMedia: message.body !== '' })
        },
        onRedirect: ({ message }) =>
          finish({ type: 'rejected', status: message.statusCode ?? 300 }),
        onReject: ({ message }) => finish({ type: 'rejected', status: message.statusCode ?? 500 }),
      },
    })
    .catch(() => finish({ type: 'terminated', by: 'network' }))

  function tell(event: SipCallEvent): void {
    parts.listener(event)
  }

  function finish(event: SipCallEvent): void {
    releaseMedia()
    if (isOver) return
    isOver = true
    tell(event)
  }

  function releaseMedia(): void {
    stopPlaying()
    meter?.close()
    meter = null
    for (const track of microphone.getTracks()) track.stop()
  }

  /** Session operations overlap badly in SIP: one at a time. */
  function enqueue<T>(operation: () => Promise<T>): Promise<T> {
    const result = queue.then(operation)
    queue = result.catch(() => {})
    return result
  }

  async function reinvite(hold: boolean, iceRestart: boolean): Promise<boolean> {
    for (let attempt = 1; attempt <= GLARE_TRIES; attempt++) {
      if (inviter.state !== SessionState.Established) return false
      const status = await sendReinvite(hold, iceRestart)
      if (status < 300) return true
      // The server does not know the call any more (RFC 3261 §12.2.1.2).
      if (status === 481) sayBye()
      if (status !== 491) return false
      await new Promise<void>((resolve) => startTimer(resolve, glareDelayMs(random())))
    }
    return false
  }

  function sendReinvite(hold: boolean, iceRestart: boolean): Promise<number> {
    return new Promise((resolve) => {
      const later: Web.SessionDescriptionHandlerOptions = { hold }
      const options = { ...later, ...(iceRestart && { offerOptions: { iceRestart } }) }
      inviter
        .invite({
          sessionDescriptionHandlerOptions: options,
          requestDelegate: {
            // sip.js says so even when it could not use the answer and has ended the call.
            onAccept: () => resolve(inviter.state === SessionState.Established ? 200 : 488),
            onRedirect: () => resolve(300),
            onReject: ({ message }) => resolve(message.statusCode ?? 500),
          },
        })
        // A re-INVITE of the other side is under way.
        .catch(() => resolve(491))
        .finally(() => {
          // Later offers of the other side are answered with these.
          inviter.sessionDescriptionHandlerOptionsReInvite = later
        })
    })
  }

  function restartMedia(): void {
    if (!isConnected()) return
    void enqueue(() => reinvite(isHeld, true))
  }

  function sayBye(): void {
    if (inviter.state === SessionState.Established) inviter.bye().catch(() => {})
  }

  function applyMicrophone(isSilent: boolean): void {
    for (const track of microphone.getAudioTracks()) track.enabled = !isSilent
  }

  return {
    hangUp() {
      isOver = true
      releaseMedia()
      switch (inviter.state) {
        case SessionState.Initial:
        case SessionState.Establishing:
          inviter.cancel().catch(() => {})
          return
        case SessionState.Established:
          // Without a connection the BYE would be lost and the client kept on the line.
          owesBye = !isConnected()
          if (!owesBye) sayBye()
          return
        case SessionState.Terminating:
        case SessionState.Terminated:
          return
      }
    },

    mute(on) {
      isMuted = on
      applyMicrophone(isMuted || isHeld)
    },

    hold(on) {
      return enqueue(async () => {
        if (on === isHeld) return true
        // sip.js goes on sending while `sendonly`; and nothing said after the key is heard.
        if (on) applyMicrophone(true)
        const isDone = await reinvite(on, false)
        if (isDone) isHeld = on
        applyMicrophone(isMuted || isHeld)
        return isDone
      })
    },

    sendDigits: (digits) => media?.sendDtmf(digits, DIGIT) ?? false,

    async levels() {
      const connection = media?.peerConnection
      if (!connection || isOver) return { microphone: 0, speaker: 0 }
      const told = levelsOf(await connection.getStats())
      if (told.microphone === null && !isOver) meter ??= createMeter(microphone)
      return { microphone: told.microphone ?? meter?.level() ?? 0, speaker: told.speaker ?? 0 }
    },

    async replaceMicrophone(next) {
      const [track] = next.getAudioTracks()
      const sender = media?.peerConnection?.getSenders()[0]
      if (!track || !sender || isOver) {
        for (const unused of next.getTracks()) unused.stop()
        return
      }
      const previous = microphone
      microphone = next
      meter?.close()
      meter = null
      applyMicrophone(isMuted || isHeld)
      await sender.replaceTrack(track)
      for (const old of previous.getTracks()) old.stop()
    },

    connectionIsBack() {
      if (owesBye) {
        owesBye = false
        sayBye()
      } else if (inviter.state === SessionState.Established && !isOver) restartMedia()
    },

    isOver: () => isOver && !owesBye,
  }
}

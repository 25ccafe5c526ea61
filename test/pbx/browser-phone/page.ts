import { type Core, Inviter, Registerer, SessionState, UserAgent, Web } from 'sip.js'
import type { PhoneAccount, PhoneState, TestPhone } from './test-phone.ts'

/** A bare sip.js softphone for driving the stands; the product has its own. */

let account: PhoneAccount
let agent: UserAgent
let call: Inviter | null = null
let state: PhoneState = { call: 'none', callId: null, statuses: [] }

const testPhone: TestPhone = {
  async register(given) {
    account = given
    agent = new UserAgent({
      uri: uriOf(given.user),
      transportOptions: { server: given.server },
      authorizationUsername: given.user,
      authorizationPassword: given.password,
      logLevel: 'error',
    })
    await agent.start()
    return register()
  },

  state: () => state,

  async dial(number) {
    const inviter = new Inviter(agent, uriOf(number), {
      sessionDescriptionHandlerOptions: { constraints: { audio: true, video: false } },
    })
    call = inviter
    state = { call: 'calling', callId: inviter.request.callId, statuses: [] }
    const current = state
    inviter.stateChange.addListener((next) => {
      if (next === SessionState.Established) {
        current.call = 'up'
        listen()
      }
      if (next === SessionState.Terminated) current.call = 'ended'
    })
    const note = (response: Core.IncomingResponse) => {
      current.statuses.push(statusOf(response))
    }
    await inviter.invite({
      requestDelegate: { onTrying: note, onProgress: note, onAccept: note, onReject: note },
    })
  },

  async hangUp() {
    const current = theCall()
    if (current.state === SessionState.Established) await current.bye()
    else await current.cancel()
  },

  hold(isHeld) {
    const options: Web.SessionDescriptionHandlerOptions = { hold: isHeld }
    return reinvite(options)
  },

  mute(isMuted) {
    for (const { track } of peer().getSenders()) if (track) track.enabled = !isMuted
  },

  sendDigits(digits) {
    handler().sendDtmf(digits, { duration: 160, interToneGap: 70 })
  },

  async sendDigitByInfo(digit) {
    const content = `Signal=${digit}\r\nDuration=160\r\n`
    const contentType = 'application/dtmf-relay'
    await theCall().info({
      requestOptions: { body: { contentDisposition: 'render', contentType, content } },
    })
  },

  async received() {
    for (const report of (await peer().getStats()).values()) {
      if (report.type === 'inbound-rtp' && report.kind === 'audio') {
        return { energy: report.totalAudioEnergy ?? 0, seconds: report.totalSamplesDuration ?? 0 }
      }
    }
    return { energy: 0, seconds: 0 }
  },

  async reconnect() {
    await agent.reconnect()
    await register()
    return reinvite({ offerOptions: { iceRestart: true } })
  },
}

window.testPhone = testPhone

/** Chromium decodes (and measures) only what is played. */
function listen(): void {
  const audio = new Audio()
  audio.srcObject = handler().remoteMediaStream
  void audio.play()
}

function statusOf(response: Core.IncomingResponse): number {
  return response.message.statusCode ?? 0
}

function register(): Promise<number> {
  return new Promise((resolve, reject) => {
    const done = (response: Core.IncomingResponse) => resolve(statusOf(response))
    new Registerer(agent)
      .register({ requestDelegate: { onAccept: done, onReject: done } })
      .catch(reject)
  })
}

function reinvite(options: Web.SessionDescriptionHandlerOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    const done = (response: Core.IncomingResponse) => resolve(statusOf(response))
    const current = theCall()
    current.sessionDescriptionHandlerOptionsReInvite = options
    current.invite({ requestDelegate: { onAccept: done, onReject: done } }).catch(reject)
  })
}

function uriOf(user: string) {
  const uri = UserAgent.makeURI(`sip:${user}@${account.domain}`)
  if (!uri) throw new Error(`not a SIP user: ${user}`)
  return uri
}

function theCall(): Inviter {
  if (!call) throw new Error('no call')
  return call
}

function handler(): Web.SessionDescriptionHandler {
  const found = theCall().sessionDescriptionHandler
  if (!(found instanceof Web.SessionDescriptionHandler)) throw new Error('the call has no media')
  return found
}

function peer(): RTCPeerConnection {
  const found = handler().peerConnection
  if (!found) throw new Error('the call has no media')
  return found
}

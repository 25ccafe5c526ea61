import {
  type SessionDescriptionHandlerFactory,
  URI,
  UserAgent,
  type UserAgentOptions,
  Web,
} from 'sip.js'
import type { SipAccount } from '../contracts/softphone.ts'

/**
 * The INVITE waits for all candidates (no trickle in SIP); a dead network interface must not
 * cost more than this. Zero would mean no limit at all.
 */
const ICE_GATHERING_TIMEOUT_MS = 1_000
const CONNECTION_TIMEOUT_S = 8

/** Opens no microphone: every call brings its own. */
export type MicrophoneOfCall = (session: object) => MediaStream

/** The account's address of record and its server's own; null when they can't be written so. */
export function addressesOf({ user, domain }: SipAccount): { own: URI; server: URI } | null {
  const own = UserAgent.makeURI(`sip:${encodeURIComponent(user)}@${domain}`)
  const server = UserAgent.makeURI(`sip:${domain}`)
  return own && server ? { own, server } : null
}

/** The address of a number at our server; `#` may not stand in a SIP address as it is. */
export function targetOf(address: URI, number: string): URI {
  return new URI('sip', number.replaceAll('#', '%23'), address.host, address.port)
}

/**
 * A user agent of sip.js with our settings: silent, and with no reconnecting of its own. Null when
 * sip.js refuses the server's address.
 */
export function createUserAgent(
  account: SipAccount,
  address: URI,
  media: SessionDescriptionHandlerFactory,
): UserAgent | null {
  const options: UserAgentOptions = {
    uri: address,
    displayName: account.displayName,
    authorizationUsername: account.user,
    authorizationPassword: account.password,
    transportOptions: {
      server: account.server,
      connectionTimeout: CONNECTION_TIMEOUT_S,
      traceSip: false,
    },
    sessionDescriptionHandlerFactory: media,
    // Its log holds the client's numbers and the account.
    logBuiltinEnabled: false,
    logConfiguration: false,
    logLevel: 'error',
    userAgentString: 'Prozvon',
  }
  try {
    return new UserAgent(options)
  } catch {
    return null
  }
}

/** Media by WebRTC. Host candidates only: the PBX has a public address or stands in the office. */
export function webRtcMedia(microphoneOf: MicrophoneOfCall): SessionDescriptionHandlerFactory {
  return (session) =>
    Web.defaultSessionDescriptionHandlerFactory(() => Promise.resolve(microphoneOf(session)))(
      session,
      {
        iceGatheringTimeout: ICE_GATHERING_TIMEOUT_MS,
        peerConnectionConfiguration: { iceServers: [] },
      },
    )
}

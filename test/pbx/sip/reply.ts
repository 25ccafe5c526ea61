import { tagOf } from './address.ts'
import { formatSip, header, headers, type SipHeader, type SipRequest } from './message.ts'

const REASONS: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  407: 'Proxy Authentication Required',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  500: 'Server Internal Error',
  603: 'Decline',
}

export type ReplyOptions = {
  reason?: string
  /** Our side's tag; added to To when the request had none there. */
  toTag?: string
  headers?: readonly SipHeader[]
  /** An SDP answer. */
  sdp?: string
}

/** The text of a response to a request (RFC 3261 §8.2.6). */
export function formatReply(request: SipRequest, status: number, options: ReplyOptions = {}) {
  const { reason = REASONS[status] ?? 'Other', toTag, sdp } = options
  const to = header(request, 'to') ?? ''
  const fields: SipHeader[] = [
    ...headers(request, 'via').map((via) => ['Via', via] as const),
    ...headers(request, 'record-route').map((route) => ['Record-Route', route] as const),
    ['From', header(request, 'from') ?? ''],
    ['To', toTag && status > 100 && !tagOf(to) ? `${to};tag=${toTag}` : to],
    ['Call-ID', header(request, 'call-id') ?? ''],
    ['CSeq', header(request, 'cseq') ?? ''],
    ...(options.headers ?? []),
  ]
  if (sdp !== undefined) fields.push(['Content-Type', 'application/sdp'])
  return formatSip(`SIP/2.0 ${status} ${reason}`, fields, sdp)
}

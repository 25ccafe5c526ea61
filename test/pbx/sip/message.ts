import type { Result } from '../../../lib/contracts/common.ts'

/** SIP messages as text (RFC 3261 §7), as far as the stands need them. */

export type SipHeader = readonly [name: string, value: string]

export type SipRequest = {
  readonly kind: 'request'
  readonly method: string
  readonly uri: string
  readonly headers: readonly SipHeader[]
  readonly body: string
}

export type SipResponse = {
  readonly kind: 'response'
  readonly status: number
  readonly reason: string
  readonly headers: readonly SipHeader[]
  readonly body: string
}

export type SipMessage = SipRequest | SipResponse

/** What is wrong; `request` is there when a 400 can be addressed to its sender. */
export type SipDefect = { problem: string; request: SipRequest | null }

const COMPACT_NAMES: Readonly<Record<string, string>> = {
  c: 'content-type',
  f: 'from',
  i: 'call-id',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  t: 'to',
  v: 'via',
}
const REQUIRED_NAMES = ['via', 'from', 'to', 'call-id', 'cseq']
const REQUEST_LINE = /^([A-Z]+) ([^\s]+) SIP\/2\.0$/
const STATUS_LINE = /^SIP\/2\.0 ([1-6]\d\d) ?(.*)$/

/** First value of a header; names are compared without case and in their long form. */
export function header(message: SipMessage, name: string): string | undefined {
  return message.headers.find(([key]) => key === name.toLowerCase())?.[1]
}

/** All values of a header, in order. */
export function headers(message: SipMessage, name: string): string[] {
  return message.headers.filter(([key]) => key === name.toLowerCase()).map(([, value]) => value)
}

/** Reads one message, which over WebSocket is one frame (RFC 7118 §5) and over UDP one datagram. */
export function parseSip(text: string): Result<SipMessage, SipDefect> {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [startLine = '', ...headerLines] = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n')
  const start = parseStartLine(startLine)
  if (!start) return { ok: false, reason: { problem: 'Bad Start Line', request: null } }

  const fields = headerLines.map(parseHeaderLine)
  const parsed = fields.filter((field) => field !== null)
  const message: SipMessage = { ...start, headers: parsed, body: rest.join('\r\n\r\n') }
  const problem = fields.includes(null) ? 'Bad Header Line' : problemOf(message)
  if (problem) return { ok: false, reason: { problem, request: answerable(message) } }
  return { ok: true, value: { ...message, body: bodyWithin(message) } }
}

/** The text of a message; `Content-Length` is added. */
export function formatSip(startLine: string, fields: readonly SipHeader[], body = ''): string {
  const lines = fields.map(([name, value]) => `${name}: ${value}`)
  const length = `Content-Length: ${Buffer.byteLength(body)}`
  return [startLine, ...lines, length, '', body].join('\r\n')
}

function parseStartLine(line: string) {
  const request = REQUEST_LINE.exec(line)
  if (request?.[1] && request[2]) {
    return { kind: 'request', method: request[1], uri: request[2] } as const
  }
  const status = STATUS_LINE.exec(line)
  if (!status) return null
  return { kind: 'response', status: Number(status[1]), reason: status[2] ?? '' } as const
}

function parseHeaderLine(line: string): SipHeader | null {
  const match = /^([A-Za-z0-9\-.!%*_+`'~]+)[ \t]*:[ \t]*([^\r\n]*?)[ \t]*$/.exec(line)
  const name = match?.[1]?.toLowerCase()
  return name === undefined ? null : [COMPACT_NAMES[name] ?? name, match?.[2] ?? '']
}

function problemOf(message: SipMessage): string | null {
  const missing = REQUIRED_NAMES.find((name) => !header(message, name))
  if (missing) return `Missing ${missing}`
  const cseq = /^\d{1,10} ([A-Z]+)$/.exec(header(message, 'cseq') ?? '')
  if (!cseq) return 'Bad CSeq'
  if (message.kind === 'request' && cseq[1] !== message.method) return 'CSeq Method Mismatch'
  const length = header(message, 'content-length') ?? '0'
  if (!/^\d{1,9}$/.test(length)) return 'Bad Content-Length'
  return Number(length) > Buffer.byteLength(message.body) ? 'Body Too Short' : null
}

/** Octets beyond Content-Length are no part of the body (RFC 3261 §18.3). */
function bodyWithin(message: SipMessage): string {
  const length = header(message, 'content-length')
  if (length === undefined) return message.body
  return Buffer.from(message.body).subarray(0, Number(length)).toString()
}

/** A response can be addressed when it has what every response repeats. */
function answerable(message: SipMessage): SipRequest | null {
  if (message.kind !== 'request' || message.method === 'ACK') return null
  return REQUIRED_NAMES.every((name) => header(message, name)) ? message : null
}

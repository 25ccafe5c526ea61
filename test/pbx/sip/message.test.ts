import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tagOf, uriOf, userOf } from './address.ts'
import { formatSip, header, headers, parseSip, type SipRequest } from './message.ts'
import { formatReply } from './reply.ts'

const INVITE = [
  'INVITE sip:%2B74951230001@pbx.test SIP/2.0',
  'Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK1',
  'v: SIP/2.0/WSS b.invalid;branch=z9hG4bK2',
  'f: "Оператор" <sip:100@pbx.test>;tag=abc',
  'To: <sip:+74951230001@pbx.test>',
  'Call-ID: id1',
  'CSeq: 1 INVITE',
  'Subject: folded',
  '  over two lines',
  'Content-Length: 4',
]
const text = (lines: string[], body = 'body') => `${lines.join('\r\n')}\r\n\r\n${body}`

function parsed(raw: string): SipRequest {
  const result = parseSip(raw)
  if (!result.ok || result.value.kind !== 'request') throw new Error('not a request')
  return result.value
}

describe('reading a message', () => {
  test('knows compact names, repeated and folded headers', () => {
    const invite = parsed(text(INVITE))
    expect(invite).toMatchObject({ method: 'INVITE', body: 'body' })
    expect(headers(invite, 'Via')).toHaveLength(2)
    expect(header(invite, 'FROM')).toBe('"Оператор" <sip:100@pbx.test>;tag=abc')
    expect(header(invite, 'subject')).toBe('folded over two lines')
  })

  test('drops what stands behind Content-Length', () => {
    expect(parsed(text(INVITE, 'body and more')).body).toBe('body')
  })

  test('reads a response', () => {
    const lines = ['SIP/2.0 200 OK', ...INVITE.slice(1)]
    expect(parseSip(text(lines))).toMatchObject({ ok: true, value: { status: 200, reason: 'OK' } })
  })

  test.each([
    ['a missing Call-ID', INVITE.filter((line) => !line.startsWith('Call-ID')), false],
    ['a header without colon', [...INVITE, 'nonsense'], true],
    ['a method that CSeq does not name', INVITE.with(6, 'CSeq: 1 BYE'), true],
    ['a CSeq without number', INVITE.with(6, 'CSeq: INVITE'), true],
    ['a Content-Length that is no number', INVITE.with(9, 'Content-Length: -1'), true],
    ['a body that is too short', INVITE.with(9, 'Content-Length: 99'), true],
    ['a start line of something else', ['GET / HTTP/1.1', ...INVITE.slice(1)], false],
  ])('refuses %s', (_, lines, isAnswerable) => {
    const result = parseSip(text(lines))
    expect(result.ok).toBe(false)
    if (!result.ok) expect(result.reason.request !== null).toBe(isAnswerable)
  })

  test('never throws', () => {
    const bits = fc.constantFrom(...INVITE, '\r\n', '\r\n\r\n', ':', ' ', 'SIP/2.0 999 x')
    const garbage = fc.oneof(
      fc.string(),
      fc.array(bits).map((parts) => parts.join('\r\n')),
    )
    fc.assert(fc.property(garbage, (raw) => typeof parseSip(raw).ok === 'boolean'))
  })
})

describe('writing a message', () => {
  test('counts the body in bytes', () => {
    expect(formatSip('SIP/2.0 200 OK', [], 'дом')).toContain('Content-Length: 6\r\n')
  })

  test('a reply repeats Via, From, Call-ID and CSeq and tags To', () => {
    const invite = parsed(text(INVITE))
    const reply = parseSip(formatReply(invite, 180, { toTag: 'mine' }))
    if (!reply.ok) throw new Error(reply.reason.problem)
    expect(reply.value).toMatchObject({ kind: 'response', status: 180, reason: 'Ringing' })
    for (const name of ['via', 'from', 'call-id', 'cseq']) {
      expect(headers(reply.value, name)).toEqual(headers(invite, name))
    }
    expect(tagOf(header(reply.value, 'to') ?? '')).toBe('mine')
  })

  test('100 carries no tag, and a tag that is there stays', () => {
    const invite = parsed(text(INVITE))
    expect(formatReply(invite, 100, { toTag: 'mine' })).not.toContain('tag=mine')
    const inDialog = parsed(text(INVITE.with(4, 'To: <sip:1@pbx.test>;tag=old')))
    expect(formatReply(inDialog, 200, { toTag: 'mine' })).not.toContain('tag=mine')
  })
})

describe('addresses', () => {
  test.each([
    ['"A <b>" <sip:100@pbx.test;transport=ws>;tag=1', 'sip:100@pbx.test;transport=ws'],
    ['sip:100@pbx.test;tag=1', 'sip:100@pbx.test'],
    ['*', null],
  ])('the URI of %s', (address, uri) => {
    expect(uriOf(address)).toBe(uri)
  })

  test.each([
    ['sip:%2B74951230001@pbx.test', '+74951230001'],
    ['sips:100:secret@pbx.test', '100'],
    ['sip:%ZZ@pbx.test', null],
    ['sip:pbx.test', null],
  ])('the user of %s', (uri, user) => {
    expect(userOf(uri)).toBe(user)
  })

  test('a tag inside the URI is not the tag of the address', () => {
    expect(tagOf('<sip:1@pbx.test;tag=no>')).toBeNull()
    expect(tagOf('<sip:1@pbx.test> ; tag=yes')).toBe('yes')
  })
})

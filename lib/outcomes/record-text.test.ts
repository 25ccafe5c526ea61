import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AttemptRecord } from '../contracts/attempt.ts'
import { Evidence } from '../contracts/outcome.ts'
import { NOW, OPERATOR } from './draft.fixture.ts'
import { formatRecord, parseRecord } from './record-text.ts'

function record(changes: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    attemptId: '0f6c2a52-5f0a-4d8e-8a51-6f7f3d1b9e10',
    at: NOW,
    pass: 1,
    outcome: 'call_back',
    cause: 'no_answer',
    kind: 'intermediate',
    attempt: 1,
    comment: 'Нет ответа 1',
    grade: null,
    stopList: null,
    callbackAt: '2026-03-04T13:37:00+03:00',
    nextContactAt: null,
    meetingAt: null,
    operator: OPERATOR,
    campaign: { id: 'b2b-cold-ru', version: 1 },
    evidence: Evidence.parse({ rangSeconds: 60 }),
    marksByHand: ['spoke_with:dm'],
    ...changes,
  }
}

const escapeHtml = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')

describe('the record in the call activity', () => {
  test('begins with what people read', () => {
    expect(formatRecord(record())).toMatch(/^Нет ответа 1\nАнна Белова\n\nprozvon:1:\{/)
  })

  test('comes back whole, whatever the operator typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (comment) => {
        const written = record({ comment })
        expect(parseRecord(formatRecord(written))).toEqual(written)
        expect(parseRecord(escapeHtml(formatRecord(written)))).toEqual(written)
      }),
    )
  })

  test.each<[string, (text: string) => string]>([
    ['quotes as entities', (text) => text.replaceAll('"', '&quot;')],
    ['escaped twice', (text) => escapeHtml(escapeHtml(text))],
    ['line breaks as tags', (text) => `<p>${text.replaceAll('\n', '<br>\n')}</p>`],
    ['a line that somebody added', (text) => `${text}\n\nпозвонила сама, {всё} верно`],
    ['in BBCode', (text) => `[p]${text}[/p]`],
    ['Windows line ends', (text) => text.replaceAll('\n', '\r\n')],
  ])('is found all the same: %s', (_, spoil) => {
    const written = record({ comment: 'ЛПР занят 1: «смета & <акты>» "срочно" {1}' })
    expect(parseRecord(spoil(formatRecord(written)))).toEqual(written)
  })

  test('what only looks like a record in the operator’s words does not count', () => {
    const forged = formatRecord(record({ attemptId: '11111111-1111-4111-8111-111111111111' }))
    for (const comment of ['prozvon:1:{"attemptId":1}', 'prozvon:1:{', forged]) {
      const written = record({ comment })
      expect(parseRecord(formatRecord(written))).toEqual(written)
    }
  })

  test.each([
    ['nothing', ''],
    ['somebody’s own text', 'Звонила, просили перезвонить'],
    ['a label alone', 'prozvon:1:'],
    ['a cut line', formatRecord(record()).slice(0, -20)],
    ['another version', formatRecord(record()).replace('prozvon:1:', 'prozvon:2:')],
    ['JSON of another shape', 'prozvon:1:{"attemptId":"x"}'],
  ])('%s is no record', (_, text) => {
    expect(parseRecord(text)).toBeNull()
  })
})

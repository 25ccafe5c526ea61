import { describe, expect, test } from 'vitest'
import { shippedCampaign } from '../../campaign/shipped/index.ts'
import { answerLine } from './answer-line.ts'

const NOW = '2026-03-02T10:15:00+03:00'

function ask(input: object): Record<string, unknown> {
  return JSON.parse(
    answerLine(JSON.stringify({ id: 'c', campaign: 'b2b-cold-ru', now: NOW, ...input })).text,
  )
}

const noAnswer = { outcome: 'no_answer', evidence: { rangSeconds: 61 } }

describe('an accepted case', () => {
  test('is answered whole, its keys in the order of the contract', () => {
    const answer = ask({
      random: 42,
      history: [
        {
          at: '2026-02-26T12:00:00+03:00',
          pass: 1,
          outcome: 'call_back',
          cause: 'no_answer',
          kind: 'intermediate',
        },
      ],
      proposal: noAnswer,
    })
    expect(answer).toEqual({
      id: 'c',
      accepted: true,
      outcome: 'call_back',
      cause: 'no_answer',
      kind: 'intermediate',
      attempt: 2,
      comment: 'Нет ответа 2',
      callbackAt: expect.stringMatching(/^2026-03-04T\d\d:\d\d:00\+03:00$/),
      nextContactAt: null,
      meetingAt: null,
      grade: null,
      stopList: null,
      effects: [{ type: 'call_record' }, { type: 'comment' }, { type: 'fields' }, { type: 'todo' }],
      warnings: [],
      violations: [],
    })
    expect(Object.keys(answer).slice(0, 3)).toEqual(['id', 'accepted', 'outcome'])
  })

  test('gets the same answer again with the same random', () => {
    const draw = (random: number) => ask({ random, proposal: noAnswer }).callbackAt
    expect(draw(7)).toBe(draw(7))
    expect(new Set([1, 2, 3, 4, 5].map(draw)).size).toBeGreaterThan(1)
  })

  test('takes null like a missing key, drops unknown keys, and keeps a number as id', () => {
    expect(
      ask({
        id: 7,
        overrides: null,
        random: null,
        pass: null,
        history: null,
        lead: null,
        taken: null,
        comment: 'unknown key',
        proposal: {
          ...noAnswer,
          cause: null,
          reason: null,
          rude: null,
          approval: null,
          evidence: { rangSeconds: 61, endedBy: null, email: null, unknown: 1 },
        },
      }),
    ).toMatchObject({ id: 7, accepted: true })
  })
})

describe('a refused case', () => {
  test('names the violation with its field, and what would be accepted instead', () => {
    expect(
      ask({ proposal: { outcome: 'no_answer', reason: 'тишина', evidence: { rangSeconds: 31 } } }),
    ).toEqual({
      id: 'c',
      accepted: false,
      violations: [
        { code: 'wait_too_short', field: 'evidence.rangSeconds', message: expect.any(String) },
      ],
      instead: [
        'connection_error',
        'line_busy',
        'private_person',
        'other_company',
        'competitor',
        'already_client',
      ],
    })
  })

  test.each([
    ['outcome', { outcome: 'voicemail' }, 'unknown_outcome'],
    ['cause', { outcome: 'call_back', cause: 'voicemail' }, 'cause_required'],
    ['variant', { outcome: 'private_person', variant: 'voicemail' }, 'variant_required'],
  ])('an unknown word as %s is a violation, no invalid line', (_, proposal, code) => {
    expect(ask({ proposal })).toMatchObject({ accepted: false, violations: [{ code }] })
  })
})

describe('overrides', () => {
  const meeting = {
    outcome: 'meeting_set',
    meetingAt: '2026-03-03T12:00:00+03:00',
    evidence: {
      spokeWith: 'dm',
      presentation: true,
      preliminaryCallAgreed: true,
      decisionMaker: 'Иван',
    },
  }

  test('are laid over the campaign key by key', () => {
    expect(
      ask({
        overrides: { approvedInAdvance: ['meeting_set'], city: 'Київ', attempts: null },
        lead: { city: 'м. Киев' },
        proposal: meeting,
      }),
    ).toMatchObject({ accepted: true, grade: 'hot' })
  })

  test('limits are merged key by key: a lower maximum alone is enough', () => {
    expect(
      ask({ overrides: { attempts: { max: 1, scope: null } }, proposal: noAnswer }),
    ).toMatchObject({ kind: 'final', comment: 'Не берут трубку 1' })
  })

  test('do not stay with the shipped campaign', () => {
    ask({ overrides: { disabled: ['no_answer'] }, proposal: noAnswer })
    expect(ask({ proposal: noAnswer })).toMatchObject({ accepted: true })
  })
})

test('a whole campaign may come with the case', () => {
  const campaign = { ...shippedCampaign('b2b-cold-uk'), waitSeconds: 5 }
  expect(
    ask({ campaign, proposal: { outcome: 'no_answer', evidence: { rangSeconds: 5 } } }),
  ).toMatchObject({ comment: 'Немає відповіді 1', callbackAt: expect.stringContaining('+02:00') })
})

describe('a line that is no valid case is answered with its error', () => {
  const valid = { id: 'c', campaign: 'b2b-cold-ru', now: NOW, proposal: { outcome: 'line_busy' } }
  test.each<[string, string, unknown]>([
    ['no JSON', 'rubbish', null],
    ['an empty line', '', null],
    ['no object', '[]', null],
    ['no id', JSON.stringify({ ...valid, id: undefined }), null],
    ['an id that is neither text nor number', JSON.stringify({ ...valid, id: {} }), null],
    ['no proposal', JSON.stringify({ ...valid, proposal: undefined }), 'c'],
    ['an unknown campaign', JSON.stringify({ ...valid, campaign: 'b2c' }), 'c'],
    ['a time without offset', JSON.stringify({ ...valid, now: '2026-03-02T10:15:00' }), 'c'],
    ['a day that does not exist', JSON.stringify({ ...valid, now: '2026-02-30T10:15:00Z' }), 'c'],
    [
      'a zone that does not exist',
      JSON.stringify({ ...valid, lead: { timeZone: 'Europe/Atlantis' } }),
      'c',
    ],
    [
      'a flag that is a text',
      JSON.stringify({ ...valid, proposal: { outcome: 'line_busy', rude: 'yes' } }),
      'c',
    ],
  ])('%s', (_, line, id) => {
    const { isValid, text } = answerLine(line)
    expect(isValid).toBe(false)
    expect(JSON.parse(text)).toEqual({ id, error: expect.any(String) })
  })
})

import { describe, expect, it, test } from 'vitest'
import type { Campaign } from '../contracts/campaign.ts'
import { checkedCampaign, readCampaign } from './check.ts'
import { shippedCampaigns } from './shipped/index.ts'

type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T

test.each(shippedCampaigns())('the shipped campaign $id can be published', (campaign) => {
  expect(checkedCampaign(campaign)).toEqual({ ok: true, value: campaign })
})

const [SHIPPED] = shippedCampaigns()

/** A problem's place and words after one change of a shipped campaign. */
function problemsAfter(change: (campaign: Mutable<Campaign>) => void): string[] {
  const campaign = structuredClone(SHIPPED) as Mutable<Campaign>
  change(campaign)
  const checked = checkedCampaign(campaign)
  return checked.ok ? [] : checked.reason.map(({ path, message }) => `${path}: ${message}`)
}

const at = <T>(list: readonly T[], index = 0): T => {
  const part = list[index]
  if (part === undefined) throw new Error(`nothing at ${index}`)
  return part
}

describe('a broken campaign is refused, and the place is named', () => {
  test.each<[string, (campaign: Mutable<Campaign>) => void, string]>([
    ['a wrong type', (c) => Object.assign(c, { waitSeconds: 'long' }), 'waitSeconds: '],
    ['an unknown name', (c) => Object.assign(c, { colour: 'red' }), ': Unrecognized key'],
    ['no title', (c) => Object.assign(c, { title: ' ' }), 'title: must not be empty'],
    ['a zone that is none', (c) => Object.assign(c, { timeZone: 'Kyiv' }), 'timeZone: Kyiv is no'],
    ['fewer in all than of one', (c) => (c.attempts.total = 1), 'attempts.total: must not be less'],
    ['an outcome missing', (c) => c.outcomes.shift(), 'outcomes: no_answer is missing'],
    ['an outcome twice', (c) => c.outcomes.push(at(c.outcomes)), 'outcomes.23: no_answer is there'],
    ['an outcome of another kind', (c) => (at(c.outcomes).type = 'final'), 'outcomes.0.type: no_'],
    [
      'an outcome without text',
      (c) => (at(c.outcomes).comment.text = ''),
      'outcomes.0.comment.text',
    ],
    [
      'a placeholder in a comment that nobody fills',
      (c) => (at(c.outcomes).comment.text = 'Нет {name}'),
      'outcomes.0.comment.text: nobody fills {name}',
    ],
    [
      'a brace that is not closed',
      (c) => (at(c.outcomes).comment.text = 'Нет {n'),
      'outcomes.0.comment.text: a brace is not closed',
    ],
    [
      'a variant’s text without the variant',
      (c) => (at(c.outcomes).comment.variants.odd = 'x'),
      'outcomes.0.comment.variants.odd: no such variant',
    ],
    ['a cause that is switched off', (c) => c.disabled.push('no_answer'), 'causes.0: no_answer is'],
    ['no cause', (c) => c.causes.splice(0), 'causes: call_back needs a cause'],
    ['no script of its language', (c) => (c.language = 'uk'), ''],
    ['a start that is no step', (c) => (at(c.scripts).start = 'x'), 'scripts.0.start: there is no'],
    [
      'an answer that leads nowhere',
      (c) => (at(at(at(c.scripts).steps).answers).next = 'nowhere'),
      'scripts.0.steps.0.answers.0.next: there is no step nowhere',
    ],
    [
      'a step that nothing leads to',
      (c) => at(c.scripts).steps.push({ ...at(at(c.scripts).steps), id: 'island' }),
      'no answer leads to island',
    ],
    [
      'a dead end: a circle without a way out',
      (c) => {
        for (const step of at(c.scripts).steps) {
          for (const answer of step.answers) answer.next ??= step.id
        }
      },
      'no way leads to the end of the script',
    ],
    [
      'an objection that is not there',
      (c) => at(at(c.scripts).steps).marks.push({ type: 'objection_raised', objection: 'x' }),
      'there is no objection x',
    ],
    ['a template twice', (c) => c.templates.push(at(c.templates)), 'is there twice'],
    [
      'a mail without a subject',
      (c) => {
        for (const template of c.templates) template.subject = null
      },
      'a mail has no subject',
    ],
    ['a message without its template', (c) => c.templates.splice(0, 1), 'messages.'],
    [
      'two results in one field',
      (c) => (c.mapping.fields.grade = c.mapping.fields.outcome),
      'mapping.fields.grade: UF_CRM_PROZVON_OUTCOME is taken',
    ],
    ['a field that can’t be', (c) => (c.mapping.fields.grade = 'a b'), 'mapping.fields.grade: a b'],
    [
      'a list with nobody in it',
      (c) => c.belongs.push({ by: 'list', leads: [], companies: [] }),
      'belongs.0: the list is empty',
    ],
  ])('%s', (name, change, complaint) => {
    if (complaint === '') return expect(problemsAfter(change)).toEqual([])
    expect(problemsAfter(change).join('\n'), name).toContain(complaint)
  })

  it('tells all problems at once', () => {
    const problems = problemsAfter((campaign) => {
      campaign.title = ''
      campaign.customer.name = ''
    })
    expect(problems).toHaveLength(2)
  })
})

describe('documents of an earlier shape', () => {
  const { schemaVersion: _, belongs: __, repeatLimits, ...first } = SHIPPED ?? at([])
  const { campaign: ___, ...fields } = first.mapping.fields
  const shape1 = { ...first, mapping: { ...first.mapping, fields } }

  it('of shape 1 are for every lead, and remember the choice where our fields are', () => {
    const read = readCampaign(shape1)
    expect(read).toMatchObject({ ok: true, value: { schemaVersion: 3, belongs: [] } })
    expect(read.ok && read.value.mapping.fields.campaign).toBe('UF_CRM_PROZVON_CAMPAIGN')
  })

  it('of shape 2 get the repeat limits of the agreement; those of shape 3 keep their own', () => {
    const shape2 = { ...first, belongs: [] }
    for (const old of [shape2, { ...shape2, schemaVersion: 2 }]) {
      expect(readCampaign(old)).toMatchObject({ ok: true, value: { repeatLimits } })
    }
    const own = { ...shape2, repeatLimits: [] }
    expect(readCampaign(own)).toMatchObject({ ok: true, value: { repeatLimits: [] } })
  })

  it('keep a choice nowhere on a portal with other fields', () => {
    const other = {
      ...shape1,
      mapping: { ...shape1.mapping, fields: { ...fields, outcome: 'UF_A' } },
    }
    const read = readCampaign(other)
    expect(read.ok && read.value.mapping.fields.campaign).toBeNull()
  })

  it.each([
    ['of a newer product', { ...SHIPPED, schemaVersion: 99 }, 'schemaVersion'],
    ['that is a list', [], ''],
    ['that is nothing', null, ''],
  ])('a document %s is refused, not guessed at', (_name, value, path) => {
    const read = readCampaign(value)
    expect(read.ok ? null : read.reason[0]?.path).toBe(path)
  })
})

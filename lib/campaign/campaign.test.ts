import { describe, expect, test } from 'vitest'
import { OUTCOME_IDS } from '../contracts/outcome.ts'
import { isSameCity } from './city.ts'
import { fillPlaceholders } from './fill-placeholders.ts'
import { outcomeRuleOf, outcomeTitle, scriptOf, templateOf } from './find.ts'
import { shippedCampaign, shippedCampaigns } from './shipped/index.ts'

const KNOWN_PLACEHOLDERS = ['contact', 'company', 'operator', 'customer']

function placeholdersOf(text: string): string[] {
  return [...text.matchAll(/\{(\w+)/g)].map((match) => match[1] ?? '')
}

describe.each(shippedCampaigns())('campaign $id', (campaign) => {
  test('has all outcomes of the deck in its order, each titled (001-5 … 001-26)', () => {
    expect(campaign.outcomes.map((rule) => rule.id)).toEqual(OUTCOME_IDS)
    expect(campaign.outcomes.filter((rule) => rule.title === '')).toEqual([])
  })

  test('asks the customer about seven outcomes (001-3)', () => {
    expect(campaign.outcomes.filter((rule) => rule.needsApproval).map((rule) => rule.id)).toEqual([
      'off_profile_secretary',
      'email_sent_dm',
      'email_sent_secretary',
      'email_required',
      'customer_number_given',
      'meeting_set',
      'call_transferred',
    ])
  })

  test('has a text for every variant that changes what is said', () => {
    for (const id of ['dm_refusal', 'private_person', 'already_client']) {
      const rule = outcomeRuleOf(campaign, id)
      expect(Object.keys(rule?.comment.variants ?? {})).toEqual(rule?.variants)
    }
  })

  test('says nothing in exclamation, and names the decision maker in its own language', () => {
    const own = JSON.stringify([
      campaign.outcomes,
      scriptOf(campaign, campaign.language),
      campaign.templates.filter((template) => template.language === campaign.language),
    ])
    expect(own).not.toContain('!')
    const foreign =
      campaign.language === 'uk'
        ? /ЛПР|[ыэъё]|[а-яіїєґ]'[а-яіїєґ]/i
        : /(?<!\p{L})ОПР(?!\p{L})|[іїєґ]/u
    expect(foreign.exec(own)?.[0]).toBeUndefined()
  })

  test('names no user of any portal: ids differ from portal to portal', () => {
    expect(campaign.salesRep).toBeNull()
  })

  test('has templates in both languages for every message it sends', () => {
    for (const { template, channel } of campaign.messages) {
      for (const language of ['ru', 'uk'] as const) {
        expect(templateOf(campaign, template, language)?.channel).toBe(channel)
      }
    }
  })

  test('promises a call in one SMS of 70 Cyrillic characters', () => {
    for (const language of ['ru', 'uk'] as const) {
      const text = fillPlaceholders(templateOf(campaign, 'call-promised', language)?.text ?? '', {
        customer: campaign.customer.name,
        date: '04.03.2026',
        time: '13:37',
      })
      expect(text.length).toBeLessThanOrEqual(70)
      expect(text).toContain('04.03.2026')
    }
  })
})

describe.each(shippedCampaigns().flatMap((campaign) => campaign.scripts))(
  'script in $language',
  (script) => {
    const ids = script.steps.map((step) => step.id)

    test('leads from every answer to a step that exists, and to every step', () => {
      const targets = script.steps.flatMap((step) => step.answers.map((answer) => answer.next))
      for (const target of targets) if (target !== null) expect(ids).toContain(target)
      expect([script.start, ...ids.filter((id) => targets.includes(id))].sort()).toEqual(
        [...ids].sort(),
      )
    })

    test('goes through the five stages and leaves the marks that the rules ask for', () => {
      expect(new Set(script.steps.map((step) => step.stage))).toEqual(new Set([1, 2, 3, 4, 5]))
      const marks = JSON.stringify(script.steps)
      for (const mark of ['"who":"dm"', 'presentation', 'objection_handled', 'confirmed_aloud']) {
        expect(marks).toContain(mark)
      }
    })

    test('handles objections that it has, in four moves (004-5)', () => {
      const objections = script.objections.map((objection) => objection.id)
      for (const [, id] of JSON.stringify(script.steps).matchAll(/"objection":"(\w+)"/g)) {
        expect(objections).toContain(id)
      }
      expect(objections).toHaveLength(2)
    })

    test('uses only placeholders that are filled', () => {
      for (const step of script.steps) {
        for (const name of placeholdersOf(step.say)) expect(KNOWN_PLACEHOLDERS).toContain(name)
      }
    })
  },
)

test('both languages walk the same way, so that switching keeps the place', () => {
  const [first, second] = shippedCampaign('b2b-cold-ru')?.scripts ?? []
  const skeleton = (script: typeof first) =>
    script?.steps.map(({ id, stage, marks, fields, answers }) => ({
      id,
      stage,
      marks,
      fields,
      answers: answers.map(({ label: _, ...rest }) => rest),
    }))
  expect(skeleton(first)).toEqual(skeleton(second))
})

test('an outcome that the campaign does not have keeps its identifier as title', () => {
  const [campaign] = shippedCampaigns()
  if (!campaign) throw new Error('no shipped campaign')
  expect(outcomeTitle(campaign, 'call_back')).toBe('ПЕРЕЗВОНИТЬ КЦ')
  expect(outcomeTitle(campaign, 'gone')).toBe('gone')
})

describe('placeholders', () => {
  test.each([
    ['Это {operator}, {customer}.', 'Это Анна, Северный Свет.'],
    ['{contact|Здравствуйте}, это {operator}', 'Здравствуйте, это Анна'],
    ['{unknown}{toString}.', '.'],
    ['{reason}', '{operator}'],
  ])('%s → %s', (text, filled) => {
    expect(
      fillPlaceholders(text, {
        operator: 'Анна',
        customer: 'Северный Свет',
        contact: null,
        reason: '{operator}',
      }),
    ).toBe(filled)
  })
})

describe('two names of one city (001-20)', () => {
  const aliases = [
    ['Москва', 'Moscow'],
    ['Львів', 'Львов', 'Lviv'],
  ]
  test.each([
    ['Москва', 'г. москва', true],
    ['Москва', ' город  Москва\u00a0', true],
    ['Москва', 'г.Москва', true],
    ['Москва', 'Moscow', true],
    ['Львів', 'м. Львов', true],
    ['Орёл', 'орел', true],
    ["Кам'янець-Подільський", 'Кам’янець-Подільський', true],
    ['смт. Брюховичі', 'Брюховичі', true],
    ['смт Брюховичі', 'с.Брюховичі', true],
    ['Городок', 'город Городок', true],
    ['Городок', 'ок', false],
    ['Москва', 'Подмосковье', false],
    ['Москва', '', false],
    ['', '', false],
  ])('%s and %s: %s', (a, b, same) => {
    expect(isSameCity(a, b, aliases)).toBe(same)
  })
})

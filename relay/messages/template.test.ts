import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MessageTemplate } from '../../lib/contracts/campaign.ts'
import { render } from './template.ts'

const sms = (text: string): MessageTemplate => ({
  id: 't',
  channel: 'sms',
  language: 'uk',
  subject: null,
  text,
})

describe('a template', () => {
  it.each([
    [
      'fills placeholders',
      '{contact}, {time}',
      { contact: 'Олена', time: '11:17' },
      'Олена, 11:17',
    ],
    ['fills one as often as it stands', '{a}{a}', { a: 'x' }, 'xx'],
    ['has words for where there is no value', '{a|colleague}, {b|x}', { a: '' }, 'colleague, x'],
    ['prefers the value to the words', '{a|colleague}', { a: 'Олена' }, 'Олена'],
    ['ignores variables it does not need', 'hi', { a: 'x' }, 'hi'],
    ['fills once only', '{a} {b}', { a: '{b}', b: 'x' }, '{b} x'],
    ['leaves other braces alone', '{ } {1} {{a}}', { a: 'x' }, '{ } {1} {x}'],
    ['makes values one line', '{a}', { a: ' a\r\n\tb\u2028c\u0000d ' }, 'a b c d'],
    ['drops marks that turn the direction', '{a}', { a: 'a\u202eb\u2066c' }, 'a b c'],
    ['takes a full stop for what it is', '{a}', { a: 'м.Київ, ТОВ «А.Б.»' }, 'м.Київ, ТОВ «А.Б.»'],
  ])('%s', (_name, text, variables, expected) => {
    expect(render(sms(text), variables)).toEqual({
      ok: true,
      value: { subject: null, text: expected },
    })
  })

  it.each([
    ['a missing variable', '{a}', {}, 'variable a is missing'],
    ['an empty variable', 'at {a}', { a: ' ' }, 'variable a is missing'],
    ['a name every object has', '{constructor}', {}, 'variable constructor is missing'],
    ['a link', '{a}', { a: 'see http://x.example' }, 'variable a holds a link'],
    ['a link without scheme', '{a}', { a: 'www.x.example' }, 'variable a holds a link'],
    ['a short link', '{a}', { a: 'bit.ly/x' }, 'variable a holds a link'],
    [
      'an SMS of more than ten parts',
      `${'я'.repeat(600)}{a}`,
      { a: 'я'.repeat(71) },
      'longer than',
    ],
  ])('%s is refused', (_name, text, variables, reason) => {
    const rendered = render(sms(text), variables)
    expect(rendered.ok ? '' : rendered.reason).toContain(reason)
  })

  it('the subject of a mail is one line whatever the variables are', () => {
    const nasty = fc.constantFrom(...'aя {}:.\r\n\t\0\x1b\x85\u2028\u2029\u202e\u2066')
    const mail: MessageTemplate = { ...sms('text'), channel: 'mail', subject: 'For {company}' }
    fc.assert(
      fc.property(fc.string({ unit: nasty, maxLength: 200 }), (company) => {
        const rendered = render(mail, { company })
        const subject = rendered.ok ? rendered.value.subject : 'refused'
        expect(subject).not.toMatch(/[\r\n\p{Cc}\u2028\u2029]/u)
      }),
    )
  })
})

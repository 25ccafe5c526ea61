import { Window } from 'happy-dom'
import { describe, expect, test } from 'vitest'
import type { Html } from './html.ts'
import { emailLink, messengerLink, normalizePhone, phoneLink, webLink } from './phone-link.ts'

const OWNER = { kind: 'lead', id: 7 } as const

function attributes(link: Html): Record<string, string | null> {
  const { document } = new Window()
  document.body.innerHTML = link.text
  const anchor = document.body.firstElementChild
  return {
    class: anchor?.getAttribute('class') ?? null,
    href: anchor?.getAttribute('href') ?? null,
    onclick: anchor?.getAttribute('onclick') ?? null,
    title: anchor?.getAttribute('title') ?? null,
    text: anchor?.textContent ?? null,
  }
}

describe('a phone link', () => {
  const native =
    `if(typeof(top.BXIM)!=='undefined'){top.BXIM.phoneTo('+380445990117', ` +
    `{"ENTITY_TYPE_NAME":"LEAD","ENTITY_ID":7,"AUTO_FOLD":true});return BX.PreventDefault(event);}`

  test.each([
    ['bitrix', 'callto://+380445990117', native],
    ['callto', 'callto:+380445990117', ''],
    ['callto-slashes', 'callto://+380445990117', ''],
    ['custom', 'tel:+380445990117', ''],
  ] as const)('of format %s has its href and its handler', (format, href, onclick) => {
    expect(attributes(phoneLink('+380 (44) 599-01-17', OWNER, format))).toEqual({
      class: 'crm-entity-phone-number',
      href,
      onclick,
      title: '+380 44 599 0117',
      text: '+380 44 599 0117',
    })
  })

  test('shows what it can’t parse as it stands, and dials only its digits', () => {
    const hostile = `"');alert(1)//`
    const link = attributes(phoneLink(hostile, OWNER, 'bitrix'))
    expect(link.text).toBe(hostile)
    expect(link.href).toBe('callto://1')
    expect(link.onclick).toContain(`phoneTo('1', {`)
  })

  test.each([
    ['+7 (812) 555-01-42', '+78125550142'],
    ['8 800 555 01 00,123', '88005550100,123'],
    ['044 599 0117 доб. 5', '04459901175'],
  ])('%j is normalised to %j', (value, expected) => {
    expect(normalizePhone(value)).toBe(expected)
  })
})

describe('other links', () => {
  test('an IM value has the phone’s class, and keeps its quotes inside the handler’s string', () => {
    const link = attributes(messengerLink(`o'hara\\`))
    expect(link.class).toBe('crm-entity-phone-number')
    expect(link.onclick).toContain(`openMessenger('o\\'hara\\\\')`)
  })

  test('a site can’t be a script', () => {
    expect(attributes(webLink('javascript:alert(1)')).href).toBe('https://javascript:alert(1)')
  })

  test('an e-mail address is a mailto link', () => {
    expect(attributes(emailLink('a@b.example')).href).toBe('mailto:a@b.example')
  })
})

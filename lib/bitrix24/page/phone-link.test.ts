// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { numberOfClick, numberOfLink } from './phone-link.ts'

function link(html: string): Element {
  const box = document.createElement('div')
  box.innerHTML = html
  const found = box.querySelector('a')
  if (!found) throw new Error('no link')
  return found
}

describe('the number behind a phone link', () => {
  it.each([
    ['callto://+380973840482', '+380973840482'],
    ['callto:84951230001', '84951230001'],
    ['tel:+7%20495%20123-00-01', '+7 495 123-00-01'],
    ['bx://callto/phone/79161230002', '79161230002'],
  ])('stands in the href %s', (href, number) => {
    expect(numberOfLink(link(`<a href="${href}">shown otherwise</a>`))).toBe(number)
  })

  it('stands in the inline handler where the href is a template of the administrator’s', () => {
    const html = `<a href="javascript:void(0)" onclick="top.BXIM.phoneTo('+74951230001', {&quot;ENTITY_ID&quot;:1})">7 495…</a>`
    expect(numberOfLink(link(html))).toBe('+74951230001')
  })

  it('stands in the text at last', () => {
    expect(numberOfLink(link('<a href="#">+7 495 123-00-01</a>'))).toBe('+7 495 123-00-01')
  })

  it('is null where there is none', () => {
    expect(numberOfLink(link('<a href="#">Telegram</a>'))).toBeNull()
  })
})

describe('a click', () => {
  it('on an element within the link dials', () => {
    const phone = link('<a class="crm-entity-phone-number" href="tel:123456"><b>123456</b></a>')
    const path = [phone.querySelector('b'), phone, document] as EventTarget[]
    expect(numberOfClick(path)).toBe('123456')
  })

  it('on an open line that shares the phone’s class does not', () => {
    const box = document.createElement('div')
    box.innerHTML = '<div data-cid="IM"><a class="crm-entity-phone-number" href="#">12345</a></div>'
    const open = box.querySelector('a') as Element
    expect(numberOfClick([open, box])).toBeNull()
  })

  it('on any other link does not', () => {
    expect(numberOfClick([link('<a href="/crm/lead/details/12345/">Лид 12345</a>')])).toBeNull()
  })
})

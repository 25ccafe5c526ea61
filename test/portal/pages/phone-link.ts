import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { CardKind } from '../model.ts'
import { type Html, html } from './html.ts'
import type { PhoneFormat } from './types.ts'

/** Whose number it is: goes into the call's parameters. */
export interface PhoneOwner {
  kind: CardKind
  id: number
}

/** The number as Bitrix24's phone parser shows it; what it can't parse stays as it is. */
export function formatPhone(value: string): string {
  return parsePhoneNumberFromString(value)?.formatInternational() ?? value
}

/** Portal option NORMALIZE_NUMBER: only digits, `+`, `|` and `,` are left. */
export function normalizePhone(value: string): string {
  return value.replace(/[^\d+|,]/g, '')
}

/**
 * A phone link in a card. Bitrix24 makes it on the server (VIEW_DATA.value of the model) in the
 * format chosen in the CRM settings; text and title are formatted, href and onclick are not.
 */
export function phoneLink(value: string, owner: PhoneOwner, format: PhoneFormat): Html {
  const { href, onclick } = phoneAction(value, owner, format)
  const shown = formatPhone(value)
  return html`<a class="crm-entity-phone-number" title="${shown}" href="${href}" onclick="${onclick}">${shown}</a>`
}

/** A phone link in a list: another class, and an icon beside it. */
export function listPhoneLink(value: string, owner: PhoneOwner, format: PhoneFormat): Html {
  const { href, onclick } = phoneAction(value, owner, format)
  const shown = formatPhone(value)
  return html`<span class="crm-client-contacts-block-text"><a class="crm-client-contacts-block-text-tel" title="${shown}" href="${href}" onclick="${onclick}">${shown}</a></span>`
}

export function emailLink(value: string): Html {
  return html`<a class="crm-entity-email" title="${value}" href="mailto:${value}">${value}</a>`
}

/** A site: a plain link, http(s) only. */
export function webLink(value: string): Html {
  const href = /^https?:\/\//i.test(value) ? value : `https://${value}`
  return html`<a href="${href}" target="_blank" rel="noopener">${value}</a>`
}

/** An IM value has the class of phone numbers, though it can't be called. */
export function messengerLink(value: string): Html {
  const onclick = `if(typeof(top.BXIM)!=='undefined'){top.BXIM.openMessenger(${quoted(value)});}return BX.PreventDefault(event);`
  return html`<a class="crm-entity-phone-number" title="${value}" href="#" onclick="${onclick}">${value}</a>`
}

function phoneAction(
  value: string,
  owner: PhoneOwner,
  format: PhoneFormat,
): { href: string; onclick: string } {
  const number = normalizePhone(value)
  switch (format) {
    case 'bitrix':
      return { href: `callto://${number}`, onclick: nativeCall(number, owner) }
    case 'callto':
      return { href: `callto:${number}`, onclick: '' }
    case 'callto-slashes':
      return { href: `callto://${number}`, onclick: '' }
    case 'custom':
      // An administrator's template: `tel:[phone]`, without a click handler.
      return { href: `tel:${number}`, onclick: '' }
  }
}

/** The inline handler of the «Bitrix» format, the cloud's default. */
function nativeCall(number: string, owner: PhoneOwner): string {
  const parameters = JSON.stringify({
    ENTITY_TYPE_NAME: owner.kind.toUpperCase(),
    ENTITY_ID: owner.id,
    AUTO_FOLD: true,
  })
  return `if(typeof(top.BXIM)!=='undefined'){top.BXIM.phoneTo(${quoted(number)}, ${parameters});return BX.PreventDefault(event);}`
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(/\s/g, ' ')}'`
}

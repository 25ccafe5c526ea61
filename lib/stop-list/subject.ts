import { z } from 'zod'
import type { Result } from '../contracts/common.ts'
import type { StopSubject } from '../contracts/relay-stop-list.ts'
import { normalisePhone, type PhoneRefusal } from '../phone-number/normalise-phone.ts'

const Mail = z.email().max(254)

/** The subject that a written number means; an extension is dropped: the line is one. */
export function phoneSubject(
  raw: string,
  options: { defaultCountry?: 'UA' | 'RU' } = {},
): Result<StopSubject, PhoneRefusal> {
  const phone = normalisePhone(raw, options)
  if (!phone.ok) return phone
  return { ok: true, value: { kind: 'phone', value: phone.e164 } }
}

/**
 * The subject that a written address means. All of it is case-folded: RFC 5321 lets the part
 * before the @ tell case apart, but no provider of note does, and a bar must not be missed.
 */
export function mailSubject(raw: string): Result<StopSubject, 'not_an_address'> {
  const address = raw.trim().toLowerCase()
  if (!Mail.safeParse(address).success) return { ok: false, reason: 'not_an_address' }
  return { ok: true, value: { kind: 'mail', value: address } }
}

export type CompanyMark =
  | { by: 'bitrix24'; id: number }
  | { by: 'edrpou' | 'inn' | 'name'; text: string }

/** The subject that one mark of a company means; a company may have several, each a subject. */
export function companySubject(mark: CompanyMark): Result<StopSubject, 'not_a_company'> {
  const key = companyKey(mark)
  if (key === null) return { ok: false, reason: 'not_a_company' }
  return { ok: true, value: { kind: 'company', value: `${mark.by}:${key}` } }
}

function companyKey(mark: CompanyMark): string | null {
  switch (mark.by) {
    case 'bitrix24':
      return Number.isSafeInteger(mark.id) && mark.id > 0 ? String(mark.id) : null
    case 'edrpou':
      return matching(mark.text, /^\d{8}$/)
    case 'inn':
      return matching(mark.text, /^(\d{10}|\d{12})$/)
    case 'name':
      return nameKey(mark.text)
  }
}

function matching(text: string, pattern: RegExp): string | null {
  const key = text.replace(/\s/g, '')
  return pattern.test(key) ? key : null
}

const LEGAL_FORMS = new Set('тов ооо пп чп фоп ип ао ат зао пат прат оао пао llc ltd'.split(' '))

/** «ТОВ "Ромашка"» and «Ромашка, ООО» are one name; a name that is nothing but a form is none. */
function nameKey(text: string): string | null {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’ʼ`]/g, '')
    .match(/[\p{L}\p{N}]+/gu)
  const key = (words ?? []).filter((word) => !LEGAL_FORMS.has(word)).join(' ')
  return key === '' || key.length > 200 ? null : key
}

import type { CardKind } from '../model.ts'
import { type Texts, textOr } from './text.ts'
import type { PageContext } from './types.ts'

/** How the editor draws a field. */
export type FieldType = 'text' | 'multifield' | 'client' | 'user' | 'dictionary' | 'money' | 'html'

export interface SchemeField {
  name: string
  title: string
  type: FieldType
}

export interface SchemeSection {
  name: string
  title: string
  fields: SchemeField[]
}

const MULTIFIELDS = ['PHONE', 'EMAIL', 'WEB', 'IM']

const MAIN: Record<CardKind, string[]> = {
  lead: ['TITLE', 'NAME', 'LAST_NAME', 'POST', 'PHONE', 'EMAIL', 'IM', 'COMPANY_TITLE', 'CLIENT'],
  company: ['TITLE', 'PHONE', 'EMAIL', 'WEB', 'IM', 'INDUSTRY', 'CLIENT'],
  contact: ['NAME', 'LAST_NAME', 'POST', 'PHONE', 'EMAIL', 'IM', 'CLIENT'],
}
const ADDITIONAL: Record<CardKind, string[]> = {
  lead: ['OPPORTUNITY', 'SOURCE_ID', 'ASSIGNED_BY_ID', 'ADDRESS', 'COMMENTS'],
  company: ['ASSIGNED_BY_ID', 'ADDRESS', 'COMMENTS'],
  contact: ['SOURCE_ID', 'ASSIGNED_BY_ID', 'COMMENTS'],
}

/** Sections and fields of a card. On a real portal every user may arrange them himself. */
export function cardScheme(kind: CardKind, context: PageContext, texts: Texts): SchemeSection[] {
  const userFields = context.data.userFields
    .filter((field) => field.ENTITY_ID === `CRM_${kind.toUpperCase()}`)
    .map((field) => ({ name: field.FIELD_NAME, title: field.LABEL, type: 'text' as const }))
  return [
    {
      name: 'main',
      title: kind === 'lead' ? texts.sectionMain : texts.sectionMainOther,
      fields: MAIN[kind].map((name) => schemeField(name, texts)),
    },
    {
      name: 'additional',
      title: texts.sectionAdditional,
      fields: [...ADDITIONAL[kind].map((name) => schemeField(name, texts)), ...userFields],
    },
  ]
}

function schemeField(name: string, texts: Texts): SchemeField {
  return { name, title: textOr(texts, `field${name}`, name), type: fieldType(name) }
}

function fieldType(name: string): FieldType {
  if (MULTIFIELDS.includes(name)) return 'multifield'
  if (name === 'CLIENT') return 'client'
  if (name === 'ASSIGNED_BY_ID') return 'user'
  if (name === 'SOURCE_ID' || name === 'INDUSTRY') return 'dictionary'
  if (name === 'OPPORTUNITY') return 'money'
  if (name === 'COMMENTS') return 'html'
  return 'text'
}

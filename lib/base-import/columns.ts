/** The columns that a base has (requirement 000-23). */
export type BaseColumn =
  | 'company'
  | 'address'
  | 'phone'
  | 'contact'
  | 'email'
  | 'source'
  | 'category'

/** Headings by which a column is known, in Ukrainian, Russian and English, in lower case. */
const HEADINGS: Record<BaseColumn, readonly string[]> = {
  company: [
    'назва компанії',
    'компанія',
    'название компании',
    'компания',
    'company',
    'company name',
  ],
  address: [
    'адреса фактична або юридична',
    'адреса',
    'адрес фактический или юридический',
    'адрес',
    'address',
  ],
  phone: ['телефон', 'телефони', 'телефоны', 'phone', 'phones', 'phone number'],
  contact: [
    'контактна особа',
    'контактна особа (опр)',
    'контактное лицо',
    'контактное лицо (лпр)',
    'contact',
    'contact person',
  ],
  email: ['email', 'e-mail', 'пошта', 'електронна пошта', 'почта', 'электронная почта', 'mail'],
  source: ['sourse', 'source', 'джерело', 'источник'],
  category: ['категорія', 'категория', 'category'],
}

const BY_HEADING = new Map<string, BaseColumn>(
  Object.entries(HEADINGS).flatMap(([column, names]) =>
    names.map((name) => [name, column as BaseColumn] as const),
  ),
)

/** The column that a heading means; null for one that we don't know. */
export function columnOf(heading: string): BaseColumn | null {
  const plain = heading.replaceAll('*', '').replace(/\s+/g, ' ').trim().toLowerCase()
  return BY_HEADING.get(plain) ?? null
}

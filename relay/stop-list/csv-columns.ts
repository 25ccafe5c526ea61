/** The columns of a stop list as a file. `any` = a number or an address. */
export type StopColumn =
  | 'any'
  | 'phone'
  | 'mail'
  | 'company'
  | 'edrpou'
  | 'inn'
  | 'bitrix24'
  | 'channel'
  | 'scope'
  | 'term'
  | 'until'
  | 'words'
  | 'reversed'

/** The filled cells of a line. */
export type Cells = Partial<Record<StopColumn, string>>

/** Headings by which a column is known, in small letters; the first is that of our export. */
const HEADINGS: Record<StopColumn, readonly string[]> = {
  any: ['subject', 'контакт'],
  phone: ['phone', 'phones', 'phone number', 'number', 'телефон', 'телефони', 'телефоны', 'номер'],
  mail: ['mail', 'email', 'e-mail', 'пошта', 'електронна пошта', 'почта', 'электронная почта'],
  company: [
    ...['company', 'company name', 'компанія', 'назва компанії', 'компания'],
    ...['название компании', 'фірма', 'фирма'],
  ],
  edrpou: ['edrpou', 'єдрпоу', 'код єдрпоу', 'едрпоу', 'код едрпоу'],
  inn: ['inn', 'инн', 'іпн'],
  bitrix24: ['bitrix24', 'bitrix24 company'],
  channel: ['channel', 'канал'],
  scope: ['scope', 'область'],
  term: ['term', 'срок', 'строк'],
  until: ['until', 'до', 'valid until', 'действует до', 'діє до'],
  words: ['words', 'reason', 'comment', 'причина', 'комментарий', 'коментар', 'слова'],
  reversed: ['reversed_at', 'снято', 'знято'],
}

const BY_HEADING = new Map<string, StopColumn>(
  Object.entries(HEADINGS).flatMap(([column, names]) =>
    names.map((name) => [name, column as StopColumn] as const),
  ),
)

/** The column that a heading means; null for one that we don't know. */
export function columnOf(heading: string): StopColumn | null {
  const plain = heading.replaceAll('*', '').replace(/\s+/g, ' ').trim().toLowerCase()
  return BY_HEADING.get(plain) ?? null
}

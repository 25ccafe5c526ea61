import { describe, expect, it } from 'vitest'
import { decodeBase } from './decode-base.ts'
import { parseBase } from './parse-base.ts'
import { splitAddress } from './split-address.ts'
import { splitContact } from './split-contact.ts'

const HEADINGS = [
  'Назва компанії',
  'Адреса фактична або юридична',
  'Телефон',
  'Контактна особа',
  'email',
  'sourse*',
  'Категорія',
]
const CELLS = [
  'ПП Зразок',
  '" 79000 Україна, Львівська, Львів, вул. Вигадана, 8"',
  '"380322900114,380672900115,"',
  'Богдан директор',
  '',
  'youcontrol',
  'дерево-ка',
]
const ROW = {
  row: 2,
  company: 'ПП Зразок',
  address: '79000 Україна, Львівська, Львів, вул. Вигадана, 8',
  phones: ['380322900114', '380672900115'],
  contact: { name: 'Богдан', role: 'директор' },
  emails: [],
  source: 'youcontrol',
  category: 'дерево-ка',
  extra: {},
}
const sheet = (...rows: string[][]) => rows.map((row) => row.join(';')).join('\r\n')

describe('a base in the customer’s form (000-23)', () => {
  it.each([
    ['semicolons', ';'],
    ['commas', ','],
    ['tabs', '\t'],
  ])('is read with %s', (_, delimiter) => {
    const text = [HEADINGS, CELLS].map((row) => row.join(delimiter)).join('\n')
    expect(parseBase(text)).toEqual({ rows: [ROW], problems: [] })
  })

  it('is read with a byte order mark and Excel’s «sep=» line', () => {
    expect(parseBase(`\uFEFFsep=;\r\n${sheet(HEADINGS, CELLS)}`).rows).toEqual([ROW])
  })

  it.each([
    ['sourse', 'source'],
    ['SOURCE', 'source'],
    [' Джерело ', 'source'],
    ['Источник', 'source'],
    ['Название  компании', 'company'],
    ['E-mail', 'emails'],
    ['Phone', 'phones'],
  ])('the heading «%s» means %s', (heading, key) => {
    const { rows } = parseBase(`${heading};Інше\nx;y`)
    expect(rows[0]).toMatchObject({ [key]: /s$/.test(key) ? ['x'] : 'x', extra: { Інше: 'y' } })
  })

  it('columns that are not known are kept', () => {
    const { rows } = parseBase(sheet([...HEADINGS, 'ЄДРПОУ'], [...CELLS, '12345678']))
    expect(rows[0]?.extra).toEqual({ ЄДРПОУ: '12345678' })
  })

  it.each([
    ['380322900114,380672900115,', ['380322900114', '380672900115']],
    ['"380322900114;\n 380672900115 "', ['380322900114', '380672900115']],
    ['"380322900114, 380322900114"', ['380322900114']],
    [' +38 (032) 290-01-14 ', ['+38 (032) 290-01-14']],
    [',', []],
    ['', []],
  ])('phones of %j', (cell, phones) => {
    expect(parseBase(`Компанія;Телефон\nx;${cell}`).rows[0]?.phones).toEqual(phones)
  })
})

describe('dirt becomes problems with row numbers, and never throws', () => {
  it.each([
    [
      '',
      [
        { row: 1, kind: 'missing_column' },
        { row: 1, kind: 'missing_column' },
      ],
    ],
    ['Компанія\nx', [{ row: 1, kind: 'missing_column', detail: 'phone' }, { row: 2 }]],
    ['Компанія;Телефон\n;1', [{ row: 2, kind: 'missing_company' }]],
    ['Компанія;Телефон\nа;1\n\nб;', [{ row: 4, kind: 'missing_phone' }]],
    [
      'Компанія;Телефон\nа;380672945ххх',
      [{ row: 2, kind: 'masked_phone', detail: '380672945ххх' }],
    ],
    ['Компанія;Телефон;email\nа;1;a(at)b', [{ row: 2, kind: 'wrong_email', detail: 'a(at)b' }]],
    ['Компанія;Телефон\nа;1;зайве', [{ row: 2, kind: 'too_many_cells', detail: 'зайве' }]],
  ])('%j', (text, expected) => {
    expect(parseBase(text).problems).toMatchObject(expected)
  })

  it('a quote that never closes is told, and what was read is kept', () => {
    const { rows, problems } = parseBase('Компанія;Телефон\n"а;1')
    expect(rows).toHaveLength(1)
    expect(problems.map(({ kind }) => kind)).toContain('open_quote')
  })
})

describe('a contact’s name and role in one cell', () => {
  it.each([
    ['Богдан директор', 'Богдан', 'директор'],
    ['директор Богдан', 'Богдан', 'директор'],
    ['Павел Андреевич коммерческий директор', 'Павел Андреевич', 'коммерческий директор'],
    ['Дмитро Іванович, власник', 'Дмитро Іванович', 'власник'],
    ['Олена (головний бухгалтер)', 'Олена', 'головний бухгалтер'],
    ['Олена начальник відділу закупівель', 'Олена', 'начальник відділу закупівель'],
    ['Директор', '', 'Директор'],
    ['зам. директора Ігор', 'Ігор', 'зам. директора'],
    ['Анна-Марія Директоренко', 'Анна-Марія Директоренко', ''],
    ['Ігор', 'Ігор', ''],
    ['', '', ''],
  ])('«%s»', (cell, name, role) => {
    expect(splitContact(cell)).toEqual({ name, role })
  })
})

describe('parts of an address', () => {
  it.each([
    [' 78623 Україна, Івано-Франківська, Шешори, Вигадана, 8', '78623', 'Шешори', 'Вигадана, 8'],
    ['Москва, ул. Тестовая, 1', '', 'Москва', 'ул. Тестовая, 1'],
    ['Россия, Самарская область, Самара, ул. Условная', '', 'Самара', 'ул. Условная'],
    [
      'Україна, Івано-Франківська, с. Приклади, Тисменицький р-н, вул. Проба 8 А',
      '',
      'Приклади',
      'Тисменицький р-н, вул. Проба 8 А',
    ],
    ['вул. Проба, 8', '', '', 'вул. Проба, 8'],
    ['', '', '', ''],
  ])('«%s»', (text, postalCode, city, street) => {
    expect(splitAddress(text)).toMatchObject({ postalCode, city, street })
  })
})

describe('bytes of a base', () => {
  const cp1251 = Uint8Array.from([0xcf, 0xcf, 0x20, 0xb2, 0xe3, 0xee, 0xf0])

  it.each([
    ['UTF-8', new TextEncoder().encode('ПП Ігор')],
    ['UTF-8 with a mark', new TextEncoder().encode('\uFEFFПП Ігор')],
    ['Windows-1251', cp1251],
    ['UTF-16', new Uint8Array(Buffer.from('\uFEFFПП Ігор', 'utf16le'))],
  ])('%s', (_, bytes) => {
    expect(decodeBase(bytes)).toBe('ПП Ігор')
  })
})

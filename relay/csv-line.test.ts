import { expect, it } from 'vitest'
import { csvLine } from './csv-line.ts'

it.each([
  ['plain', 'plain'],
  ['a;b', '"a;b"'],
  ['a "b"', '"a ""b"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', `'=1+1`],
  ['+380501234567', `'+380501234567`],
  ['-1', `'-1`],
  ['@sum', `'@sum`],
  ['\t=1', `'\t=1`],
  [' =1', `' =1`],
  ['=cmd;"x"', `"'=cmd;""x"""`],
])('%j is written %s', (text, cell) => expect(csvLine([text, ''])).toBe(`${cell};\r\n`))

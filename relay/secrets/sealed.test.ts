import { expect, it } from 'vitest'
import { createSealer, newKey, placeOf, readKeys, type SealKey } from './sealed.ts'

const keysOf = (text: string): SealKey[] => {
  const keys = readKeys(text)
  if (!keys.ok) throw new Error(keys.reason)
  return keys.value
}
const [oldKey, youngKey] = [`old:${Buffer.alloc(32, 1).toString('base64')}`, newKey(new Date(0))]
const place = placeOf('softphone_account', 'sealed', 'a')

it('what is sealed opens with its key in its place, and does not show the secret', () => {
  const sealer = createSealer(keysOf(oldKey))
  const sealed = sealer.seal('p@ss — пароль', place)
  expect(sealed).not.toContain('p@ss')
  expect(sealer.open(sealed, place)).toEqual({ ok: true, value: 'p@ss — пароль' })
  expect(sealer.seal('p@ss — пароль', place)).not.toBe(sealed)
})

it('a new first key seals, and the old one still opens', () => {
  const before = createSealer(keysOf(oldKey)).seal('secret', place)
  const sealer = createSealer(keysOf(`${youngKey},${oldKey}`))
  expect(sealer.open(before, place)).toEqual({ ok: true, value: 'secret' })
  expect(sealer.isCurrent(before)).toBe(false)
  expect(sealer.isCurrent(sealer.seal('secret', place))).toBe(true)
})

it('what was moved to another row, changed, cut, or sealed with a lost key does not open', () => {
  const sealer = createSealer(keysOf(oldKey))
  const sealed = sealer.seal('secret', place)
  const broken = { ok: false, reason: 'broken' }
  expect(sealer.open(sealed, placeOf('softphone_account', 'sealed', 'b'))).toEqual(broken)
  const middle = Math.floor(sealed.length / 2)
  const other = sealed[middle] === 'A' ? 'B' : 'A'
  expect(sealer.open(sealed.slice(0, middle) + other + sealed.slice(middle + 1), place)).toEqual(
    broken,
  )
  expect(sealer.open(sealed.slice(0, 20), place)).toEqual(broken)
  expect(sealer.open('secret', place)).toEqual(broken)
  expect(createSealer(keysOf(youngKey)).open(sealed, place)).toEqual({
    ok: false,
    reason: 'unknown_key',
  })
})

it.each([
  ['nothing', ''],
  ['no id', Buffer.alloc(32).toString('base64')],
  ['a short key', `a:${Buffer.alloc(16).toString('base64')}`],
  ['two of one id', `${oldKey},${oldKey}`],
])('%s is refused as keys, without a word of them', (_name, text) => {
  const keys = readKeys(text)
  expect(keys.ok).toBe(false)
  expect(JSON.stringify(keys)).not.toContain('AAAA')
})

import { expect, it } from 'vitest'
import { pairingCodeFor, readPairingCode, showPairingCode } from './pairing-code.ts'

const key = Buffer.alloc(32, 7)

it('a repeated request gets the same code, another request or person another one', () => {
  const code = pairingCodeFor(key, 'person', 'request')
  expect(pairingCodeFor(key, 'person', 'request')).toBe(code)
  const others = [
    pairingCodeFor(key, 'person', 'other'),
    pairingCodeFor(key, 'other', 'request'),
    pairingCodeFor(Buffer.alloc(32, 8), 'person', 'request'),
  ]
  expect(new Set([code, ...others]).size).toBe(4)
})

it('a code may be typed as people type', () => {
  for (let count = 0; count < 100; count++) {
    const code = pairingCodeFor(key, 'person', String(count))
    expect(readPairingCode(code)).toBe(code)
    expect(readPairingCode(` ${showPairingCode(code).toLowerCase()} `)).toBe(code)
    expect(readPairingCode(code.replaceAll('0', 'O').replaceAll('1', 'l'))).toBe(code)
  }
})

it.each(['', 'ABCD', 'ABCDEFGHJ', "ABCD' OR", 'ÄBCDEFGH'])('%j is no code', (text) =>
  expect(readPairingCode(text)).toBeNull(),
)

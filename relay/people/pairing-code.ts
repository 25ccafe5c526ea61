import { createHash, createHmac } from 'node:crypto'

/** Crockford's 32: no I, L, O and U; who reads or types one of them means 1, 1, 0 and V. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 8

/**
 * A code out of a key of ours and the request that asks for it: a repeated request gets the same
 * code although none is stored. 40 bits, for 10 minutes and few trials.
 */
export function pairingCodeFor(key: Buffer, personId: string, request: string): string {
  const mac = createHmac('sha256', key).update(`pairing-code\n${personId}\n${request}`).digest()
  return [...mac.subarray(0, LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')
}

/** As it was meant, in whatever way it was typed; null when it can't be a code. */
export function readPairingCode(typed: string): string | null {
  const code = typed
    .toUpperCase()
    .replace(/[\s-]/g, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0')
    .replace(/U/g, 'V')
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(code) ? code : null
}

/** For people: `ABCD-EFGH`. */
export function showPairingCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

export function hashOfPairingCode(code: string): Buffer {
  return createHash('sha256').update(`pairing-code\n${code}`).digest()
}

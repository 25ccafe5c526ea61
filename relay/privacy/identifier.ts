import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Result } from '../../lib/contracts/common.ts'

/** What a person is found by: a number in E.164, or a mail address in small letters. */
export type Identifier = { kind: 'phone' | 'mail'; value: string }

export interface IdentifierProof {
  salt: Buffer
  hash: Buffer
}

const Mail = z.email().max(254)

export function readIdentifier(given: {
  phone?: string | undefined
  mail?: string | undefined
}): Result<Identifier, string> {
  if ((given.phone === undefined) === (given.mail === undefined)) {
    return { ok: false, reason: 'name one: --phone +380501234567 or --mail a@example.com' }
  }
  if (given.phone !== undefined) {
    const value = given.phone.replace(/[\s()-]/g, '')
    return /^\+[1-9]\d{7,14}$/.test(value)
      ? { ok: true, value: { kind: 'phone', value } }
      : { ok: false, reason: '--phone: must be a whole number with its country, +380501234567' }
  }
  const mail = Mail.safeParse(given.mail?.trim().toLowerCase())
  return mail.success
    ? { ok: true, value: { kind: 'mail', value: mail.data } }
    : { ok: false, reason: '--mail: must be one address such as a@example.com' }
}

/** Texts by which the identifier is recognized in a column, in small letters. */
export function spellings({ kind, value }: Identifier): string[] {
  return kind === 'phone' ? [value.slice(1)] : [value]
}

/**
 * Shows later that it was this person, to whoever asks with the identifier in hand. scrypt with a
 * salt of its own, as all numbers of a country could be tried against a quick hash.
 */
export function proofOf(
  { kind, value }: Identifier,
  salt: Buffer = randomBytes(16),
): IdentifierProof {
  return { salt, hash: scryptSync(`${kind} ${value}`, salt, 32, { N: 2 ** 14, r: 8, p: 1 }) }
}

export function isProofOf(identifier: Identifier, { salt, hash }: IdentifierProof): boolean {
  const wanted = proofOf(identifier, salt).hash
  return hash.length === wanted.length && timingSafeEqual(wanted, hash)
}

import { expect, it } from 'vitest'
import { isSecretOf, makeToken, parseToken } from './token.ts'

it('a token proves itself by its hash, which does not contain it', () => {
  const { id, token, secretHash } = makeToken()
  const parts = parseToken(token)
  expect(parts?.id).toBe(id)
  expect(isSecretOf(parts?.secret ?? '', secretHash)).toBe(true)
  expect(secretHash.toString('utf8')).not.toContain(parts?.secret)
})

it('the secret of another token does not fit', () => {
  const other = parseToken(makeToken().token)
  expect(isSecretOf(other?.secret ?? '', makeToken().secretHash)).toBe(false)
})

it.each(['', 'prz_', 'prz_0123456789ab_short', `xyz_0123456789ab_${'A'.repeat(43)}`])(
  '%j is no token',
  (text) => expect(parseToken(text)).toBeNull(),
)

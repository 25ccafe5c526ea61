import { describe, expect, it } from 'vitest'
import { recipientProblem } from './recipient.ts'

describe('the recipient of an SMS', () => {
  it.each(['+380501234567', '+380671234567', '+79161234567', '+77011234567', '+447400123456'])(
    '%s is a mobile number',
    (to) => expect(recipientProblem('sms', to)).toBeNull(),
  )

  it.each([
    '380501234567',
    '+38050123456',
    '+380 50 123 45 67',
    '+380444901234',
    '+74951234567',
    '0501234567',
    '+380501234567,+380671234567',
    '+380501234567\r\n',
    '112',
    '',
  ])('%j is none', (to) => expect(recipientProblem('sms', to)).not.toBeNull())
})

describe('the recipient of a mail', () => {
  it.each(['olena@example.com', 'o.lena+crm@sub.example.co'])('%s is an address', (to) =>
    expect(recipientProblem('mail', to)).toBeNull(),
  )

  it.each([
    'olena',
    'olena@',
    'a@example.com,b@example.com',
    'a@example.com b@example.com',
    'Olena <a@example.com>',
    'a@example.com\r\nBcc: b@example.com',
    '"a b"@example.com',
    `${'a'.repeat(250)}@example.com`,
  ])('%j is none', (to) => expect(recipientProblem('mail', to)).not.toBeNull())
})

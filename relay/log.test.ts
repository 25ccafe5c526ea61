import { expect, it } from 'vitest'
import { createLog } from './log.ts'

it('an error is logged by name, code and place, never by its message', () => {
  let lines = ''
  const log = createLog('info', {
    write(line) {
      lines += line
    },
  })
  const cause = new Error('no route to +380501234567')
  const err = Object.assign(new Error('550 <olena@example.com> refused', { cause }), {
    code: 'EENVELOPE',
    detail: 'Key (recipient)=(+380501234567)',
  })
  log.error({ err }, 'failed')
  log.child({ reqId: 1 }).error({ err }, 'failed')
  expect(lines).toContain('EENVELOPE')
  expect(lines).toContain('log.test.ts')
  expect(lines).not.toMatch(/olena|380501234567/)
})

it('removes what somebody logs by mistake', () => {
  let lines = ''
  const log = createLog('info', {
    write(line) {
      lines += line
    },
  })
  const row = { id: 'message-1', recipient: '+380501234567', text: 'Олено' }
  log.info({ row, ...row, request: { headers: { authorization: 'Bearer prz' } } }, 'sent')
  expect(lines).toContain('message-1')
  expect(lines).not.toMatch(/380501234567|Олено|prz/)
})

it('a phone number that got into a line by mistake is masked', () => {
  let written = ''
  createLog('info', { write: (line) => (written = line) }).info({ reply: '+380671234523' }, 'sent')
  expect(JSON.parse(written)).toMatchObject({ reply: '+380 67 *** ** 23', msg: 'sent' })
})

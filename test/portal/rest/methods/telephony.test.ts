import { describe, expect, it } from 'vitest'
import { openDesk } from '../../support/desk.ts'

const CALL = { USER_ID: 2, PHONE_NUMBER: '74951230001', TYPE: 1, SHOW: 0 }
const openApp = () => openDesk('standard', 'oauth')

/** A lead with the number, and a call to it that is finished. */
function finishedCall() {
  const desk = openApp()
  desk.result('crm.lead.add', { fields: { TITLE: 'x', PHONE: [{ VALUE: '74951230001' }] } })
  const { CALL_ID } = desk.result('telephony.externalCall.register', CALL) as { CALL_ID: string }
  const finished = desk.result('telephony.externalCall.finish', {
    CALL_ID,
    USER_ID: 2,
    DURATION: 95,
  })
  return { ...desk, CALL_ID, finished }
}

describe('registration of calls', () => {
  it.each([
    ['the same call', {}, 29, true],
    ['after half an hour', {}, 30, false],
    ['another external id', { EXTERNAL_CALL_ID: 'b' }, 1, false],
    ['another client', { CRM_ENTITY_TYPE: 'LEAD', CRM_ENTITY_ID: 7 }, 1, true],
    ['another number', { PHONE_NUMBER: '74951230002' }, 1, false],
  ])('%s', (_, change, minutes, isSame) => {
    const { result, advance } = openApp()
    const given = { ...CALL, EXTERNAL_CALL_ID: 'a' }
    const first = result('telephony.externalCall.register', given) as { CALL_ID: string }
    advance(minutes * 60_000)
    const second = result('telephony.externalCall.register', { ...given, ...change })
    expect((second as { CALL_ID: string }).CALL_ID === first.CALL_ID).toBe(isSame)
  })

  it.each([
    ['N', 0],
    ['Y', 1],
  ])('an outgoing call obeys the line: CRM_AUTO_CREATE=%s makes %i leads', (auto, count) => {
    const { result, data } = openApp()
    result('telephony.externalLine.add', { NUMBER: '100', CRM_AUTO_CREATE: auto })
    result('telephony.externalCall.register', { ...CALL, LINE_NUMBER: '100', CRM_CREATE: 0 })
    expect(data.entities.lead).toHaveLength(count)
  })

  it.each([
    [{ ...CALL, USER_ID: '' }, 'USER_ID or USER_PHONE_INNER should be set'],
    [{ ...CALL, TYPE: 9 }, 'Unknown TYPE'],
    [{ ...CALL, USER_ID: 99 }, 'User is not found or is not active'],
    [{ ...CALL, CALL_START_DATE: 'x' }, 'CALL_START_DATE should be in the ISO-8601 format'],
  ])('%j is refused', (params, text) => {
    expect(openApp().call('telephony.externalCall.register', params).body).toEqual({
      error: 'ERROR_CORE',
      error_description: text,
    })
  })
})

it('finish makes the call’s activity, which has no EXTERNAL_CALL_ID', () => {
  const { data, finished } = finishedCall()
  expect(finished).toMatchObject({ CALL_STATUS: 1, INCOMING: '1', CALL_START_DATE: {} })
  expect(data.activities[0]?.fields).toMatchObject({
    OWNER_TYPE_ID: 1,
    PROVIDER_ID: 'VOXIMPLANT_CALL',
    DIRECTION: 2,
  })
})

it.each([
  ['record.webm', 'Wrong file extension. Only wav and mp3 are allowed'],
  ['', 'File name is empty'],
])('a record «%s» is refused', (FILENAME, text) => {
  const { call, CALL_ID } = finishedCall()
  const { body } = call('telephony.externalCall.attachRecord', { CALL_ID, FILENAME })
  expect(body.error_description).toBe(text)
})

it('a record is attached by its content; statistics are for administrators', () => {
  const { result, call, CALL_ID } = finishedCall()
  const FILE_CONTENT = Buffer.from('RIFF').toString('base64')
  result('telephony.externalCall.attachRecord', { CALL_ID, FILENAME: 'a.wav', FILE_CONTENT })
  expect(call('voximplant.statistic.get').status).toBe(403)
  expect(result('voximplant.statistic.get', {}, 'coordinator')).toMatchObject([
    { CALL_ID, RECORD_FILE_ID: 1, CALL_DURATION: '95' },
  ])
})

import { writeInstant } from '../../clock.ts'
import { nextId } from '../../crm/ids.ts'
import type { TelephonyCall } from '../../model-telephony.ts'
import { matches } from '../filter.ts'
import { page, sortRows } from '../listing.ts'
import type { RestCall, RestMethod } from '../method.ts'
import { anyCase } from '../params.ts'
import { isPhpArray, phpList, phpText } from '../php.ts'
import { done, type MethodReply, refused } from '../reply.ts'
import { coreError, findCall } from './telephony.ts'

const DOCS = 'api-reference/telephony'

/** Records, transcripts and statistics of finished calls. */
export const telephonyRecordMethods: readonly RestMethod[] = [
  {
    name: 'telephony.externalCall.attachRecord',
    scope: 'telephony',
    docs: `${DOCS}/telephony-external-call-attach-record.md`,
    run: attachRecord,
  },
  {
    name: 'telephony.call.attachTranscription',
    scope: 'telephony',
    docs: `${DOCS}/telephony-call-attach-transcription.md`,
    run: attachTranscription,
  },
  {
    name: 'upload',
    scope: 'telephony',
    docs: `${DOCS}/telephony-external-call-attach-record.md`,
    isFileMethod: true,
    run: upload,
  },
  {
    name: 'voximplant.statistic.get',
    scope: 'telephony',
    docs: `${DOCS}/voximplant/voximplant-statistic-get.md`,
    // The right to see statistics belongs to administrators here.
    withoutAdmin: refused('ACCESS_DENIED', 'Access denied!', 403),
    run: statistic,
  },
]

const NOT_FINISHED =
  'Call is not found in the statistic table. It looks like it is not finished yet.'

function attachRecord(call: RestCall): MethodReply {
  const { params, portal } = call
  const url = phpText(anyCase(params, 'record_url')) ?? ''
  const name = phpText(anyCase(params, 'filename'))
  if (url === '' && name === null) {
    return coreError(
      'Required parameters are not set. Request should contain either URL or FILENAME parameter',
    )
  }
  const one = findCall(call)
  if (!one?.finished) return coreError(NOT_FINISHED)
  const fileName = name ?? url.split(/[?#]/)[0]?.split('/').at(-1) ?? ''
  if (fileName === '') return coreError('File name is empty')
  if (!isAudio(fileName)) return coreError('Wrong file extension. Only wav and mp3 are allowed')
  const content = phpText(anyCase(params, 'file_content'))
  if (url !== '') return attach(call, one, fileName, 0)
  if (content === null) {
    const token = Buffer.from(JSON.stringify([one.CALL_ID, fileName])).toString('base64url')
    const auth = phpText(params.auth) ?? ''
    const query = new URLSearchParams({ auth, token: `telephony|${token}` })
    return done({ uploadUrl: `${portal.origin}/rest/upload.json?${query}`, fieldName: 'file' })
  }
  if (content === '') return coreError('File content is empty.')
  if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(content)) {
    return coreError('File content is not properly encoded. Base64 encoding is expected.')
  }
  return attach(call, one, fileName, Buffer.from(content, 'base64').length)
}

/** The second step of `uploadUrl`: a multipart body with the file in `file`. */
function upload(call: RestCall): MethodReply {
  const [kind, token = ''] = (phpText(call.params.token) ?? '').split('|')
  const [callId, fileName] = kind === 'telephony' ? readToken(token) : []
  const one = call.portal.data.calls.find(({ CALL_ID }) => CALL_ID === callId)
  if (!one || !fileName) return coreError(NOT_FINISHED)
  const file = call.files.find(({ field }) => field === 'file')
  if (!file || file.bytes.length === 0) return coreError('File content is empty.')
  return attach(call, one, fileName, file.bytes.length)
}

function readToken(token: string): string[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'))
    return phpList(value).map(String)
  } catch {
    return []
  }
}

/** A second record replaces the first. */
function attach({ portal }: RestCall, one: TelephonyCall, NAME: string, SIZE: number): MethodReply {
  if (!one.finished) return coreError(NOT_FINISHED)
  const ID = nextId(portal.data, 'file')
  portal.data.files.push({ ID, NAME, SIZE })
  one.finished.RECORD_FILE_ID = ID
  return done({ FILE_ID: ID })
}

function isAudio(name: string): boolean {
  return /\.(wav|mp3)$/i.test(name)
}

function attachTranscription(call: RestCall): MethodReply {
  const one = findCall(call)
  if (!one?.finished) return coreError(NOT_FINISHED)
  const messages = phpList(anyCase(call.params, 'messages')).filter(isPhpArray)
  const isGood = messages.every(
    ({ SIDE, MESSAGE }) => ['User', 'Client'].includes(phpText(SIDE) ?? '') && phpText(MESSAGE),
  )
  if (messages.length === 0 || !isGood) return coreError('MESSAGES should be an array of messages')
  one.finished.TRANSCRIPT_ID ??= nextId(call.portal.data, 'transcript')
  return done({ TRANSCRIPT_ID: one.finished.TRANSCRIPT_ID })
}

function statistic({ params, portal }: RestCall): MethodReply {
  const rows = portal.data.calls.flatMap((call) => {
    const row = statisticRow(call, portal.clock.zone)
    return row ? [row] : []
  })
  const rules = { instantOf: (text: string) => Date.parse(text) || null }
  const found = rows.filter((row) =>
    matches(anyCase(params, 'filter'), { ...rules, valueOf: (name) => row[name] }),
  )
  const sort = phpText(anyCase(params, 'sort')) ?? 'ID'
  const order = { [sort]: phpText(anyCase(params, 'order')) ?? 'ASC' }
  return page(
    sortRows(found, order, (row, name) => row[name], rules),
    anyCase(params, 'start'),
  )
}

function statisticRow(call: TelephonyCall, zone: string): Record<string, unknown> | null {
  const { finished } = call
  if (finished === null) return null
  return {
    ID: String(finished.ID),
    PORTAL_USER_ID: String(finished.PORTAL_USER_ID),
    PORTAL_NUMBER: call.LINE_NUMBER,
    PHONE_NUMBER: call.PHONE_NUMBER,
    CALL_ID: call.CALL_ID,
    EXTERNAL_CALL_ID: call.EXTERNAL_CALL_ID,
    CALL_CATEGORY: 'external',
    CALL_LOG: null,
    CALL_DURATION: String(finished.CALL_DURATION),
    CALL_START_DATE: writeInstant(call.startedAtMs, zone),
    CALL_RECORD_URL: null,
    CALL_VOTE: finished.CALL_VOTE === null ? null : String(finished.CALL_VOTE),
    COST: finished.COST.toFixed(4),
    COST_CURRENCY: finished.COST_CURRENCY,
    CALL_FAILED_CODE: finished.CALL_FAILED_CODE,
    CALL_FAILED_REASON: finished.CALL_FAILED_REASON,
    CRM_ENTITY_TYPE: call.CRM_ENTITY_TYPE,
    CRM_ENTITY_ID: call.CRM_ENTITY_ID === null ? null : String(call.CRM_ENTITY_ID),
    CRM_ACTIVITY_ID: String(finished.CRM_ACTIVITY_ID),
    REST_APP_ID: call.appId,
    REST_APP_NAME: call.appId,
    TRANSCRIPT_ID: finished.TRANSCRIPT_ID === null ? null : String(finished.TRANSCRIPT_ID),
    TRANSCRIPT_PENDING: 'N',
    SESSION_ID: null,
    REDIAL_ATTEMPT: null,
    COMMENT: null,
    RECORD_DURATION: null,
    RECORD_FILE_ID: finished.RECORD_FILE_ID,
    CALL_TYPE: String(call.TYPE),
  }
}

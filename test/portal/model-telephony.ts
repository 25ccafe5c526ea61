/** What telephony keeps: external lines, calls of applications, their records. */

export interface ExternalLine {
  ID: number
  appId: string
  NUMBER: string
  NAME: string
  CRM_AUTO_CREATE: 'Y' | 'N'
}

/** A call between `register` and the statistics. */
export interface TelephonyCall {
  CALL_ID: string
  appId: string
  /** Epoch milliseconds of the registration. */
  registeredAtMs: number
  /** Epoch milliseconds. */
  startedAtMs: number
  USER_ID: number
  PHONE_NUMBER: string
  TYPE: number
  LINE_NUMBER: string
  EXTERNAL_CALL_ID: string | null
  CRM_ENTITY_TYPE: string | null
  CRM_ENTITY_ID: number | null
  /** The lead or contact that the registration made. */
  created: { ENTITY_TYPE: string; ENTITY_ID: number }[]
  isShown: boolean
  finished: FinishedCall | null
}

/** What `finish` and what comes after it add; a row of the statistics. */
export interface FinishedCall {
  ID: number
  PORTAL_USER_ID: number
  CALL_DURATION: number
  CALL_FAILED_CODE: string
  CALL_FAILED_REASON: string
  CALL_VOTE: number | null
  COST: number
  COST_CURRENCY: string
  CRM_ACTIVITY_ID: number
  RECORD_FILE_ID: number | null
  TRANSCRIPT_ID: number | null
}

export interface RecordFile {
  ID: number
  NAME: string
  /** Bytes. */
  SIZE: number
}

export interface TelephonyTables {
  lines: ExternalLine[]
  calls: TelephonyCall[]
  files: RecordFile[]
}

export function emptyTelephonyTables(): TelephonyTables {
  return { lines: [], calls: [], files: [] }
}

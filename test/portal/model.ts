import { type AppTables, emptyAppTables } from './model-apps.ts'
import { emptyTelephonyTables, type TelephonyTables } from './model-telephony.ts'
import type { OAuthTables } from './oauth/application.ts'

/**
 * What the sandbox portal keeps: plain data, serialisable to one JSON snapshot.
 * Names follow Bitrix24's own UPPER_CASE fields, so that pages and both REST families
 * (`crm.lead.*` and `crm.item.*`) are drawn from one record.
 */

/** An entry of PHONE, EMAIL, WEB or IM. */
export interface Multifield {
  ID: number
  TYPE_ID: 'PHONE' | 'EMAIL' | 'WEB' | 'IM' | 'LINK'
  VALUE_TYPE: string
  VALUE: string
}

/** A lead, company, contact or deal. Fields that are not named here are kept as they came. */
export interface Entity {
  ID: number
  fields: Record<string, unknown>
  multifields: Multifield[]
}

export type EntityKind = 'lead' | 'company' | 'contact' | 'deal'

/** Kinds that have pages. */
export type CardKind = Exclude<EntityKind, 'deal'>

export interface Activity {
  ID: number
  fields: Record<string, unknown>
}

export interface TimelineComment {
  ID: number
  ENTITY_ID: number
  ENTITY_TYPE: string
  AUTHOR_ID: number
  CREATED: string
  COMMENT: string
}

export interface Notification {
  ID: number
  USER_ID: number
  AUTHOR_ID: number
  MESSAGE: string
  TAG: string | null
  DATE_CREATE: string
}

export interface PortalUser {
  ID: number
  NAME: string
  LAST_NAME: string
  EMAIL: string
  ADMIN: boolean
  ACTIVE: boolean
  TIME_ZONE: string
  WORK_POSITION: string
  /** The code in this user's inbound webhook; a secret. */
  webhookCode: string
  /** Extension; '' when he has none. */
  UF_PHONE_INNER?: string
  UF_DEPARTMENT?: number[]
}

/** A row of `department.get`. */
export interface Department {
  ID: number
  NAME: string
  SORT: number
  PARENT: number | null
  UF_HEAD: number | null
}

/** An entry of `crm.timeline.logmessage.*`. */
export interface LogMessage {
  ID: number
  entityTypeId: number
  entityId: number
  created: string
  authorId: number
  title: string
  text: string
  iconCode: string
}

/** A row of `crm.stagehistory.list`; TYPE_ID: 1 made, 2 moved, 3 moved to a final stage. */
export interface StageChange {
  ID: number
  TYPE_ID: 1 | 2 | 3
  OWNER_TYPE_ID: number
  OWNER_ID: number
  CREATED_TIME: string
  STAGE_SEMANTIC_ID: string
  STAGE_ID: string
}

/** A row of `crm.status.list`. */
export interface Status {
  ID: number
  ENTITY_ID: string
  STATUS_ID: string
  NAME: string
  SORT: number
  SYSTEM: 'Y' | 'N'
  SEMANTICS: string | null
  COLOR: string
}

export interface UserField {
  ID: number
  ENTITY_ID: 'CRM_LEAD' | 'CRM_COMPANY' | 'CRM_CONTACT' | 'CRM_DEAL'
  FIELD_NAME: string
  USER_TYPE_ID: string
  MULTIPLE: 'Y' | 'N'
  MANDATORY: 'Y' | 'N'
  LABEL: string
  SORT?: number
  XML_ID?: string | null
  SHOW_FILTER?: string
  /** What else a field has: labels by language, SETTINGS, flags. */
  more?: Record<string, unknown>
  /** Options of an `enumeration`. */
  LIST?: { ID: number; SORT: number; VALUE: string; DEF: 'Y' | 'N'; XML_ID: string }[]
}

/** What an administrator chooses for the whole portal. */
export interface PortalSettings {
  /** Without leads (simple) or with them. */
  crmMode: 'classic' | 'simple'
}

export interface PortalData extends AppTables, TelephonyTables {
  version: 1
  settings: PortalSettings
  lastId: Record<string, number>
  entities: Record<EntityKind, Entity[]>
  activities: Activity[]
  comments: TimelineComment[]
  notifications: Notification[]
  users: PortalUser[]
  statuses: Status[]
  userFields: UserField[]
  /** Added at the portal's start when a snapshot lacks it. */
  oauth?: OAuthTables
  departments: Department[]
  logMessages: LogMessage[]
  stageHistory: StageChange[]
}

/** A portal with nothing in it; what a snapshot of an earlier version lacks is taken from here. */
export function emptyPortal(): PortalData {
  return {
    version: 1,
    settings: { crmMode: 'classic' },
    lastId: {},
    entities: { lead: [], company: [], contact: [], deal: [] },
    activities: [],
    comments: [],
    notifications: [],
    users: [],
    statuses: [],
    userFields: [],
    departments: [],
    logMessages: [],
    stageHistory: [],
    ...emptyAppTables(),
    ...emptyTelephonyTables(),
  }
}

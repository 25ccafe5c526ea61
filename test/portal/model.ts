import type { OAuthTables } from './oauth/application.ts'

/**
 * What the sandbox portal keeps: plain data, serialisable to one JSON snapshot.
 * Names follow Bitrix24's own UPPER_CASE fields, so that pages and both REST families
 * (`crm.lead.*` and `crm.item.*`) are drawn from one record.
 */

/** An entry of PHONE, EMAIL, WEB or IM. */
export interface Multifield {
  ID: number
  TYPE_ID: 'PHONE' | 'EMAIL' | 'WEB' | 'IM'
  VALUE_TYPE: string
  VALUE: string
}

/** A lead, company or contact. Fields that are not named here are kept as they came. */
export interface Entity {
  ID: number
  fields: Record<string, unknown>
  multifields: Multifield[]
}

export type EntityKind = 'lead' | 'company' | 'contact'

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
  ENTITY_ID: 'CRM_LEAD' | 'CRM_COMPANY' | 'CRM_CONTACT'
  FIELD_NAME: string
  USER_TYPE_ID: string
  MULTIPLE: 'Y' | 'N'
  MANDATORY: 'Y' | 'N'
  LABEL: string
  SORT?: number
  XML_ID?: string | null
  SHOW_FILTER?: string
  /** Options of an `enumeration`. */
  LIST?: { ID: number; SORT: number; VALUE: string; DEF: 'Y' | 'N'; XML_ID: string }[]
}

export interface PortalData {
  version: 1
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
}

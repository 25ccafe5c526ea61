import { randomBytes } from 'node:crypto'
import { readInstant, writeInstant } from '../../clock.ts'
import { addActivity } from '../../crm/activities.ts'
import { findByCommunication } from '../../crm/duplicates.ts'
import { addEntity } from '../../crm/entities.ts'
import { typeOfKind } from '../../crm/entity-fields.ts'
import { findEntity, nextId } from '../../crm/ids.ts'
import type { EntityKind, PortalUser } from '../../model.ts'
import type { TelephonyCall } from '../../model-telephony.ts'
import type { RestCall, RestMethod } from '../method.ts'
import { anyCase } from '../params.ts'
import { phpText, positiveInt } from '../php.ts'
import { done, type MethodReply, type Refusal, refused } from '../reply.ts'

const DOCS = 'api-reference/telephony'
const APP_ONLY = refused(
  'WRONG_AUTH_TYPE',
  'Current authorization type is denied for this method',
  403,
)
/** A repeated registration within this time gives the call that is there already. */
const SAME_CALL_MS = 30 * 60_000

/** Calls of applications: register, finish, show and hide. */
export const telephonyCallMethods: readonly RestMethod[] = [
  {
    name: 'telephony.externalCall.register',
    scope: 'telephony',
    docs: `${DOCS}/telephony-external-call-register.md`,
    withoutApp: APP_ONLY,
    run: register,
  },
  {
    name: 'telephony.externalCall.finish',
    scope: 'telephony',
    docs: `${DOCS}/telephony-external-call-finish.md`,
    withoutApp: APP_ONLY,
    run: finish,
  },
  ...(['show', 'hide'] as const).map(
    (what): RestMethod => ({
      name: `telephony.externalCall.${what}`,
      scope: 'telephony',
      docs: `${DOCS}/telephony-external-call-${what}.md`,
      run: (call) => show(call, what === 'show'),
    }),
  ),
]

export function coreError(text: string): Refusal {
  return refused('ERROR_CORE', text)
}

/** A registered call; null when the portal has none of that id. */
export function findCall({ params, portal }: RestCall): TelephonyCall | null {
  const id = phpText(anyCase(params, 'call_id'))
  return portal.data.calls.find(({ CALL_ID }) => CALL_ID === id) ?? null
}

function register(call: RestCall): MethodReply {
  const { params, portal, auth } = call
  const user = employeeOf(call)
  if ('ok' in user) return user
  const phone = phpText(anyCase(params, 'phone_number')) ?? ''
  if (!/\d/.test(phone)) return coreError('Unsupported phone number format')
  const type = positiveInt(anyCase(params, 'type')) ?? 0
  if (type < 1 || type > 5) return coreError('Unknown TYPE')
  const start = phpText(anyCase(params, 'call_start_date'))
  const startedAtMs = start ? readInstant(start, portal.clock.zone) : portal.clock.now()
  if (startedAtMs === null) return coreError('CALL_START_DATE should be in the ISO-8601 format')
  const key = {
    appId: auth.appId ?? '',
    USER_ID: user.ID,
    PHONE_NUMBER: phone,
    TYPE: type,
    LINE_NUMBER: phpText(anyCase(params, 'line_number')) ?? '',
    EXTERNAL_CALL_ID: phpText(anyCase(params, 'external_call_id')) || null,
  }
  const same = portal.data.calls.find((one) => isSameCall(one, key, portal.clock.now()))
  if (same) return done(registered(same))
  const found = clientOf(call, phone)
  const one: TelephonyCall = {
    ...key,
    CALL_ID: `externalCall.${randomBytes(16).toString('hex')}.${Math.floor(portal.clock.now() / 1000)}`,
    registeredAtMs: portal.clock.now(),
    startedAtMs,
    CRM_ENTITY_TYPE: found?.kind.toUpperCase() ?? null,
    CRM_ENTITY_ID: found?.id ?? null,
    created: [],
    isShown: phpText(anyCase(params, 'show')) !== '0',
    finished: null,
  }
  if (found === null && createsLead(call, type, key.LINE_NUMBER)) createLead(call, user, one)
  portal.data.calls.push(one)
  return done(registered(one))
}

type CallKey = Pick<
  TelephonyCall,
  'appId' | 'USER_ID' | 'PHONE_NUMBER' | 'TYPE' | 'LINE_NUMBER' | 'EXTERNAL_CALL_ID'
>

/** Line and external id count only when they are given; entity and start time never do. */
function isSameCall(one: TelephonyCall, key: CallKey, nowMs: number): boolean {
  return (
    nowMs - one.registeredAtMs < SAME_CALL_MS &&
    one.appId === key.appId &&
    one.USER_ID === key.USER_ID &&
    one.PHONE_NUMBER === key.PHONE_NUMBER &&
    one.TYPE === key.TYPE &&
    (key.LINE_NUMBER === '' || one.LINE_NUMBER === key.LINE_NUMBER) &&
    (key.EXTERNAL_CALL_ID === null || one.EXTERNAL_CALL_ID === key.EXTERNAL_CALL_ID)
  )
}

/** The client who is named, or else the first one with that number. */
function clientOf(call: RestCall, phone: string): { kind: EntityKind; id: number } | null {
  const { params, portal } = call
  const named = phpText(anyCase(params, 'crm_entity_type'))?.toLowerCase()
  const kind = (['lead', 'contact', 'company'] as const).find((one) => one === named)
  const id = positiveInt(anyCase(params, 'crm_entity_id'))
  if (kind && findEntity(portal.data, kind, id)) return { kind, id: id ?? 0 }
  for (const one of ['contact', 'company', 'lead'] as const) {
    const [found] = findByCommunication(portal.data, one, 'PHONE', [phone])
    if (found) return { kind: one, id: found.ID }
  }
  return null
}

/** CRM_CREATE asks for a lead; an outgoing call over a line obeys the line's CRM_AUTO_CREATE. */
function createsLead({ params, portal, auth }: RestCall, type: number, line: string): boolean {
  const isAsked = phpText(anyCase(params, 'crm_create')) === '1'
  const found = portal.data.lines.find(
    ({ NUMBER, appId }) => NUMBER === line && appId === auth.appId,
  )
  return type === 1 && found ? found.CRM_AUTO_CREATE === 'Y' : isAsked
}

function createLead({ params, portal }: RestCall, user: PortalUser, call: TelephonyCall): void {
  const made = addEntity({ ...portal, userId: user.ID }, 'lead', {
    TITLE: `${call.PHONE_NUMBER} – ${call.TYPE === 1 ? 'Исходящий' : 'Входящий'} звонок`,
    SOURCE_ID: phpText(anyCase(params, 'crm_source')) || 'CALL',
    PHONE: [{ VALUE: call.PHONE_NUMBER, VALUE_TYPE: 'WORK' }],
  })
  if (!made.ok) return
  call.created.push({ ENTITY_TYPE: 'LEAD', ENTITY_ID: made.entity.ID })
  call.CRM_ENTITY_TYPE = 'LEAD'
  call.CRM_ENTITY_ID = made.entity.ID
}

function registered(call: TelephonyCall): Record<string, unknown> {
  return {
    CALL_ID: call.CALL_ID,
    CRM_CREATED_LEAD:
      call.created.find(({ ENTITY_TYPE }) => ENTITY_TYPE === 'LEAD')?.ENTITY_ID ?? null,
    CRM_CREATED_ENTITIES: call.created,
    CRM_ENTITY_TYPE: call.CRM_ENTITY_TYPE,
    CRM_ENTITY_ID: call.CRM_ENTITY_ID,
  }
}

function finish(call: RestCall): MethodReply {
  const { params, portal } = call
  if (phpText(anyCase(params, 'call_id')) === null) {
    return refused('INVALID_ARGUMENT', 'CALL_ID must be a string')
  }
  const user = employeeOf(call)
  if ('ok' in user) return user
  const one = findCall(call)
  if (one === null) {
    return coreError('Call is not found (call should be registered prior to finishing)')
  }
  if (one.finished === null) {
    const duration = Number(phpText(anyCase(params, 'duration')) ?? 0) || 0
    const code = phpText(anyCase(params, 'status_code')) || (duration > 0 ? '200' : '304')
    one.finished = {
      ID: nextId(portal.data, 'statistic'),
      PORTAL_USER_ID: user.ID,
      CALL_DURATION: duration,
      CALL_FAILED_CODE: code,
      CALL_FAILED_REASON: phpText(anyCase(params, 'failed_reason')) ?? '',
      CALL_VOTE: positiveInt(anyCase(params, 'vote')),
      COST: Number(phpText(anyCase(params, 'cost')) ?? 0) || 0,
      COST_CURRENCY: phpText(anyCase(params, 'cost_currency')) ?? '',
      CRM_ACTIVITY_ID: makeActivity(call, one, duration),
      RECORD_FILE_ID: null,
      TRANSCRIPT_ID: null,
    }
  }
  const { TRANSCRIPT_ID: _, RECORD_FILE_ID: __, CRM_ACTIVITY_ID, ...row } = one.finished
  return done({
    CALL_ID: one.CALL_ID,
    EXTERNAL_CALL_ID: one.EXTERNAL_CALL_ID,
    ...row,
    PHONE_NUMBER: one.PHONE_NUMBER,
    PORTAL_NUMBER: one.LINE_NUMBER,
    INCOMING: String(one.TYPE),
    // The documentation's own example has an empty object here.
    CALL_START_DATE: {},
    CALL_STATUS: row.CALL_FAILED_CODE === '200' ? 1 : 0,
    REST_APP_ID: one.appId,
    REST_APP_NAME: one.appId,
    CRM_ACTIVITY_ID,
    COMMENT: null,
    CRM_ENTITY_TYPE: one.CRM_ENTITY_TYPE,
    CRM_ENTITY_ID: one.CRM_ENTITY_ID,
  })
}

/** The activity in the client's timeline; 0 without a client. It doesn't carry EXTERNAL_CALL_ID. */
function makeActivity({ portal }: RestCall, call: TelephonyCall, durationS: number): number {
  const kind = (['lead', 'contact', 'company'] as const).find(
    (one) => one === call.CRM_ENTITY_TYPE?.toLowerCase(),
  )
  if (!kind || findEntity(portal.data, kind, call.CRM_ENTITY_ID) === null) return 0
  const isOutgoing = call.TYPE === 1
  const start = writeInstant(call.startedAtMs, portal.clock.zone)
  const type = typeOfKind(kind)
  return addActivity(
    { ...portal, userId: call.USER_ID },
    {
      OWNER_TYPE_ID: type,
      OWNER_ID: call.CRM_ENTITY_ID,
      TYPE_ID: 2,
      PROVIDER_ID: 'VOXIMPLANT_CALL',
      PROVIDER_TYPE_ID: 'CALL',
      SUBJECT: `${isOutgoing ? 'Исходящий на' : 'Входящий от'} ${call.PHONE_NUMBER}`,
      DIRECTION: isOutgoing ? 2 : 1,
      COMPLETED: isOutgoing || durationS > 0 ? 'Y' : 'N',
      START_TIME: start,
      END_TIME: writeInstant(call.startedAtMs + durationS * 1000, portal.clock.zone),
      DEADLINE: start,
      // The portal's own mark of the call: `VI_` and the CALL_ID.
      ORIGIN_ID: `VI_${call.CALL_ID}`,
      COMMUNICATIONS: [
        {
          ID: String(nextId(portal.data, 'communication')),
          TYPE: 'PHONE',
          VALUE: call.PHONE_NUMBER,
          ENTITY_ID: String(call.CRM_ENTITY_ID),
          ENTITY_TYPE_ID: String(type),
          ENTITY_SETTINGS: [],
        },
      ],
    },
  ).ID
}

/** False: there is no such call; that is no error. */
function show(call: RestCall, isShown: boolean): MethodReply {
  const one = findCall(call)
  if (one === null) return done(false)
  one.isShown = isShown
  return done(true)
}

function employeeOf({ params, portal }: RestCall): PortalUser | Refusal {
  const id = positiveInt(anyCase(params, 'user_id'))
  const inner = phpText(anyCase(params, 'user_phone_inner')) ?? ''
  if (id === null && inner === '') return coreError('USER_ID or USER_PHONE_INNER should be set')
  return (
    portal.data.users.find(
      ({ ID, ACTIVE, UF_PHONE_INNER }) =>
        ACTIVE && (id === null ? UF_PHONE_INNER === inner : ID === id),
    ) ?? coreError('User is not found or is not active')
  )
}

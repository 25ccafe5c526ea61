import { randomBytes } from 'node:crypto'
import { nextId } from '../../crm/ids.ts'
import type { OfflineEvent } from '../../model-apps.ts'
import type { RestCall, RestMethod } from '../method.ts'
import { anyCase } from '../params.ts'
import { phpList, phpText, positiveInt } from '../php.ts'
import { done, type MethodReply, refused } from '../reply.ts'

const DOCS = 'api-reference/events'
const APP_ONLY = refused(
  'WRONG_AUTH_TYPE',
  'Current authorization type is denied for this method Application context required',
  403,
)
const DENIED = refused('ACCESS_DENIED', 'Access denied!', 403)
const OFFLINE_LIMIT = 50

/** Events that the sandbox raises; each may be bound. */
const EVENTS = ['LEAD', 'COMPANY', 'CONTACT', 'DEAL'].flatMap((kind) =>
  ['ADD', 'UPDATE', 'DELETE'].map((what) => `ONCRM${kind}${what}`),
)

/** Subscriptions of applications, online and offline. */
export const eventMethods: readonly RestMethod[] = [
  method('event.bind', 'event-bind.md', bind),
  method('event.unbind', 'event-unbind.md', unbind),
  method('event.get', 'event-get.md', list),
  offline('get', getOffline),
  offline('list', listOffline),
  offline('clear', clearOffline),
  offline('error', failOffline),
  {
    name: 'events',
    scope: 'basic',
    docs: `${DOCS}/events.md`,
    run: () => done(EVENTS),
  },
]

function method(name: string, page: string, run: RestMethod['run']): RestMethod {
  return { name, scope: 'basic', docs: `${DOCS}/${page}`, withoutApp: APP_ONLY, run }
}

function offline(what: string, run: RestMethod['run']): RestMethod {
  const name = `event.offline.${what}`
  return { ...method(name, `event-offline-${what}.md`, run), withoutAdmin: DENIED }
}

function bind({ params, portal, auth, user }: RestCall): MethodReply {
  const event = (phpText(anyCase(params, 'event')) ?? '').toUpperCase()
  if (!EVENTS.includes(event)) return refused('ERROR_EVENT_NOT_FOUND', 'Event not found')
  const isOffline = phpText(anyCase(params, 'event_type')) === 'offline'
  const authType = positiveInt(anyCase(params, 'auth_type')) ?? 0
  if ((isOffline || (authType !== 0 && authType !== user.ID)) && !user.ADMIN) return DENIED
  const handler = phpText(anyCase(params, 'handler')) ?? ''
  if (!isOffline && !/^https?:\/\//.test(handler)) {
    return refused('ERROR_ARGUMENT', 'Argument HANDLER is null or empty')
  }
  const { data } = portal
  const row = {
    appId: auth.appId ?? '',
    event,
    handler: isOffline ? null : handler,
    authType,
    authConnector: phpText(anyCase(params, 'auth_connector')) ?? '',
  }
  const isBound = data.handlers.some(
    (one) => one.appId === row.appId && one.event === event && one.handler === row.handler,
  )
  if (isBound) return refused('ERROR_EVENT_BINDING_EXISTS', 'Handler already binded')
  data.handlers.push({ ID: nextId(data, 'handler'), ...row })
  return done(true)
}

function unbind({ params, portal, auth, user }: RestCall): MethodReply {
  const event = (phpText(anyCase(params, 'event')) ?? '').toUpperCase()
  const isOffline = phpText(anyCase(params, 'event_type')) === 'offline'
  if (isOffline && !user.ADMIN) return DENIED
  const handler = isOffline ? null : phpText(anyCase(params, 'handler'))
  const before = portal.data.handlers.length
  portal.data.handlers = portal.data.handlers.filter(
    (one) => one.appId !== auth.appId || one.event !== event || one.handler !== handler,
  )
  return done({ count: before - portal.data.handlers.length })
}

function list({ portal, auth }: RestCall): MethodReply {
  const own = portal.data.handlers.filter(({ appId }) => appId === auth.appId)
  return done(
    own.map(({ event, handler, authType }) => ({
      event,
      ...(handler === null ? {} : { handler, auth_type: String(authType) }),
      offline: handler === null ? 1 : 0,
    })),
  )
}

/** Reads and deletes; with `clear=0` it reserves under a `process_id` instead. */
function getOffline({ params, portal, auth }: RestCall): MethodReply {
  const { data } = portal
  const limit = positiveInt(anyCase(params, 'limit')) ?? OFFLINE_LIMIT
  const asked = phpText(anyCase(params, 'process_id')) ?? ''
  const isKept = phpText(anyCase(params, 'clear')) === '0' || asked !== ''
  const found = data.offlineEvents
    .filter((one) => one.appId === auth.appId && one.PROCESS_ID === asked && one.ERROR === 0)
    .slice(0, Math.min(limit, OFFLINE_LIMIT))
  const processId = isKept ? asked || randomBytes(16).toString('hex') : null
  if (processId === null) {
    data.offlineEvents = data.offlineEvents.filter((one) => !found.includes(one))
  } else {
    for (const one of found) one.PROCESS_ID = processId
  }
  return done({ process_id: processId, events: found.map(eventRow) })
}

function listOffline({ portal, auth }: RestCall): MethodReply {
  const own = portal.data.offlineEvents.filter(({ appId }) => appId === auth.appId)
  const rows = own.map((one) => ({
    ...eventRow(one),
    PROCESS_ID: one.PROCESS_ID,
    ERROR: String(one.ERROR),
  }))
  return { ...done(rows), total: rows.length }
}

function clearOffline(call: RestCall): MethodReply {
  const chosen = reserved(call, 'id')
  call.portal.data.offlineEvents = call.portal.data.offlineEvents.filter(
    (one) => !chosen.includes(one),
  )
  return done(true)
}

/** What is marked as failed is kept for `event.offline.list`, and no longer given out. */
function failOffline(call: RestCall): MethodReply {
  for (const one of reserved(call, 'id')) {
    one.ERROR = 1
    one.PROCESS_ID = ''
  }
  return done(true)
}

/** Events of a process, narrowed to message ids when some are named. */
function reserved({ params, portal, auth }: RestCall, name: string): OfflineEvent[] {
  const process = phpText(anyCase(params, 'process_id')) ?? ''
  const messages = phpList(anyCase(params, 'message_id')).map(String)
  const ids = phpList(anyCase(params, name)).map(String)
  return portal.data.offlineEvents.filter(
    (one) =>
      one.appId === auth.appId &&
      process !== '' &&
      one.PROCESS_ID === process &&
      (messages.length === 0 || messages.includes(one.MESSAGE_ID)) &&
      (ids.length === 0 || ids.includes(String(one.ID))),
  )
}

function eventRow(one: OfflineEvent): Record<string, unknown> {
  return {
    ID: String(one.ID),
    TIMESTAMP_X: one.TIMESTAMP_X,
    EVENT_NAME: one.EVENT_NAME,
    EVENT_DATA: one.EVENT_DATA,
    EVENT_ADDITIONAL: Object.keys(one.EVENT_ADDITIONAL).length > 0 ? one.EVENT_ADDITIONAL : [],
    MESSAGE_ID: one.MESSAGE_ID,
  }
}

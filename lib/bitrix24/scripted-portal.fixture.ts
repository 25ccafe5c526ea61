/**
 * A portal for unit tests, at the level of HTTP: it parses commands in PHP's manner by itself,
 * keeps what is written, answers in the shapes of Bitrix24's documentation, and fails on demand.
 */
export type Fault =
  /** The request never arrives. */
  | 'unreachable'
  /** Everything is done, the answer is lost. */
  | 'answer_lost'
  /** The browser repeats the request by itself; the second answer arrives. */
  | 'repeated'
  /** 503 QUERY_LIMIT_EXCEEDED. */
  | 'limit'
  /** Every write of a batch is refused with «Access denied.» */
  | 'refuse_writes'
  | { status: number; body: string }

type Row = Record<string, unknown>
interface Call {
  method: string
  params: Row
}

export const WEBHOOK = 'https://portal.test/rest/7/s3cretc0de'
export const NOW_MS = Date.parse('2026-03-02T10:00:00+03:00')

const time = { start: 1772435000.1, finish: 1772435000.2, duration: 0.1, processing: 0.05 }
const WRITES = /\.(add|update)$/

export class ScriptedPortal {
  /** Requests as they arrived, failed ones included. */
  requests: { method: string; body: Row; init: RequestInit }[] = []
  /** Commands that were really executed, reads too. */
  calls: Call[] = []
  items = new Map<string, Row>()
  addresses = new Map<string, Row>()
  activities: Row[] = []
  comments: Row[] = []
  /** Ids of completed to-dos. */
  todosDone: string[] = []
  notifications: Row[] = []
  userFields: Row[] = []
  /** Taken one by one, a request each; `null` lets one through. */
  faults: (Fault | null)[] = []
  isAway = false
  forbidsDeleting = false
  private lastId = 100

  readonly fetch = async (address: string | URL | Request, init: RequestInit = {}) => {
    const method = String(address).slice(`${WEBHOOK}/`.length)
    const body = JSON.parse(String(init.body)) as Row
    this.requests.push({ method, body, init })
    const fault = this.faults.shift() ?? null
    if (this.isAway || fault === 'unreachable') throw new TypeError(`fetch failed: ${address}`)
    if (fault === 'limit') {
      return json(503, { error: 'QUERY_LIMIT_EXCEEDED', error_description: 'Too many requests' })
    }
    if (fault !== null && typeof fault === 'object') {
      return new Response(fault.body, { status: fault.status })
    }
    if (fault === 'repeated') this.answer(method, body, false)
    const answer = this.answer(method, body, fault === 'refuse_writes')
    if (fault === 'answer_lost') throw new TypeError('connection reset')
    return answer
  }

  private answer(method: string, body: Row, refuseWrites: boolean): Response {
    if (method !== 'batch') {
      const { result, error, next } = this.execute(method, body)
      return error ? json(400, error) : json(200, { result, time, ...(next ? { next } : {}) })
    }
    const results: Row = {}
    const errors: Row = {}
    for (const [key, command] of Object.entries(body.cmd as Record<string, string>)) {
      const [name = '', query = ''] = command.split(/\?(.*)/s)
      const { result, error } =
        refuseWrites && WRITES.test(name)
          ? { result: undefined, error: accessDenied }
          : this.execute(name, parsePhpQuery(withReferences(query, results)))
      if (error) errors[key] = error
      else results[key] = result
    }
    const result = { result: phpArray(results), result_error: phpArray(errors) }
    return json(200, { result: { ...result, result_total: [], result_next: [] }, time })
  }

  private execute(method: string, params: Row): { result?: unknown; error?: Row; next?: number } {
    this.calls.push({ method, params })
    const fields = (params.fields ?? {}) as Row
    const filter = (params.filter ?? {}) as Row
    switch (method) {
      case 'profile':
        return { result: { ID: '7', ADMIN: false, NAME: 'Ольга', LAST_NAME: 'Клименко' } }
      case 'scope':
        return { result: ['crm', 'user'] }
      case 'crm.settings.mode.get':
        return { result: 1 }
      case 'crm.item.get':
        return itemAnswer(this.items.get(`${params.entityTypeId}:${params.id}`))
      case 'crm.item.update': {
        const item = this.items.get(`${params.entityTypeId}:${params.id}`)
        return itemAnswer(item && Object.assign(item, fields))
      }
      case 'crm.lead.get':
      case 'crm.company.get': {
        const address = this.addresses.get(`${params.id}`)
        return address ? { result: address } : { error: notFound }
      }
      case 'crm.activity.add':
        return { result: this.keep(this.activities, fields) }
      case 'crm.activity.todo.add': {
        const todo = {
          OWNER_TYPE_ID: params.ownerTypeId,
          OWNER_ID: params.ownerId,
          PROVIDER_ID: 'CRM_TODO',
          COMPLETED: 'N',
          SUBJECT: params.title,
          DESCRIPTION: params.description,
          DEADLINE: params.deadline,
          RESPONSIBLE_ID: params.responsibleId,
        }
        return { result: { id: this.keep(this.activities, todo) } }
      }
      case 'crm.activity.list':
        return { result: select(this.activities, filter, params.order) }
      case 'crm.activity.update': {
        const isDone = fields.COMPLETED === 'Y'
        if (isDone && !this.todosDone.includes(String(params.id))) {
          this.todosDone.push(String(params.id))
        }
        return { result: true }
      }
      case 'crm.activity.delete':
        return this.drop(this.activities, params.id, true)
      case 'crm.timeline.comment.delete':
        return this.drop(this.comments, params.id, null)
      case 'crm.timeline.comment.add':
        return { result: this.keep(this.comments, fields) }
      case 'crm.timeline.comment.list':
        return { result: select(this.comments, filter, params.order) }
      case 'im.notify.personal.add':
        // A tag replaces the earlier notice.
        if (params.TAG) {
          this.notifications = this.notifications.filter(({ TAG }) => TAG !== params.TAG)
        }
        return { result: this.keep(this.notifications, params) }
      case 'crm.lead.userfield.list': {
        const start = Number(params.start ?? 0)
        const next = start + 2 < this.userFields.length ? { next: start + 2 } : {}
        return { result: this.userFields.slice(start, start + 2), ...next }
      }
      case 'crm.lead.userfield.add':
        return {
          result: this.keep(this.userFields, {
            ...fields,
            FIELD_NAME: `UF_CRM_${fields.FIELD_NAME}`,
          }),
        }
      default:
        return {
          error: { error: 'ERROR_METHOD_NOT_FOUND', error_description: 'Method not found!' },
        }
    }
  }

  private drop(rows: Row[], id: unknown, result: unknown): { result?: unknown; error?: Row } {
    const at = rows.findIndex(({ ID }) => ID === id)
    if (at < 0) return { error: { error: 'NOT_FOUND', error_description: 'Not found.' } }
    if (this.forbidsDeleting) return { error: accessDenied }
    rows.splice(at, 1)
    return { result }
  }

  private keep(rows: Row[], row: Row): number {
    this.lastId += 1
    rows.push({ ID: String(this.lastId), ...row })
    return this.lastId
  }
}

const accessDenied = { error: '', error_description: 'Access denied.' }
const notFound = { error: '', error_description: 'Not found' }

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status })
}

function itemAnswer(item: Row | undefined) {
  return item ? { result: { item } } : { error: { ...notFound, error: 'NOT_FOUND' } }
}

/** PHP writes an empty map as a list. */
function phpArray(map: Row): Row | [] {
  return Object.keys(map).length === 0 ? [] : map
}

function select(rows: Row[], filter: Row, order: unknown): Row[] {
  const found = rows.filter((row) =>
    Object.entries(filter).every(([name, value]) => String(row[name]) === String(value)),
  )
  const isDescending = (order as Row | undefined)?.ID === 'DESC'
  return isDescending ? found.reverse() : found
}

function withReferences(query: string, results: Row): string {
  return query.replaceAll(/\$result((?:\[\w+\])+)/g, (whole, path: string) => {
    let value: unknown = results
    for (const [, step = ''] of path.matchAll(/\[(\w+)\]/g)) value = (value as Row | null)?.[step]
    return value === undefined ? whole : encodeURIComponent(String(value))
  })
}

/** `a[b][0]=c` → `{a: {b: {0: 'c'}}}`: every value a string, lists as maps, as PHP sees them. */
export function parsePhpQuery(query: string): Row {
  const root: Row = {}
  for (const pair of query.split('&').filter(Boolean)) {
    const [rawName = '', rawValue = ''] = pair.split(/=(.*)/s)
    const name = decodeURIComponent(rawName)
    const steps = [name.split('[')[0] ?? '', ...[...name.matchAll(/\[(.*?)\]/g)].map((m) => m[1])]
    let at = root
    for (const step of steps.slice(0, -1)) {
      at[step ?? ''] ??= {}
      at = at[step ?? ''] as Row
    }
    at[steps.at(-1) ?? ''] = decodeURIComponent(rawValue.replaceAll('+', ' '))
  }
  return root
}

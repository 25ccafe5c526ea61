import type { RaiseEvent } from '../crm/entities.ts'
import type { PortalData } from '../model.ts'
import { ALL_SCOPES, type RestAuth } from '../rest/auth.ts'
import { RestDesk } from '../rest/desk.ts'
import type { PortalPlan } from '../rest/method.ts'
import type { Params } from '../rest/params.ts'
import { seedPortal, USER_IDS, type UserRole } from '../seed.ts'

/** 10:00 in Moscow, 4 March 2026. */
export const START_MS = Date.parse('2026-03-04T10:00:00+03:00')

export interface RaisedEvent {
  event: string
  fields: Record<string, unknown>
  userId: number
}

export interface TestDesk {
  data: PortalData
  desk: RestDesk
  /** Events that the calls raised, oldest first. */
  events: RaisedEvent[]
  /** Runs a method as a role, the operator unless told; the answer's status and body. */
  call(method: string, params?: Params, role?: UserRole): { status: number; body: Answer }
  /** The same, of a method that is expected to succeed: its result. */
  result(method: string, params?: Params, role?: UserRole): unknown
  /** Moves the clock. */
  advance(ms: number): void
}

/** An answer's body, loosely: tests look into it. */
export interface Answer extends Record<string, unknown> {
  error?: string
  error_description?: string
  result?: unknown
  total?: number
  next?: number
}

/** A new portal without HTTP around it, with a clock that stands still. */
export function openDesk(
  plan: PortalPlan = 'standard',
  kind: RestAuth['kind'] = 'webhook',
): TestDesk {
  const data = seedPortal('ru')
  let nowMs = START_MS
  const clock = { now: () => nowMs, zone: 'Europe/Moscow' }
  const events: RaisedEvent[] = []
  const raise: RaiseEvent = (event, fields, userId) => events.push({ event, fields, userId })
  const desk = new RestDesk({ data, clock, plan, origin: 'https://portal.example', raise })
  const call: TestDesk['call'] = (method, params = {}, role = 'operator') =>
    desk.answer(testAuth(kind, role), method, params)
  return {
    data,
    desk,
    events,
    call,
    result: (method, params, role) => {
      const { status, body } = call(method, params, role)
      if (status !== 200) throw new Error(`${method}: ${body.error} ${body.error_description}`)
      return body.result
    },
    advance: (ms) => {
      nowMs += ms
    },
  }
}

/** Rights of a role: its webhook, or a token of the application `local.test`. */
export function testAuth(kind: RestAuth['kind'], role: UserRole): RestAuth {
  const appId = kind === 'oauth' ? 'local.test' : null
  return { kind, userId: USER_IDS[role], scopes: ALL_SCOPES, appId }
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody, sendJson } from '../http.ts'
import { FAULT_KINDS, type FaultQueue, type FaultSpec } from './faults.ts'
import type { PortalMood } from './mood.ts'
import { isPhpArray } from './php.ts'

/** Path of the control endpoint: the sandbox's own, no Bitrix24 has it. */
export const CONTROL_PATH = '/sandbox/control'

/**
 * The HTTP control of a sandbox: GET tells faults to come and the mood; POST takes
 * `{fault: {kind, method?, nth?, times?, delayMs?}, clear?, mood?: {movedTo?, isReadOnly?, isBroken?}}`.
 * The portal listens on loopback only, so whoever reaches it may do it. JSON alone is taken: no
 * page of another origin can send that without asking first.
 */
export async function serveControl(
  { faults, mood }: { faults: FaultQueue; mood: PortalMood },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'POST') {
    const isJson = (request.headers['content-type'] ?? '').includes('json')
    const problem = isJson ? apply(faults, mood, await readBody(request)) : 'JSON is expected'
    if (problem !== null) return sendJson(response, 400, { error: problem })
  }
  sendJson(response, 200, { faults: faults.list(), mood })
}

function apply(faults: FaultQueue, mood: PortalMood, body: string | null): string | null {
  const given = parse(body)
  if (given === null) return 'JSON is expected'
  const fault = given.fault === undefined ? null : readFault(given.fault)
  if (given.fault !== undefined && fault === null) return 'this is no fault'
  if (given.clear === true) faults.clear()
  if (fault !== null) faults.add(fault)
  const { mood: wanted } = given
  if (!isPhpArray(wanted)) return null
  if (typeof wanted.isReadOnly === 'boolean') mood.isReadOnly = wanted.isReadOnly
  if (typeof wanted.isBroken === 'boolean') mood.isBroken = wanted.isBroken
  if (typeof wanted.movedTo === 'string' || wanted.movedTo === null) mood.movedTo = wanted.movedTo
  return null
}

function parse(body: string | null): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body ?? '')
    return isPhpArray(value) ? value : null
  } catch {
    return null
  }
}

function readFault(value: unknown): FaultSpec | null {
  if (!isPhpArray(value)) return null
  const kind = FAULT_KINDS.find((one) => one === value.kind)
  if (kind === undefined) return null
  const numbers = (['nth', 'times', 'delayMs'] as const).flatMap((name) => {
    const number = value[name]
    return typeof number === 'number' && number >= 1 ? [[name, number]] : []
  })
  const method = typeof value.method === 'string' ? { method: value.method } : {}
  return { kind, ...method, ...Object.fromEntries(numbers) }
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { PortalClock } from '../clock.ts'
import { readBody, sendJson, sendPage } from '../http.ts'
import { batchCommands } from './batch.ts'
import { errorAnswer, type RestDesk, readTarget, TOO_MANY } from './desk.ts'
import type { FaultQueue } from './faults.ts'
import { parseRequest } from './params.ts'

/** What the log keeps of a REST request; never a webhook's code. */
export interface LoggedRequest {
  /** ISO 8601, UTC. */
  time: string
  method: string
  /** Who acted; null when the authorization was wrong. */
  userId: number | null
  /** Path with the code masked. */
  path: string
  /** Commands of a batch: `key: method?query`. */
  commands: string[]
  /** HTTP status; null while unanswered, and for an answer that never came. */
  status: number | null
}

export interface RestHttp {
  desk: RestDesk
  faults: FaultQueue
  requests: LoggedRequest[]
  clock: PortalClock
  /** Called after anything may have changed. */
  onChange(): void
}

const BAD_GATEWAY = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>'

/** Serves one request under `/rest/`. */
export async function serveRest(
  { desk, faults, requests, clock, onChange }: RestHttp,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request)
  const target = readTarget(url.pathname)
  const params = parseRequest(
    url.search.slice(1),
    request.headers['content-type'] ?? '',
    body ?? '',
  )
  const auth = desk.authorize(target, params)
  const commands = target.method.toLowerCase() === 'batch' ? batchCommands(params) : []
  const entry: LoggedRequest = {
    time: new Date(clock.now()).toISOString(),
    method: target.method,
    userId: 'ok' in auth ? null : auth.userId,
    path: `/rest/${target.userId}/***/${target.method}`,
    commands: commands.map(({ key, method, query }) => `${key}: ${method}${query && `?${query}`}`),
    status: null,
  }
  requests.push(entry)
  const reply = (status: number, send: () => void) => {
    entry.status = status
    send()
  }

  const fault = faults.take([target.method, ...commands.map(({ method }) => method)])
  if (fault?.kind === 'before') return void request.socket.destroy()
  if (fault?.kind === '502') return reply(502, () => sendPage(response, 502, BAD_GATEWAY))
  if (fault?.kind === 'limit' || !desk.letIn(request.socket.remoteAddress ?? '')) {
    const { status, body: refusal } = errorAnswer(TOO_MANY)
    return reply(status, () => sendJson(response, status, refusal))
  }
  const answer = desk.answer(auth, target.method, params)
  onChange()
  if (fault?.kind === 'after-effect-no-answer') return void request.socket.destroy()
  if (fault?.kind === 'delay') await wait(fault.delayMs ?? 1000)
  reply(answer.status, () => sendJson(response, answer.status, answer.body))
}

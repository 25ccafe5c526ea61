import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { PortalClock } from '../clock.ts'
import { readBytes, sendPage } from '../http.ts'
import { batchCommands } from './batch.ts'
import { readContent } from './body.ts'
import { errorAnswer, type RestAnswer, type RestDesk, TOO_MANY, USED_UP } from './desk.ts'
import type { FaultKind, FaultQueue } from './faults.ts'
import { BROKEN, OVERLOADED, type PortalMood, refuseWrite } from './mood.ts'
import type { Refusal } from './reply.ts'
import { maskedPath, type RestTarget, readTarget } from './target.ts'
import { toXml } from './xml.ts'

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
  mood: PortalMood
  requests: LoggedRequest[]
  clock: PortalClock
  /** Called after anything may have changed. */
  onChange(): void
}

const BAD_GATEWAY = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>'

/** Faults that refuse before anything is done. */
const REFUSALS: Partial<Record<FaultKind, Refusal>> = {
  limit: TOO_MANY,
  overload: OVERLOADED,
  operating: USED_UP,
  '500': BROKEN,
}

/** Serves one request under `/rest/`. */
export async function serveRest(
  { desk, faults, mood, requests, clock, onChange }: RestHttp,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const bytes = await readBytes(request)
  const contentType = request.headers['content-type'] ?? ''
  const { params, files } = await readContent(
    url.search.slice(1),
    contentType,
    bytes ?? Buffer.alloc(0),
  )
  const target = readTarget(url.pathname)
  const auth = desk.authorize(target, params)
  const commands = target.method.toLowerCase() === 'batch' ? batchCommands(params) : []
  const methods = [target.method, ...commands.map(({ method }) => method)]
  const entry: LoggedRequest = {
    time: new Date(clock.now()).toISOString(),
    method: target.method,
    userId: 'ok' in auth ? null : auth.userId,
    path: maskedPath(target),
    commands: commands.map(({ key, method, query }) => `${key}: ${method}${query && `?${query}`}`),
    status: null,
  }
  requests.push(entry)
  const reply = (answer: RestAnswer, isHalf = false) => {
    entry.status = answer.status
    send(response, target, answer, isHalf)
  }

  if (mood.movedTo !== null) {
    // Bitrix24 docs: settings/how-to-call-rest-api/change-domen.md.
    entry.status = 302
    return sendPage(response, 302, '', { location: `${mood.movedTo}${url.pathname}${url.search}` })
  }
  const fault = faults.take(methods)
  if (fault?.kind === 'before') return void request.socket.destroy()
  if (fault?.kind === '502') {
    entry.status = 502
    return sendPage(response, 502, BAD_GATEWAY)
  }
  const refusal =
    (fault && REFUSALS[fault.kind]) ??
    (mood.isBroken ? BROKEN : null) ??
    (desk.letIn(request.socket.remoteAddress ?? '') ? null : TOO_MANY) ??
    refuseWrite(mood, methods)
  if (refusal) return reply(errorAnswer(refusal))
  const answer =
    target.version === 3 ? desk.answerThird(auth) : desk.answer(auth, target.method, params, files)
  onChange()
  if (fault?.kind === 'after-effect-no-answer') return void request.socket.destroy()
  if (fault?.kind === 'delay') await wait(fault.delayMs ?? 1000)
  reply(answer, fault?.kind === 'half-answer')
}

function send(
  response: ServerResponse,
  { format }: RestTarget,
  { status, body }: RestAnswer,
  isHalf: boolean,
): void {
  const text = Buffer.from(format === 'xml' ? toXml(body) : JSON.stringify(body))
  const type = format === 'xml' ? 'text/xml' : 'application/json'
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-length': text.length,
  })
  if (!isHalf) return void response.end(text)
  response.write(text.subarray(0, text.length >> 1), () => response.destroy())
}

import {
  type Answer,
  type MethodResult,
  type Operating,
  phpMap,
  readAnswer,
  readOperating,
  readRefusal,
  type Success,
} from './answer.ts'
import {
  type Authorisation,
  applicationError,
  originsOf,
  type Pass,
  tokenPass,
  webhookPass,
  withoutToken,
} from './authorisation.ts'
import { type Command, encodeCommand, MAX_COMMANDS } from './batch.ts'
import { type BitrixError, type BitrixReason, bitrixError, errorOf } from './errors.ts'
import type { Limiter, Priority } from './limiter.ts'

export interface ClientOptions {
  authorisation: Authorisation
  fetch: typeof fetch
  /** Epoch milliseconds. */
  now(): number
  limiter: Limiter
  sleep?(ms: number): Promise<void>
  /** Uniform in [0, 1), for the jitter of repeated reads. */
  random?(): number
  /** Bitrix24 ends a request after 60 s itself, so a shorter wait only makes doubts. */
  timeoutMs?: number
  /** Told how each request or command ended; null = well. */
  onAnswer?(methods: readonly string[], reason: BitrixReason | null): void
}

export interface CallOptions {
  /** A write is sent once, whatever happens; a read is repeated (docs/adr/0007). */
  write: boolean
  /** Default: `interactive`. */
  priority?: Priority
  signal?: AbortSignal
}

export interface BatchOptions extends CallOptions {
  /** 1 stops at the first command that fails; those before it stay done. */
  halt: 0 | 1
}

export type BatchResult = Map<string, Answer<MethodResult>>

export type BitrixClient = ReturnType<typeof createBitrixClient>

/** A read is sent at most so many times, with 0.5 s, 1 s … (halved by jitter) between. */
const READ_TRIES = 3
const READ_DELAY_MS = 500
const WORTH_REPEATING: ReadonlySet<BitrixReason> = new Set(['away', 'limit', 'server_error'])

/**
 * Bitrix24's REST API by an inbound webhook or by an application's access tokens: POST, JSON, no
 * redirects followed, no cookies. A token that is refused is exchanged for a newer one, once: 401
 * means that nothing was executed, so writes are repeated then, too.
 * Failures are values; only a wrong use of the client throws.
 */
export function createBitrixClient(options: ClientOptions) {
  const { authorisation, fetch, limiter, now, onAnswer = () => {} } = options
  const { random = Math.random, timeoutMs = 60_000 } = options
  const sleep = options.sleep ?? ((ms: number) => new Promise<void>((done) => setTimeout(done, ms)))
  const judge = (error: BitrixError) =>
    authorisation.by === 'application' ? applicationError(error) : error

  /** One method. The result is not checked here: whoever asked knows its shape. */
  function call(
    method: string,
    params: object,
    { write, priority = 'interactive', signal }: CallOptions,
  ): Promise<Answer<MethodResult>> {
    return repeat(write, signal, async () => {
      const answer = await post({ method, params, methods: [method], priority, signal })
      if (!answer.ok) return answer
      const { time, result, next = null } = answer.value.success
      await noteOperating(method, readOperating(time))
      return { ok: true, value: { result, next } }
    })
  }

  /**
   * Up to 50 commands in one request (Bitrix24 docs: batch). Each has an answer of its own; one
   * that Bitrix24 passed over in silence is an error of unknown fate.
   */
  function batch(
    commands: Readonly<Record<string, Command>>,
    { halt, write, priority = 'interactive', signal }: BatchOptions,
  ): Promise<Answer<BatchResult>> {
    const entries = Object.entries(commands)
    if (entries.length === 0 || entries.length > MAX_COMMANDS) {
      throw new RangeError(`a batch holds 1 to ${MAX_COMMANDS} commands, not ${entries.length}`)
    }
    const cmd = Object.fromEntries(entries.map(([key, command]) => [key, encodeCommand(command)]))
    const methods = [...new Set(entries.map(([, command]) => command.method))]
    return repeat(write, signal, async () => {
      const params = { halt, cmd }
      const answer = await post({ method: 'batch', params, methods, priority, signal })
      if (!answer.ok) return answer
      return { ok: true, value: await readBatch(entries, answer.value) }
    })
  }

  async function readBatch(
    entries: readonly [string, Command][],
    { success, secret }: Sent,
  ): Promise<BatchResult> {
    const parts = phpMap(success.result)
    const results = phpMap(parts.result)
    const errors = phpMap(parts.result_error)
    const nexts = phpMap(parts.result_next)
    const times = phpMap(parts.result_time)
    const answers: BatchResult = new Map()
    for (const [key, { method }] of entries) {
      await noteOperating(method, readOperating(times[key]))
      const refusal = readRefusal(errors[key], null, secret)
      if (refusal !== null) {
        const error = judge(bitrixError(refusal))
        onAnswer([method], error.reason)
        answers.set(key, { ok: false, error: await noteRefusal(method, error) })
      } else if (key in results) {
        const next = Number(nexts[key] ?? Number.NaN)
        const value = { result: results[key], next: Number.isNaN(next) ? null : next }
        onAnswer([method], null)
        answers.set(key, { ok: true, value })
      } else {
        answers.set(key, { ok: false, error: noAnswer('protocol', 'no answer to this command') })
      }
    }
    return answers
  }

  async function repeat<T>(
    write: boolean,
    signal: AbortSignal | undefined,
    send: () => Promise<Answer<T>>,
  ): Promise<Answer<T>> {
    for (let tries = 1; ; tries += 1) {
      const answer = await send()
      const isLast = write || tries >= READ_TRIES || signal?.aborted === true
      if (answer.ok || isLast || !WORTH_REPEATING.has(answer.error.reason)) return answer
      const delayMs = READ_DELAY_MS * 2 ** (tries - 1)
      await sleep(delayMs / 2 + (delayMs / 2) * random())
    }
  }

  async function post(request: Request): Promise<Answer<Sent>> {
    const answer = await postAuthorised(request)
    // What became of a batch's commands is told one by one.
    if (!answer.ok) onAnswer(request.methods, answer.error.reason)
    else if (request.method !== 'batch') onAnswer(request.methods, null)
    return answer
  }

  async function postAuthorised(request: Request): Promise<Answer<Sent>> {
    if (authorisation.by === 'webhook') return send(request, webhookPass(authorisation.webhook))
    const { tokens } = authorisation
    const token = await tokens.token()
    if (!token.ok) return failure(withoutToken(token.reason))
    const first = await send(request, tokenPass(tokens.endpoint, token.value))
    if (first.ok || first.error.status !== 401) return first
    const newer = await tokens.refused(token.value)
    if (!newer.ok) return failure(withoutToken(newer.reason))
    return send(request, tokenPass(tokens.endpoint, newer.value))
  }

  async function send(
    { method, params, methods, priority, signal }: Request,
    { base, auth, secret }: Pass,
  ): Promise<Answer<Sent>> {
    const admission = await limiter.admit(methods, priority)
    if (!admission.ok) {
      const { reason, freeAtMs } = admission
      return failure(errorOf(reason, { status: null, code: '', text: 'held back' }, freeAtMs))
    }
    if (signal?.aborted) {
      return failure({ ...noAnswer('timeout', 'given up before sending'), fate: 'not_executed' })
    }
    const timeout = AbortSignal.timeout(timeoutMs)
    let response: Response
    let body: string
    try {
      response = await fetch(`${base}${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ ...params, ...auth }),
        credentials: 'omit',
        redirect: 'manual',
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      })
      if (isRedirect(response)) {
        return failure(errorOf('moved', refusalOf(response.status, 'the portal has moved')))
      }
      body = await response.text()
    } catch {
      // The exception's text may hold the address, which is a secret.
      if (timeout.aborted) return failure(noAnswer('timeout', `no answer in ${timeoutMs} ms`))
      if (signal?.aborted) return failure(noAnswer('timeout', 'given up'))
      return failure(noAnswer('away', 'no connection'))
    }
    const answer = readAnswer(response.status, body, secret)
    if (answer.ok) return { ok: true, value: { success: answer.value, secret } }
    return failure(await noteRefusal(method, judge(answer.error)))
  }

  async function noteOperating(method: string, operating: Operating | null): Promise<void> {
    if (operating === null || operating.seconds === 0) return
    await limiter.noteOperating(method, operating.seconds, operating.resetAtMs)
  }

  async function noteRefusal(method: string, error: BitrixError): Promise<BitrixError> {
    if (error.reason === 'limit') await limiter.noteLimit()
    if (error.reason !== 'operating_limit') return error
    return { ...error, freeAtMs: await limiter.noteBlocked(method) }
  }

  return {
    /** The portal's origins, for whoever must not write to another portal. */
    origins: originsOf(authorisation),
    /** An application's notification may carry a tag; a webhook's not (docs/adr/0006). */
    canTag: authorisation.by === 'application',
    now,
    call,
    batch,
  }
}

interface Request {
  method: string
  params: object
  /** Those of a batch, for their limits. */
  methods: readonly string[]
  priority: Priority
  signal: AbortSignal | undefined
}

/** What was answered, and the secret that it was asked with. */
interface Sent {
  success: Success
  secret: string
}

/** In a browser a redirect that is not followed is opaque and has status 0. */
function isRedirect(response: Response): boolean {
  return response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)
}

function refusalOf(status: number | null, text: string) {
  return { status, code: '', text }
}

function noAnswer(reason: BitrixReason, text: string): BitrixError {
  return errorOf(reason, refusalOf(null, text))
}

function failure(error: BitrixError): { ok: false; error: BitrixError } {
  return { ok: false, error }
}

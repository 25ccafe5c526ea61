import {
  type Answer,
  type MethodResult,
  type Operating,
  phpMap,
  readAnswer,
  readOperating,
  readRefusal,
} from './answer.ts'
import { type Command, encodeCommand, MAX_COMMANDS } from './batch.ts'
import { type BitrixError, type BitrixReason, bitrixError, errorOf } from './errors.ts'
import type { Limiter, Priority } from './limiter.ts'

export interface ClientOptions {
  /** Inbound webhook `https://host/rest/<user>/<code>`: a secret, and in no error or log. */
  webhook: string
  fetch: typeof fetch
  /** Epoch milliseconds. */
  now(): number
  limiter: Limiter
  sleep?(ms: number): Promise<void>
  /** Uniform in [0, 1), for the jitter of repeated reads. */
  random?(): number
  /** Bitrix24 ends a request after 60 s itself, so a shorter wait only makes doubts. */
  timeoutMs?: number
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
 * Bitrix24's REST API by an inbound webhook: POST, JSON, no redirects followed, no cookies.
 * Failures are values; only a wrong use of the client throws.
 */
export function createBitrixClient(options: ClientOptions) {
  const { fetch, limiter, now } = options
  const { random = Math.random, timeoutMs = 60_000 } = options
  const sleep = options.sleep ?? ((ms: number) => new Promise<void>((done) => setTimeout(done, ms)))
  const address = options.webhook.replace(/\/+$/, '')
  const secret = address.split('/').at(-1) ?? ''

  /** One method. The result is not checked here: whoever asked knows its shape. */
  function call(
    method: string,
    params: object,
    { write, priority = 'interactive', signal }: CallOptions,
  ): Promise<Answer<MethodResult>> {
    return repeat(write, signal, async () => {
      const answer = await post(method, params, [method], priority, signal)
      if (!answer.ok) return answer
      await noteOperating(method, readOperating(answer.value.time))
      return { ok: true, value: { result: answer.value.result, next: answer.value.next ?? null } }
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
      const answer = await post('batch', { halt, cmd }, methods, priority, signal)
      if (!answer.ok) return answer
      return { ok: true, value: await readBatch(entries, answer.value.result) }
    })
  }

  async function readBatch(
    entries: readonly [string, Command][],
    result: unknown,
  ): Promise<BatchResult> {
    const parts = phpMap(result)
    const results = phpMap(parts.result)
    const errors = phpMap(parts.result_error)
    const nexts = phpMap(parts.result_next)
    const times = phpMap(parts.result_time)
    const answers: BatchResult = new Map()
    for (const [key, { method }] of entries) {
      await noteOperating(method, readOperating(times[key]))
      const refusal = readRefusal(errors[key], null, secret)
      if (refusal !== null) {
        answers.set(key, { ok: false, error: await noteRefusal(method, bitrixError(refusal)) })
      } else if (key in results) {
        const next = Number(nexts[key] ?? Number.NaN)
        const value = { result: results[key], next: Number.isNaN(next) ? null : next }
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

  async function post(
    method: string,
    params: object,
    methods: readonly string[],
    priority: Priority,
    signal: AbortSignal | undefined,
  ) {
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
      response = await fetch(`${address}/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(params),
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
    return answer.ok ? answer : failure(await noteRefusal(method, answer.error))
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
    /** The portal's origin, for whoever must not write to another one. */
    origin: new URL(address).origin,
    now,
    call,
    batch,
  }
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

import { writeInstant } from '../clock.ts'
import {
  actingUser,
  authKey,
  NO_AUTH,
  type RestAuth,
  refuseByScope,
  type TokenReader,
  webhookAuth,
} from './auth.ts'
import { runBatch, type TimedReply } from './batch.ts'
import type { UploadedFile } from './body.ts'
import { RequestLimiter } from './limiter.ts'
import type { RestMethod, RestPortal } from './method.ts'
import { OperatingLedger, type OperatingTime } from './operating.ts'
import type { Params } from './params.ts'
import { phpText } from './php.ts'
import { findMethod } from './registry.ts'
import { type MethodReply, type Refusal, refused } from './reply.ts'
import type { RestTarget } from './target.ts'

/** An answer of REST before it becomes text. */
export interface RestAnswer {
  status: number
  body: Record<string, unknown>
}

export const TOO_MANY = refused('QUERY_LIMIT_EXCEEDED', 'Too many requests', 503)
const NO_METHOD = refused('ERROR_METHOD_NOT_FOUND', 'Method not found!', 404)
export const USED_UP = refused(
  'OPERATION_TIME_LIMIT',
  'Method is blocked due to operation time limit',
  429,
)
const NOT_IN_BATCH = refused(
  'ERROR_BATCH_METHOD_NOT_ALLOWED',
  'Method is not allowed for batch usage',
  405,
)

/** REST without HTTP: limits, authorization, the methods, and the envelope around answers. */
export class RestDesk {
  readonly #portal: RestPortal
  readonly #limiter: RequestLimiter
  readonly #operating = new OperatingLedger()

  readonly #readToken: TokenReader

  /** `readToken` knows the access tokens of applications; without it there are none. */
  constructor(portal: RestPortal, readToken: TokenReader = () => NO_AUTH) {
    this.#portal = portal
    this.#limiter = new RequestLimiter(portal.plan)
    this.#readToken = readToken
  }

  /** Has this address a request left? Each asked request counts. */
  letIn(address: string): boolean {
    return this.#limiter.take(address, this.#portal.clock.now())
  }

  /**
   * In whose name a request is made: by the webhook in its path, else by `auth` in body or query
   * (Bitrix24 docs: settings/how-to-call-rest-api/authorization.md); headers are not read.
   */
  authorize({ userId, code }: RestTarget, params: Params): RestAuth | Refusal {
    if (code !== '') return webhookAuth(this.#portal.data, userId, code) ?? NO_AUTH
    const token = phpText(params.auth) ?? ''
    return token === '' ? NO_AUTH : this.#readToken(token)
  }

  /** Runs one request. */
  answer(
    auth: RestAuth | Refusal,
    method: string,
    params: Params,
    files: readonly UploadedFile[] = [],
  ): RestAnswer {
    if ('ok' in auth) return errorAnswer(auth)
    const started = this.#start()
    if (method.toLowerCase() === 'batch') {
      const reply = runBatch(params, (name, inner) => this.#runInBatch(auth, name, inner))
      return this.#envelope(reply, this.#time(started, { operating: 0 }))
    }
    const { reply, time } = this.#run(auth, method, params, files)
    return this.#envelope(reply, time)
  }

  /**
   * REST 3.0 has no methods here, as it has none for the CRM or telephony
   * (Bitrix24 docs: api-reference/rest-v3.md): errors are objects there.
   */
  answerThird(auth: RestAuth | Refusal): RestAnswer {
    const { status, error, description } = 'ok' in auth ? auth : NO_METHOD
    return { status, body: { error: { code: error, message: description } } }
  }

  /** Makes a method look as if it had run for so many seconds: its time limit comes closer. */
  addOperating(auth: RestAuth, name: string, seconds: number): void {
    const method = findMethod(name)
    if (method) this.#operating.add(authKey(auth), method.name, seconds, this.#portal.clock.now())
  }

  #runInBatch(auth: RestAuth, name: string, params: Params): TimedReply {
    return name.toLowerCase() === 'batch' || findMethod(name)?.isFileMethod
      ? { reply: NOT_IN_BATCH, time: null }
      : this.#run(auth, name, params, [])
  }

  #run(auth: RestAuth, name: string, params: Params, files: readonly UploadedFile[]): TimedReply {
    const method = findMethod(name)
    if (method === null) return { reply: NO_METHOD, time: null }
    const { clock } = this.#portal
    const user = actingUser(this.#portal.data, auth)
    if (user === null) return { reply: NO_AUTH, time: null }
    const refusal = refuseCaller(method, auth, user.ADMIN)
    if (refusal !== null) return { reply: refusal, time: null }
    const key = authKey(auth)
    if (this.#operating.isUsedUp(key, method.name, clock.now())) {
      return { reply: USED_UP, time: null }
    }
    const started = this.#start()
    const reply = method.run({ params, user, auth, portal: this.#portal, files })
    const seconds = (performance.now() - started.tick) / 1000
    const operating = this.#operating.add(key, method.name, seconds, clock.now())
    return { reply, time: this.#time(started, operating) }
  }

  #start(): { atMs: number; tick: number } {
    return { atMs: this.#portal.clock.now(), tick: performance.now() }
  }

  /** The `time` block (Bitrix24 docs: api-reference/data-types.md#time). */
  #time(
    { atMs, tick }: { atMs: number; tick: number },
    operating: OperatingTime | { operating: 0 },
  ): Record<string, unknown> {
    const duration = (performance.now() - tick) / 1000
    const finishMs = atMs + duration * 1000
    const { zone } = this.#portal.clock
    return {
      start: atMs / 1000,
      finish: finishMs / 1000,
      duration,
      processing: duration,
      date_start: writeInstant(atMs, zone),
      date_finish: writeInstant(finishMs, zone),
      ...operating,
    }
  }

  #envelope(reply: MethodReply, time: unknown): RestAnswer {
    if (!reply.ok) return errorAnswer(reply)
    const { result, next, total } = reply
    return {
      status: 200,
      body: {
        result,
        ...(next === undefined ? {} : { next }),
        ...(total === undefined ? {} : { total }),
        time,
      },
    }
  }
}

/** Scope first, then the kind of authorization, then the user's rights. */
function refuseCaller(method: RestMethod, auth: RestAuth, isAdmin: boolean): Refusal | null {
  const byScope = refuseByScope(auth, method.scope)
  if (byScope !== null) return byScope
  if (method.withoutApp && auth.appId === null) return method.withoutApp
  return method.withoutAdmin && !isAdmin ? method.withoutAdmin : null
}

/** An error as REST 2 writes it: without `time`. */
export function errorAnswer({ status, error, description }: Refusal): RestAnswer {
  return { status, body: { error, error_description: description } }
}

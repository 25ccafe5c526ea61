import { z } from 'zod'
import { type BitrixError, bitrixError, errorOf, plainText, type Refusal } from './errors.ts'

export type Answer<T> = { ok: true; value: T } | { ok: false; error: BitrixError }

/** What a method answered; `next` is the offset of the next page of a list, if there is one. */
export interface MethodResult {
  result: unknown
  next: number | null
}

/** Bitrix24 names errors by a word, a number or a sentence; REST 3.0 by an object. */
const ErrorBody = z.looseObject({
  error: z.union([
    z.string(),
    z.number(),
    z.looseObject({ code: z.string().optional(), message: z.string().optional() }),
  ]),
  error_description: z.string().nullish(),
})

const Time = z
  .looseObject({
    operating: z.coerce.number().optional(),
    operating_reset_at: z.union([z.number(), z.string()]).optional(),
  })
  .optional()
  .catch(undefined)

const Success = z.looseObject({
  result: z.unknown(),
  total: z.coerce.number().optional().catch(undefined),
  next: z.coerce.number().optional().catch(undefined),
  time: Time,
})
export type Success = z.infer<typeof Success>

export interface Operating {
  seconds: number
  resetAtMs: number
}

/**
 * Reads an answer's body. An error may come with status 200, and a proxy or a login page may
 * answer HTML instead of JSON. `secret` is cut out of whatever the server said.
 */
export function readAnswer(status: number, body: string, secret: string): Answer<Success> {
  const json = parseJson(body)
  if (json === undefined) return { ok: false, error: unreadable(status, body, secret) }
  const refusal = readRefusal(json, status, secret)
  if (refusal !== null) return { ok: false, error: bitrixError(refusal) }
  const success = Success.safeParse(json)
  if (success.success && 'result' in success.data && status < 400) {
    return { ok: true, value: success.data }
  }
  return { ok: false, error: unreadable(status, body, secret) }
}

/** The error in an answer or in one entry of a batch's `result_error`; null = there is none. */
export function readRefusal(json: unknown, status: number | null, secret: string): Refusal | null {
  const parsed = ErrorBody.safeParse(json)
  if (!parsed.success) return null
  const { error, error_description } = parsed.data
  const isObject = typeof error === 'object'
  const code = isObject ? (error.code ?? '') : String(error)
  const text = (isObject ? error.message : error_description) ?? ''
  return { status, code: plainText(code, secret), text: plainText(text || code, secret) }
}

/** A PHP map: an empty one arrives as `[]` (Bitrix24 docs: batch). Anything else is none either. */
export function phpMap(value: unknown): Record<string, unknown> {
  if (value === null || typeof value !== 'object') return {}
  return { ...value }
}

/** Accumulated execution time of a method, where an answer tells it; seconds, and epoch ms. */
export function readOperating(time: unknown): Operating | null {
  const parsed = Time.parse(time)
  if (parsed?.operating === undefined || parsed.operating_reset_at === undefined) return null
  const reset = parsed.operating_reset_at
  const seconds = Number(reset)
  const resetAtMs = Number.isNaN(seconds) ? Date.parse(String(reset)) : seconds * 1000
  return Number.isNaN(resetAtMs) ? null : { seconds: parsed.operating, resetAtMs }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown
  } catch {
    return undefined
  }
}

function unreadable(status: number, body: string, secret: string): BitrixError {
  const refusal = { status, code: '', text: plainText(body, secret) || `HTTP ${status}` }
  const isKnown = status === 401 || status === 403 || status === 429 || status >= 500
  return isKnown ? bitrixError(refusal) : errorOf('protocol', refusal)
}

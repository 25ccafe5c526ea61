import { Transform } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { maskPhones, maskPhonesDeep } from '../people/mask-phones.ts'
import { LEAST_ACCESS } from '../people/role-access.ts'
import { Refusal } from './problems.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * `'ours'`: the numbers in this route's answers are the call centre's or the customer's own,
     * and masking would break them (signed documents, SIP names). Without it answers are masked.
     */
    phones?: 'ours'
    /** The answer is for taking away: roles barred from exports are refused before any work. */
    isExport?: true
  }
}

const FILES = /^(text\/csv|application\/(x-ndjson|octet-stream|zip|vnd\.))/

/**
 * Every answer of this scope passes here on its way out, whatever its schema says: phone numbers
 * are masked for the roles that don't see them, and files are kept from the roles that may not
 * export, also when a route forgot to say that it makes one.
 */
export function guardPersonalData(scope: FastifyInstance): void {
  scope.addHook('onRequest', async (request) => {
    if (request.routeOptions.config.isExport && !accessOf(request).mayExport) refuseExport()
  })
  scope.addHook('onSend', async (request, reply, payload) => {
    const access = accessOf(request)
    const type = String(reply.getHeader('content-type') ?? '')
    const isFile = FILES.test(type) || reply.hasHeader('content-disposition')
    if (isFile && !access.mayExport && reply.statusCode < 300) refuseExport()
    if (!access.masksPhones || request.routeOptions.config.phones === 'ours') return payload
    // Its length was that of the unmasked text.
    reply.removeHeader('content-length')
    return masked(payload, type)
  })
}

function accessOf(request: FastifyRequest) {
  return request.access ?? LEAST_ACCESS
}

function refuseExport(): never {
  throw new Refusal({ code: 'forbidden', message: 'your role may not export' })
}

function masked(payload: unknown, type: string): unknown {
  if (payload === null || payload === undefined) return payload
  if (typeof payload === 'string' || Buffer.isBuffer(payload)) {
    const text = payload.toString()
    return /json/.test(type) && !/ndjson/.test(type)
      ? JSON.stringify(maskPhonesDeep(JSON.parse(text)))
      : maskPhones(text)
  }
  if (isReadable(payload)) return payload.pipe(maskingLines())
  throw new Error('an answer of this kind can not be masked')
}

function isReadable(payload: unknown): payload is NodeJS.ReadableStream {
  return typeof payload === 'object' && payload !== null && 'pipe' in payload
}

/** Line by line, so that no number is cut in two. */
function maskingLines(): Transform {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  return new Transform({
    transform(chunk: Buffer, _, done) {
      const lines = (rest + decoder.write(chunk)).split('\n')
      rest = lines.pop() ?? ''
      done(null, lines.map((line) => `${maskPhones(line)}\n`).join(''))
    },
    flush(done) {
      done(null, maskPhones(rest + decoder.end()))
    },
  })
}

import { createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { RelayKeys } from '../../lib/contracts/relay-campaigns.ts'
import {
  type StopListCopyEntry,
  StopListRequest,
  type StopSubject,
} from '../../lib/contracts/relay-stop-list.ts'
import { makeKey, signAs } from './signed-campaigns.ts'

const SALT = 'AAECAwQFBgcICQoLDA0ODw'

export interface StopListRelay {
  address: string
  /** What was entered, by Idempotency-Key. */
  entered: Map<string, StopListRequest>
  /** Puts a subject onto the list, for all channels and for good. */
  bar(subject: StopSubject): void
  close(): Promise<void>
}

/**
 * A stop list at the level of HTTP in front of a relay: answers what the contract says of it, by a
 * key of its own, and passes all other requests on.
 */
export async function startStopListRelay(upstream: string): Promise<StopListRelay> {
  const key = await makeKey()
  const entries: StopListCopyEntry[] = []
  const entered = new Map<string, StopListRequest>()

  function bar({ kind, value }: StopSubject): void {
    const hash = createHmac('sha256', Buffer.from(SALT, 'base64url')).update(`${kind}:${value}`)
    const subject = hash.digest().subarray(0, 16).toString('base64url')
    entries.push({
      ...{ id: randomUUID(), subject, kind, scope: { kind: 'global' }, channel: 'all' },
      ...{ term: { kind: 'permanent' }, source: 'client', enteredAt: new Date().toISOString() },
    })
  }

  async function copy(request: IncomingMessage): Promise<Response> {
    const etag = `"${entries.length}"`
    if (request.headers['if-none-match'] === etag) return new Response(null, { status: 304 })
    const payload = { version: entries.length, since: null, salt: SALT, entries, removed: [] }
    const issuedAt = new Date().toISOString()
    const envelope = await signAs('prozvon-stop-list+jws', { ...payload, issuedAt }, key)
    return Response.json({ envelope }, { headers: { etag } })
  }

  async function enter(request: IncomingMessage, body: Buffer): Promise<Response> {
    const asked = StopListRequest.parse(JSON.parse(body.toString('utf8')))
    entered.set(String(request.headers['idempotency-key']), asked)
    return Response.json({ entries: [] }, { status: 201 })
  }

  async function answer(request: IncomingMessage): Promise<Response> {
    const { method = 'GET', url = '/' } = request
    const body = await bodyOf(request)
    const isAsked = method === 'GET'
    if (isAsked && url.startsWith('/v1/stop-list/copy')) return copy(request)
    if (url === '/v1/stop-list/entries' && method === 'POST') return enter(request, body)
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers
    const passed = await fetch(new URL(url, upstream), {
      method,
      headers: headers as Record<string, string>,
      ...(method === 'GET' || method === 'HEAD' || body.length === 0
        ? {}
        : { body: new Uint8Array(body) }),
    })
    if (!isAsked || url !== '/v1/keys' || !passed.ok) return passed
    const { keys } = RelayKeys.parse(await passed.json())
    return Response.json({ keys: [...keys, key.jwk] })
  }

  const server = createServer((request, response) => {
    answer(request).then(
      (answered) => send(answered, request, response),
      () => response.writeHead(502).end(),
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}`,
    entered,
    bar,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

async function send(answered: Response, { headers }: IncomingMessage, response: ServerResponse) {
  const body = Buffer.from(await answered.arrayBuffer())
  const given = Object.fromEntries(answered.headers)
  // The body is whole and unpacked here.
  const { 'content-encoding': _, 'content-length': __, 'transfer-encoding': ___, ...kept } = given
  const cors = {
    'access-control-allow-origin': headers.origin ?? '*',
    'access-control-expose-headers': 'etag',
  }
  response.writeHead(answered.status, { ...cors, ...kept }).end(body)
}

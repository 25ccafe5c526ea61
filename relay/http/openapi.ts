import { createLog } from '../log.ts'
import { createServer } from './server.ts'
import type { ServerDeps } from './server-deps.ts'

/** The OpenAPI document as `/openapi.json` serves it, made without a database. */
export async function openApiDocument(): Promise<object> {
  // Routes use the rest when they are asked, and nobody asks here.
  const inert = {
    log: createLog('silent'),
    ratePerMinute: 1,
    requestTimeoutMs: 30_000,
    trustedProxies: [],
    tls: null,
    stopping: new AbortController().signal,
  } as Partial<ServerDeps> as ServerDeps
  const server = await createServer(inert)
  try {
    await server.ready()
    return server.swagger()
  } finally {
    await server.close()
  }
}

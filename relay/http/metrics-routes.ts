import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { isLoopback } from '../start-notes.ts'
import { Refusal } from './problems.ts'
import type { ServerDeps } from './server-deps.ts'

/**
 * `/metrics` for Prometheus: with RELAY_METRICS_TOKEN for whoever shows it, else for this machine
 * only. A request that came through a proxy is not from this machine, whatever its connection says.
 */
export const metricsRoutes: FastifyPluginAsync<ServerDeps> = async (app, deps) => {
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!isAllowed(request, deps.metricsToken)) {
      throw new Refusal({
        code: 'forbidden',
        message: 'ask from this machine, or with the token RELAY_METRICS_TOKEN',
      })
    }
    return reply.type(deps.metrics.contentType).send(await deps.metrics.text())
  })
}

const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via']

function isAllowed(request: FastifyRequest, token: string | null): boolean {
  if (token !== null) return isSame(request.headers.authorization ?? '', `Bearer ${token}`)
  const isProxied = PROXY_HEADERS.some((name) => request.headers[name] !== undefined)
  return !isProxied && isLoopback(request.socket.remoteAddress ?? '')
}

/** Takes the same time wherever the first difference is. */
function isSame(given: string, wanted: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}

import cors from '@fastify/cors'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import type { Logger } from 'pino'
import { authenticate } from './auth.ts'
import { campaignRoutes } from './campaign-routes.ts'
import { describeRoute } from './describe-route.ts'
import { healthRoutes } from './health-routes.ts'
import { kannelRoutes } from './kannel-routes.ts'
import { messageRoutes } from './message-routes.ts'
import { metricsRoutes } from './metrics-routes.ts'
import { answerError, sendProblem } from './problems.ts'
import { enforceRoles } from './roles.ts'
import type { ServerDeps } from './server-deps.ts'

export type Server = FastifyInstance<
  import('http').Server,
  import('http').IncomingMessage,
  import('http').ServerResponse,
  Logger,
  ZodTypeProvider
>

/** The largest message request by its schema is well below this. */
const BODY_LIMIT_BYTES = 32 * 1024

/** Extensions only: no page of the web has any business here. Firefox's UUID differs per install. */
const EXTENSION_ORIGINS = [
  /^chrome-extension:\/\/[a-p]{32}$/,
  /^moz-extension:\/\/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
]

/** The HTTP side of the relay, reads as its table of contents; not listening yet. */
export async function createServer(deps: ServerDeps): Promise<Server> {
  const app = Fastify({
    loggerInstance: deps.log,
    // Fastify would log whole URLs; ours hold signatures. See the hook below.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: 'idle',
    trustProxy: deps.trustedProxies.length > 0 ? [...deps.trustedProxies] : false,
    // Fastify types a server with TLS as another kind; for our routes it is the same.
    ...(deps.tls && ({ https: deps.tls } as object)),
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(answerError)
  app.setNotFoundHandler((_, reply) =>
    sendProblem(reply, { code: 'not_found', message: 'no such address; see /openapi.json' }),
  )
  app.decorateRequest('caller', null)
  app.addHook('onSend', async (_, reply) => {
    // Else the connection of a long poll that ends now would stay open, and hold up our own end.
    if (deps.stopping.aborted) reply.header('connection', 'close')
  })
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions, caller } = request
    const ms = Math.round(reply.elapsedTime)
    const status = reply.statusCode
    // Addresses that are no route of ours are one: they may be anything.
    deps.metrics.request(method, routeOptions.url ?? 'unknown', status, reply.elapsedTime / 1_000)
    request.log.info(
      { method, route: routeOptions.url, status, ms, token: caller?.tokenId },
      'request',
    )
  })
  await app.register(cors, {
    origin: EXTENSION_ORIGINS,
    methods: ['GET', 'POST'],
    allowedHeaders: ['authorization', 'content-type', 'idempotency-key'],
    maxAge: 600,
  })
  await app.register(swagger, {
    openapi: {
      info: { title: 'Prozvon relay', version: '1' },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    },
    transform: describeRoute,
  })
  await app.register(healthRoutes, deps)
  await app.register(metricsRoutes, deps)
  await app.register(kannelRoutes, deps)
  await app.register(async (scope) => {
    scope.addHook('onRequest', authenticate(deps.db))
    enforceRoles(scope)
    await scope.register(rateLimit, {
      max: deps.ratePerMinute,
      timeWindow: 60_000,
      // The limiter runs behind the scope's hook, so the caller is known here.
      keyGenerator: (request) => request.caller?.tokenId ?? request.ip,
    })
    await scope.register(campaignRoutes, deps)
    await scope.register(messageRoutes, deps)
  })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  return app
}

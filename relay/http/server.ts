import cors from '@fastify/cors'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import type { Logger } from 'pino'
import { accessRoutes } from './access-routes.ts'
import { actionRoutes } from './action-routes.ts'
import { auditRoutes } from './audit-routes.ts'
import { authenticate } from './auth.ts'
import { bitrix24Routes } from './bitrix24-routes.ts'
import { campaignEditRoutes } from './campaign-edit-routes.ts'
import { campaignRoutes } from './campaign-routes.ts'
import { consentRoutes } from './consent-routes.ts'
import { describeRoute } from './describe-route.ts'
import { healthRoutes } from './health-routes.ts'
import { kannelRoutes } from './kannel-routes.ts'
import { keyRoutes } from './key-routes.ts'
import { messageRoutes } from './message-routes.ts'
import { metricsRoutes } from './metrics-routes.ts'
import { pairingCodeRoutes, pairingRoutes } from './pairing-routes.ts'
import { peopleRoutes } from './people-routes.ts'
import { presenceRoutes } from './presence-routes.ts'
import { guardPersonalData } from './privacy.ts'
import { answerError, sendProblem } from './problems.ts'
import { closeQuietConnections } from './quiet-connections.ts'
import { enforceRoles } from './roles.ts'
import type { ServerDeps } from './server-deps.ts'
import { signInRoutes } from './sign-in-routes.ts'
import { softphoneRoutes } from './softphone-routes.ts'
import { stopListFileRoutes } from './stop-list-file-routes.ts'
import { stopListRoutes } from './stop-list-routes.ts'
import { tokenRoutes } from './token-routes.ts'

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
  const patience = {
    headersTimeout: deps.requestTimeoutMs,
    connectionsCheckingInterval: Math.min(deps.requestTimeoutMs, 5_000),
  }
  const app = Fastify({
    loggerInstance: deps.log,
    // Fastify would log whole URLs; ours hold signatures. See the hook below.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: 'idle',
    trustProxy: deps.trustedProxies.length > 0 ? [...deps.trustedProxies] : false,
    // Fastify types a server with TLS as another kind; for our routes it is the same.
    ...(deps.tls && ({ https: { ...deps.tls, ...patience } } as object)),
    // Who sends a request byte by byte must not hold a connection for ever.
    requestTimeout: deps.requestTimeoutMs,
    http: patience,
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(answerError)
  app.setNotFoundHandler((_, reply) =>
    sendProblem(reply, { code: 'not_found', message: 'no such address; see /openapi.json' }),
  )
  closeQuietConnections(app.server, deps.tls !== null, deps.stopping)
  app.decorateRequest('caller', null)
  app.decorateRequest('access', null)
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
  app.addHook('onRequest', answerPrivateNetwork)
  await app.register(cors, {
    origin: EXTENSION_ORIGINS,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'authorization',
      'content-type',
      'idempotency-key',
      'if-match',
      'if-none-match',
    ],
    exposedHeaders: ['etag', 'retry-after'],
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
  await app.register(keyRoutes, deps)
  await app.register(kannelRoutes, deps)
  await app.register(pairingRoutes, deps)
  await app.register(signInRoutes, deps)
  await app.register(async (scope) => {
    scope.addHook('onRequest', authenticate(deps))
    enforceRoles(scope)
    guardPersonalData(scope)
    await scope.register(rateLimit, {
      max: deps.ratePerMinute,
      timeWindow: 60_000,
      // The limiter runs behind the scope's hook, so the caller is known here.
      keyGenerator: (request) => request.caller?.tokenId ?? request.ip,
    })
    await scope.register(peopleRoutes, deps)
    await scope.register(tokenRoutes, deps)
    await scope.register(pairingCodeRoutes, deps)
    await scope.register(softphoneRoutes, deps)
    await scope.register(bitrix24Routes, deps)
    await scope.register(accessRoutes, deps)
    await scope.register(auditRoutes, deps)
    await scope.register(campaignRoutes, deps)
    await scope.register(campaignEditRoutes, deps)
    await scope.register(messageRoutes, deps)
    await scope.register(actionRoutes, deps)
    await scope.register(presenceRoutes, deps)
    await scope.register(stopListRoutes, deps)
    await scope.register(stopListFileRoutes, deps)
    await scope.register(consentRoutes, deps)
  })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  return app
}

/** Chromium asks once more before a page outside may call an address inside a private network. */
async function answerPrivateNetwork({ method, headers }: FastifyRequest, reply: FastifyReply) {
  const { origin = '' } = headers
  const isAsked =
    method === 'OPTIONS' && headers['access-control-request-private-network'] === 'true'
  if (isAsked && EXTENSION_ORIGINS.some((known) => known.test(origin))) {
    reply.header('access-control-allow-private-network', 'true')
  }
}

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  SignIn,
  SignInRequest,
  SignInState,
  SignInTokenRequest,
} from '../../lib/contracts/relay-sign-in.ts'
import { callbackPage, PAGE_HEADERS } from '../oauth/callback-page.ts'
import { completeSignIn } from '../oauth/complete-sign-in.ts'
import { OAUTH_NOT_CONFIGURED } from '../oauth/ends.ts'
import { InstallForm, takeInstall } from '../oauth/install.ts'
import { awaitToken, beginSignIn } from '../oauth/sign-in.ts'
import { createFailures } from '../quotas/failures.ts'
import { recordFailures } from './auth.ts'
import { orRefuse, PROBLEMS, Refusal } from './problems.ts'
import type { ServerDeps } from './server-deps.ts'

/** A minute from one address: a call centre has one, so a whole shift may begin at once. */
const BEGINS = { max: 60, windowMs: 60_000 }
const WRONG_VERIFIERS = { max: 10, windowMs: 60_000 }
const RETURNS = { max: 120, windowMs: 60_000 }
const INSTALLS = { max: 10, windowMs: 60_000 }

const Back = z.object({
  state: z.string().max(200).default(''),
  code: z.string().max(500).default(''),
  server_domain: z.string().max(255).default(''),
})

/** Signing in with Bitrix24, and the portal's own calls: all of it comes without a token of ours. */
export const signInRoutes: FastifyPluginAsyncZod<ServerDeps> = async (
  app,
  { db, oauth, log, stopping },
) => {
  const begins = createFailures(BEGINS)
  const wrongVerifiers = createFailures(WRONG_VERIFIERS)
  const returns = createFailures(RETURNS)
  const installs = createFailures(INSTALLS)

  const room = () => {
    if (!oauth) throw new Refusal(OAUTH_NOT_CONFIGURED)
    return oauth.room
  }
  const limit = (counter: ReturnType<typeof createFailures>, address: string) => {
    if (counter.note(address).over) tooMany()
  }

  app.post(
    '/v1/sign-ins',
    { schema: { body: SignInRequest, response: { 201: SignIn, ...PROBLEMS } } },
    async (request, reply) => {
      const begun = room()
      limit(begins, request.ip)
      const signIn = await beginSignIn(begun, request.body, request.ip)
      return reply.status(201).header('cache-control', 'no-store').send(signIn)
    },
  )

  app.post(
    '/v1/sign-ins/:id/token',
    {
      schema: {
        params: z.object({ id: z.uuid() }),
        body: SignInTokenRequest,
        response: { 200: SignInState, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      if (wrongVerifiers.isOver(request.ip)) tooMany()
      const { verifier, waitSeconds } = request.body
      const wait = { id: request.params.id, verifier, waitMs: waitSeconds * 1_000 }
      const state = await awaitToken(room(), { ...wait, signal: stopping })
      if (!state.ok && state.reason.code === 'not_found') {
        const { first } = wrongVerifiers.note(request.ip)
        if (first) await recordFailures(db, 'sign_in.failures', request.ip, log)
      }
      reply.header('cache-control', 'no-store')
      return orRefuse(state)
    },
  )

  app.get(
    '/oauth/callback',
    { schema: { hide: true, querystring: Back } },
    async (request, reply) => {
      const { state, code, server_domain: serverDomain } = request.query
      const here = room()
      limit(returns, request.ip)
      const done = await completeSignIn(here, { state, code, serverDomain, address: request.ip })
      const { status, html } = callbackPage(done)
      return reply.status(status).headers(PAGE_HEADERS).send(html)
    },
  )

  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_: unknown, body: string | Buffer) =>
      Object.fromEntries(new URLSearchParams(body.toString())),
  )
  app.post(
    '/bitrix24/install',
    { schema: { hide: true, body: InstallForm } },
    async (request, reply) => {
      const here = room()
      limit(installs, request.ip)
      orRefuse(await takeInstall(here, request.body))
      return reply.send({ ok: true })
    },
  )
}

function tooMany(): never {
  throw new Refusal({ code: 'too_many_requests', message: 'too many sign-ins: wait a minute' })
}

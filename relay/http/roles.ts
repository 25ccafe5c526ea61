import type { FastifyInstance } from 'fastify'
import { Role } from '../../lib/contracts/role.ts'
import { callerOf } from './auth.ts'
import { Refusal } from './problems.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call this route; every route behind `authenticate` says it. */
    roles?: readonly Role[]
  }
}

/** Anybody who has a token. */
export const EVERYBODY: readonly Role[] = Role.options

/**
 * Lets each route of this scope be called only by the roles that it names.
 * @throws Error at start when a route names none: forgetting is no permission.
 */
export function enforceRoles(scope: FastifyInstance): void {
  scope.addHook('onRoute', ({ url, method, config }) => {
    // HEAD routes are Fastify's own, made from GET routes with their configuration.
    if (!config?.roles) throw new Error(`${String(method)} ${url} does not say who may call it`)
  })
  scope.addHook('onRequest', async (request) => {
    const { roles = [] } = request.routeOptions.config
    if (roles.includes(callerOf(request).role)) return
    throw new Refusal({ code: 'forbidden', message: 'your role does not allow this' })
  })
}

import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { Role } from '../../lib/contracts/role.ts'
import { answerError } from './problems.ts'
import { EVERYBODY, enforceRoles } from './roles.ts'

function serverFor(role: Role) {
  const app = Fastify()
  app.setErrorHandler(answerError)
  app.decorateRequest('caller', null)
  app.addHook('onRequest', async (request) => {
    request.caller = { personId: 'p', tokenId: 't', name: 'n', role }
  })
  enforceRoles(app)
  return app
}

test.each(Role.options)('a route is open to the roles that it names, asked as %s', async (role) => {
  const app = serverFor(role)
  app.get('/all', { config: { roles: EVERYBODY } }, async () => 'ok')
  app.get('/few', { config: { roles: ['coordinator', 'admin'] } }, async () => 'ok')
  expect((await app.inject('/all')).statusCode).toBe(200)
  const expected = role === 'coordinator' || role === 'admin' ? 200 : 403
  expect((await app.inject('/few')).statusCode).toBe(expected)
  expect((await app.inject({ method: 'HEAD', url: '/few' })).statusCode).toBe(expected)
})

test('a route that names no role is not served at all', () => {
  expect(() => serverFor('admin').get('/open', async () => 'ok')).toThrow(/does not say who/)
})

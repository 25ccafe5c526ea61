import { beforeAll, expect, it } from 'vitest'
import { createRelayClient } from '../../lib/extension/relay-client.ts'
import { requestFixture } from '../../test/gateways/relay-fixture.ts'
import { openApiDocument } from './openapi.ts'

interface Operation {
  summary?: string
  security?: Record<string, unknown[]>[]
  parameters?: { name: string; in: string; schema?: object }[]
  requestBody?: { content: Record<string, { schema?: object }> }
  responses: Record<string, { content?: Record<string, { schema?: object }> }>
}

interface Document {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
  components: { securitySchemes: Record<string, object> }
}

/** Before there is a token; and public keys. */
const OPEN = new Set([
  'post /v1/pairings',
  'get /v1/keys',
  'post /v1/sign-ins',
  'post /v1/sign-ins/{id}/token',
])

/** Repeatable without a key, whose kept answer would be a secret in the clear. */
const KEYLESS = new Set(['post /v1/bitrix24/access-token'])

let document: Document
let operations: [string, Operation][]

beforeAll(async () => {
  document = (await openApiDocument()) as Document
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]): [string, Operation] => [`${method} ${path}`, one]),
  )
})

const without = (isThere: (operation: Operation, name: string) => unknown) =>
  operations.filter(([name, operation]) => !isThere(operation, name)).map(([name]) => name)

it('is an OpenAPI document whose references all lead somewhere', () => {
  expect(document.openapi).toMatch(/^3\./)
  expect(document.info.title).toBe('Prozvon relay')
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)]
  for (const [, path = ''] of references) {
    const target = path
      .split('/')
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document)
    expect(target, path).toBeDefined()
  }
})

it('says of every route what it is for', () => {
  expect(without(({ summary }) => summary)).toEqual([])
})

it('names a security scheme that is there for every route below /v1 but those of gateways', () => {
  const open = without(({ security }) =>
    security?.every((one) =>
      Object.keys(one).every((n) => n in document.components.securitySchemes),
    ),
  )
  expect(
    open.filter(
      (name) => name.includes('/v1/') && !name.includes('/v1/gateways/') && !OPEN.has(name),
    ),
  ).toEqual([])
})

it('types every answer, and each route tells its problems', () => {
  expect(
    without(({ responses }) =>
      Object.entries(responses).every(
        ([status, { content }]) =>
          status === '204' ||
          status === '304' ||
          Object.values(content ?? {}).some(({ schema }) => schema),
      ),
    ),
  ).toEqual([])
  expect(without(({ responses }) => responses[400] && responses[500] && responses[503])).toEqual([])
  expect(
    without(({ security, responses }) => !security || (responses[401] && responses[403])),
  ).toEqual([])
})

it('types what every write takes, and its Idempotency-Key', () => {
  const isWrite = (name: string) => /^(post|put|patch|delete) /.test(name)
  expect(
    without(
      ({ parameters }, name) =>
        !isWrite(name) ||
        OPEN.has(name) ||
        KEYLESS.has(name) ||
        !name.includes('/v1/') ||
        parameters?.some((one) => one.name === 'idempotency-key'),
    ),
  ).toEqual([])
  expect(
    without(({ parameters = [] }) => parameters.every(({ schema }) => schema !== undefined)),
  ).toEqual([])
})

it("every call of the extension's client is a route of it", async () => {
  const calls: string[] = []
  const client = createRelayClient({
    address: 'http://relay.example',
    token: 'prz',
    fetch: async (url, init) => {
      calls.push(`${(init?.method ?? 'GET').toLowerCase()} ${new URL(String(url)).pathname}`)
      return Response.json({})
    },
  })
  const id = requestFixture().attemptId
  await Promise.all([
    client.me(),
    client.campaigns(null),
    client.message(id),
    client.send(requestFixture(), 'k'),
  ])
  expect(calls.length).toBe(4)
  const routes = new Set(operations.map(([name]) => name))
  for (const call of calls) expect(routes).toContain(call.replace(id, '{id}'))
})

import { B24Hook } from '@bitrix24/b24jssdk'
import { generate } from 'selfsigned'
import { afterEach, expect, it, vi } from 'vitest'
import { type SandboxPortal, startPortal } from './server.ts'

let portal: SandboxPortal | undefined

afterEach(async () => {
  vi.unstubAllEnvs()
  await portal?.close()
})

/** The official SDK at a new portal, by the operator's webhook. */
async function open() {
  // The SDK speaks HTTPS alone; the certificate is made for this run, so nobody can know it.
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }])
  portal = await startPortal({ tls: { key, cert } })
  const user = portal.users.find(({ role }) => role === 'operator')
  if (!user) throw new Error('no operator')
  const [, , id, secret = ''] = new URL(user.webhook).pathname.split('/')
  return new B24Hook({ b24Url: portal.origin, userId: Number(id), secret })
}

it('the official SDK adds, reads and lists leads, alone and in batches', async () => {
  const sdk = await open()
  const made = await sdk.actions.v2.batch.make({
    calls: Array.from({ length: 50 }, (_, n) => [
      'crm.item.add',
      { entityTypeId: 1, fields: { title: `Лид ${n}` } },
    ]),
    options: { isHaltOnError: true, returnAjaxResult: false },
  })
  expect(made.isSuccess).toBe(true)
  const list = await sdk.actions.v2.call.make({
    method: 'crm.item.list',
    params: { entityTypeId: 1, select: ['id'], start: 0 },
  })
  expect(list.getData()?.result).toMatchObject({ items: { length: 50 } })
})

import { expect, it } from 'vitest'
import { readConfig } from '../config.ts'

const whole = {
  BITRIX24_PORTAL: 'https://firma.bitrix24.ru/',
  BITRIX24_CLIENT_ID: 'local.a.b',
  BITRIX24_CLIENT_SECRET: 's3cret',
  BITRIX24_ADMINS: '1, 42',
  RELAY_KEYS: `k:${Buffer.alloc(32).toString('base64')}`,
}

it('an application is configured wholly, with Bitrix24’s own auth hosts', () => {
  expect(readConfig(whole)).toMatchObject({
    ok: true,
    value: {
      oauth: {
        portalOrigin: 'https://firma.bitrix24.ru',
        authOrigins: ['https://oauth.bitrix.info', 'https://oauth.bitrix24.tech'],
        adminUserIds: [1, 42],
      },
    },
  })
})

it.each([
  ['no portal', { BITRIX24_PORTAL: '' }, 'BITRIX24_PORTAL: missing'],
  ['no key to seal with', { RELAY_KEYS: '' }, 'RELAY_KEYS: missing'],
  ['a portal without TLS', { BITRIX24_PORTAL: 'http://firma.bitrix24.ru' }, 'must be an address'],
  ['a portal with a path', { BITRIX24_PORTAL: 'https://a.example/rest' }, 'must be an address'],
  ['an auth host that is none', { BITRIX24_AUTH_HOSTS: 'https://a.example, b' }, 'must be an'],
  ['administrators by name', { BITRIX24_ADMINS: 'Olga' }, 'must be user ids'],
])('%s is refused, and no secret repeated', (_, change, complaint) => {
  const config = readConfig({ ...whole, ...change })
  expect(config.ok ? '' : config.reason.join()).toContain(complaint)
  expect(JSON.stringify(config)).not.toContain('s3cret')
})

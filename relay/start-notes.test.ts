import { expect, it } from 'vitest'
import { startNotes } from './start-notes.ts'

const config = {
  host: '127.0.0.1',
  publicUrl: null,
  tls: null,
  trustedProxies: [],
  keys: [],
  kannel: null,
  smtp: null,
}
const tls = { certificate: 'a', key: 'b' }

it.each([
  ['no public address', {}, 'Bitrix24 cannot reach this relay'],
  ['no public address: what works', {}, 'it polls for events'],
  ['no public address: what needs it', {}, "needs it: Bitrix24's install call, its events"],
  ['no keys', {}, 'lie unsealed'],
  ['an address of the office', { publicUrl: 'https://192.168.1.5' }, 'address of this network'],
  ['a name of the office', { publicUrl: 'https://relay.lan' }, 'address of this network'],
  ['plain HTTP', { publicUrl: 'http://relay.example.com' }, 'not https'],
  [
    'a public address',
    { publicUrl: 'https://relay.example.com' },
    'install call, events and the SMS',
  ],
  ['an open port', { host: '0.0.0.0' }, 'UNSAFE: 0.0.0.0 is open to the network without TLS'],
  ['an open port for a proxy', { host: '::', trustedProxies: ['10.0.0.1'] }, 'let only the proxy'],
  ['no SMS gateway', {}, 'no SMS is taken'],
  ['no mail server', {}, 'no mail is taken'],
])('%s is said at start', (_name, change, words) => {
  expect(startNotes({ ...config, ...change }).join('\n')).toContain(words)
})

it.each([
  ['with a certificate', { host: '0.0.0.0', tls }],
  ['on loopback', { host: '::1' }],
  ['on loopback by name', { host: 'localhost' }],
])('%s nothing is unsafe', (_name, change) => {
  expect(startNotes({ ...config, ...change }).join('\n')).not.toMatch(/UNSAFE|without TLS/)
})

import { parseArgs } from 'node:util'
import { makeCertificate } from '../../support/certificate.ts'
import { behaviourOf } from '../number-plan.ts'
import { startEmbeddedPbx } from './server.ts'

/**
 * `npm run pbx`: the embedded stand on its own. Prints one JSON line when it is ready:
 * `{"ready":true,"url":…,"domain":…,"users":[…],"spkiHash":…}`, and ends by SIGINT or SIGTERM.
 *
 * --host 127.0.0.1   --port 5066 (0: a free one)   --domain pbx.prozvon.test
 * --account user:password (may be repeated)        --plain: ws instead of wss
 */
const { values } = parseArgs({
  options: {
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '5066' },
    domain: { type: 'string', default: 'pbx.prozvon.test' },
    account: { type: 'string', multiple: true, default: ['100:operator-100', '101:operator-101'] },
    plain: { type: 'boolean', default: false },
  },
})

const accounts = values.account.map((account) => {
  const colon = account.indexOf(':')
  if (colon < 1) throw new Error('--account wants user:password')
  return { user: account.slice(0, colon), password: account.slice(colon + 1) }
})
const certificate = values.plain ? undefined : await makeCertificate([values.host, 'localhost'])
const pbx = await startEmbeddedPbx({
  host: values.host,
  port: Number(values.port),
  tls: certificate,
  domain: values.domain,
  accounts,
  plan: behaviourOf,
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void pbx.close().then(() => process.exit(0)))
}
const users = accounts.map(({ user }) => user)
const spkiHash = certificate?.spkiHash ?? null
console.log(JSON.stringify({ ready: true, url: pbx.url, domain: values.domain, users, spkiHash }))

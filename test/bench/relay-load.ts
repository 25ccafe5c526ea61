// Loads an address with requests of one action each, in a process of its own, so that its work is
// not the relay's: `node relay-load.ts <url> <connections> <seconds> <token,token,…>`. Prints JSON.
import { randomUUID } from 'node:crypto'
import autocannon from 'autocannon'
import { actionFixture } from '../support/action-fixture.ts'

const [url = '', connections = '1', seconds = '1', tokenList = ''] = process.argv.slice(2)
const tokens = tokenList.split(',')
let turn = 0

const result = await autocannon({
  url,
  connections: Number(connections),
  duration: Number(seconds),
  requests: [
    {
      method: 'POST',
      setupRequest(request) {
        const token = tokens[turn++ % tokens.length]
        const at = new Date().toISOString()
        const action = { ...actionFixture({ at }), id: randomUUID() }
        return {
          ...request,
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify({ sentAt: at, actions: [action] }),
        }
      },
    },
  ],
})
const { latency, requests, errors, non2xx } = result
const samples = { mean: requests.average, p50Ms: latency.p50, p99Ms: latency.p99 }
console.log(JSON.stringify({ ok: result['2xx'], failed: errors + non2xx, ...samples }))

import { startEmbeddedPbx } from '../pbx/embedded/server.ts'
import { startSipStand } from '../pbx/kamailio/stand.ts'
import { behaviourOf } from '../pbx/number-plan.ts'
import type { Certificate } from './certificate.ts'
import { SIP_HOST } from './stands.ts'

const OPERATOR = { user: '100', password: 'stand-only' }

/** The exchange inside this process: quick to start, and told to do anything. */
export function embeddedSip({ port = 0 } = {}) {
  return async (tls: Certificate) => {
    const account = { domain: SIP_HOST, displayName: '', ...OPERATOR }
    const pbx = await startEmbeddedPbx({
      host: '127.0.0.1',
      port,
      tls,
      domain: SIP_HOST,
      accounts: [OPERATOR],
      plan: behaviourOf,
    })
    return { address: `127.0.0.1:${pbx.port}`, spkiHash: null, account, pbx, close: pbx.close }
  }
}
export type EmbeddedSip = Awaited<ReturnType<ReturnType<typeof embeddedSip>>>

/** Real SIP servers and phones: Kamailio, rtpengine, baresip. Loopback-only networks alone. */
export function kamailioSip({ runDir }: { runDir: string }) {
  return async () => {
    const stand = await startSipStand({ runDir })
    const [operator] = stand.accounts
    if (!operator) throw new Error('the SIP stand has no account')
    return {
      address: new URL(stand.wssUrl).host,
      spkiHash: stand.spkiHash,
      account: { domain: stand.domain, displayName: '', ...operator },
      stand,
      close: stand.close,
    }
  }
}
export type KamailioSip = Awaited<ReturnType<ReturnType<typeof kamailioSip>>>

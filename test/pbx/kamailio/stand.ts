import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unreachable } from '../../../lib/contracts/common.ts'
import { makeCertificate } from '../../support/certificate.ts'
import type { PbxCall } from '../journal.ts'
import { behaviourOf, NUMBERS } from '../number-plan.ts'
import { CallJournal } from './call-journal.ts'
import { type ClientPhones, type PhoneEvent, startClientPhones } from './client-phones.ts'
import { kamailioConfig, tlsConfig } from './kamailio-config.ts'
import { freePort, LOOPBACK, waitForHttp } from './ports.ts'
import { type StandProcess, startProcess } from './process.ts'
import { startRefusingNetwork } from './refusing-network.ts'
import { startRtpengine } from './rtpengine.ts'

const DOMAIN = 'pbx.prozvon.test'
const ACCOUNTS = [
  { user: '100', password: 'operator-100' },
  { user: '101', password: 'operator-101' },
] as const

export type SipStand = {
  readonly wssUrl: string
  /** Of the WebSocket certificate, for Chromium's `--ignore-certificate-errors-spki-list`. */
  readonly spkiHash: string
  readonly domain: string
  readonly accounts: readonly { user: string; password: string }[]
  readonly numbers: typeof NUMBERS
  /** Every call since the start, oldest first, as Kamailio and the client's phone saw it. */
  readonly calls: readonly PbxCall[]
  /** The client hangs up the call that is up. */
  hangUp(): void
  /** Ends every process of the stand and waits for that. */
  close(): Promise<void>
}

/**
 * Starts real SIP servers on loopback: Kamailio (WSS, WS, UDP), rtpengine, and baresip as the
 * client that answers. One call at a time is answered; needs the packages of `packages.ts`.
 *
 * @param runDir private directory for configuration, logs and recordings; created when missing
 */
export async function startSipStand({ runDir }: { runDir: string }): Promise<SipStand> {
  await mkdir(runDir, { recursive: true })
  await chmod(runDir, 0o700)
  const ports = {
    sip: await freePort(),
    ws: await freePort(),
    wss: await freePort(),
    rtpengine: await freePort(),
    phones: await freePort(),
    phonesControl: await freePort(),
    network: await freePort(),
  }
  const certificate = await makeCertificate([LOOPBACK])
  const journal = new CallJournal()
  const parts: { stop(): Promise<void> }[] = []
  const close = async () => {
    for (const part of parts.splice(0).reverse()) await part.stop()
  }

  try {
    parts.push(await startRtpengine(runDir, ports.rtpengine))
    parts.push(await startRefusingNetwork(ports.network))
    const phones = await startClientPhones(
      runDir,
      { sip: ports.phones, control: ports.phonesControl },
      (event) => void follow(event, phones, journal),
    )
    parts.push(phones)
    await writeFile(join(runDir, 'key.pem'), certificate.key)
    await writeFile(join(runDir, 'cert.pem'), certificate.cert)
    await writeFile(join(runDir, 'tls.cfg'), tlsConfig(runDir))
    const config = kamailioConfig({ runDir, domain: DOMAIN, accounts: ACCOUNTS, ports })
    await writeFile(join(runDir, 'kamailio.cfg'), config)
    parts.push(await startKamailio(runDir, ports.ws, (line) => journal.read(line)))

    return {
      wssUrl: `wss://${LOOPBACK}:${ports.wss}`,
      spkiHash: certificate.spkiHash,
      domain: DOMAIN,
      accounts: ACCOUNTS,
      numbers: NUMBERS,
      get calls() {
        return journal.calls.map((call) => withHeard(call, phones))
      },
      hangUp: () => phones.hangUp(),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function startKamailio(
  runDir: string,
  wsPort: number,
  onLine: (line: string) => void,
): Promise<StandProcess> {
  const kamailio = startProcess({
    program: 'kamailio',
    args: ['-DD', '-E', '-f', join(runDir, 'kamailio.cfg'), '-Y', runDir, '-m', '64', '-M', '8'],
    logFile: join(runDir, 'kamailio.log'),
    onLine,
  })
  // Its TCP workers are forked last: when one answers, all of Kamailio is up.
  await Promise.race([waitForHttp(wsPort), kamailio.died])
  return kamailio
}

/** The client's phone does what the number plan says of the number that was dialled. */
async function follow(event: PhoneEvent, phones: ClientPhones, journal: CallJournal) {
  const call = await journal.seen(event.callId)
  const behaviour = behaviourOf(call.number)
  if (behaviour.kind !== 'answer') return
  const after = (delayMs: number, act: () => void) =>
    setTimeout(() => call.endedAt ?? act(), delayMs)
  switch (event.kind) {
    case 'ringing':
      after(behaviour.afterMs, phones.answer)
      break
    case 'answered':
      if (behaviour.hangUpAfterMs !== undefined) after(behaviour.hangUpAfterMs, phones.hangUp)
      break
    case 'digit':
      call.digits += event.digit
      break
    default:
      unreachable(event)
  }
}

function withHeard(call: PbxCall, phones: ClientPhones): PbxCall {
  const { overall, now } = phones.heard(call.callId)
  return { ...call, heardLevel: overall, heardLevelNow: now }
}

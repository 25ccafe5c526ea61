import { existsSync, mkdirSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createBitrixClient } from '../../lib/bitrix24/client.ts'
import { createLimiter } from '../../lib/bitrix24/limiter.ts'
import { memoryStore } from '../../lib/bitrix24/limiter-store.ts'
import { createFields } from '../../lib/bitrix24/set-up.ts'
import type { Campaign } from '../../lib/contracts/campaign.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../lib/contracts/settings.ts'
import type { SipAccount } from '../../lib/contracts/softphone.ts'
import { type Relay, startRelay } from '../../relay/relay.ts'
import { type KannelReceiver, startKannelReceiver } from '../gateways/kannel-receiver.ts'
import { type SmtpReceiver, startSmtpReceiver } from '../gateways/smtp-receiver.ts'
import { type SandboxPortal, startPortal } from '../portal/server.ts'
import { type Certificate, makeCertificate } from './certificate.ts'
import { portalFetch } from './portal-fetch.ts'

export const PORTAL_HOST = 'portal.bitrix24.test'
export const SIP_HOST = 'sip.prozvon.test'

export interface StandsOptions<S extends SipSide> {
  /** Data folders and logs go here; wiped first, so each start is as clean as the first. */
  runPath: string
  /** CSV base (requirement 000-23). */
  basePath: string
  campaign: Campaign
  /** Further campaigns that the relay publishes. */
  moreCampaigns?: Campaign[]
  language: Settings['language']
  /** Starts the SIP stand for this certificate; it is closed with the others. */
  startSip(certificate: Certificate): Promise<S>
  /** The portal's pages with a strict Content-Security-Policy. */
  strictCsp?: boolean
  /** Fixed ports; 0 or absent takes a free one. */
  ports?: { portal?: number; relay?: number; sms?: number; mail?: number }
  /** Told of each stand as it comes up. */
  onStart?(name: string, address: string): void
}

export interface SipSide {
  /** Host and port on loopback, `127.0.0.1:5063`, for the browser's host mapping. */
  address: string
  /** Of its own certificate; null when it took the one it was started with. */
  spkiHash: string | null
  account: Omit<SipAccount, 'server'>
  close(): Promise<void>
}

export interface Stands<S extends SipSide> {
  certificate: Certificate
  /** Public keys that browsers have to trust. */
  spkiHashes: string[]
  portal: SandboxPortal
  sip: S
  relay: Relay
  sms: KannelReceiver
  mail: SmtpReceiver
  /** What an operator of these stands types into the options page. */
  settings: Settings
  /** Names that the browser has to find at loopback addresses. */
  hosts: Record<string, string>
  close(): Promise<void>
}

const KANNEL_LOGIN = { username: 'prozvon', password: 'stand-only' }

/** Starts everything an operator's browser talks to. What came up is closed when a later one fails. */
export async function startStands<S extends SipSide>(
  options: StandsOptions<S>,
): Promise<Stands<S>> {
  const { runPath, campaign, ports = {}, onStart = () => {} } = options
  wipe(runPath)
  mkdirSync(runPath, { recursive: true })
  const closers: (() => Promise<unknown>)[] = [async () => wipe(runPath)]
  const close = async () => {
    for (const step of closers.splice(0).reverse()) await step()
  }
  const started = async <T extends { close(): Promise<unknown> }>(starting: Promise<T>) => {
    const stand = await starting
    closers.push(() => stand.close())
    return stand
  }

  try {
    const certificate = await makeCertificate([PORTAL_HOST, SIP_HOST])
    const portal = await started(
      startPortal({
        port: ports.portal ?? 0,
        hostName: PORTAL_HOST,
        tls: certificate,
        basePath: options.basePath,
        dataPath: join(runPath, 'portal.json'),
        language: options.language === 'uk' ? 'ua' : options.language,
        strictCsp: options.strictCsp ?? false,
      }),
    )
    onStart('Bitrix24 (sandbox portal)', portal.origin)
    await createCampaignFields(portal, certificate, campaign)

    const sip = await started(options.startSip(certificate))
    onStart('SIP stand', `wss://${sip.address}`)
    const sms = await started(startKannelReceiver({ port: ports.sms ?? 0, ...KANNEL_LOGIN }))
    onStart('SMS receiver (Kannel)', sms.url)
    const mail = await started(startSmtpReceiver({ port: ports.mail ?? 0 }))
    onStart('SMTP receiver', mail.url)

    const relay = await started(
      startRelay({
        port: ports.relay ?? 0,
        database: { folder: join(runPath, 'relay') },
        campaigns: [campaign, ...(options.moreCampaigns ?? [])],
        kannel: { url: sms.url, ...KANNEL_LOGIN, from: 'Prozvon' },
        smtp: { url: mail.url, from: 'Prozvon <calls@prozvon.test>' },
        logLevel: 'error',
      }),
    )
    onStart('Relay', relay.address)

    const operator = portal.users.find(({ role }) => role === 'operator')
    if (!operator) throw new Error('the sandbox portal has no operator')
    const settings: Settings = {
      ...DEFAULT_SETTINGS,
      language: options.language,
      portal: { origin: portal.origin, webhook: operator.webhook },
      relay: { address: relay.address, token: await relay.addToken(operator.name, 'operator') },
      sip: { server: `wss://${SIP_HOST}`, ...sip.account },
    }
    const hosts = {
      [PORTAL_HOST]: `127.0.0.1:${portal.port}`,
      [SIP_HOST]: sip.address,
    }
    const spkiHashes = [certificate.spkiHash, ...(sip.spkiHash ? [sip.spkiHash] : [])]
    return { certificate, spkiHashes, portal, sip, relay, sms, mail, settings, hosts, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Removes the stands' data; as root, the database may lie elsewhere, behind a symbolic link. */
function wipe(runPath: string): void {
  const database = join(runPath, 'relay', 'postgres')
  if (existsSync(database)) rmSync(realpathSync(database), { recursive: true, force: true })
  rmSync(runPath, { recursive: true, force: true })
}

/** An administrator's part of the set-up: the lead fields that the campaign writes to. */
async function createCampaignFields(
  portal: SandboxPortal,
  certificate: Certificate,
  campaign: Campaign,
): Promise<void> {
  const admin = portal.users.find(({ role }) => role === 'coordinator')
  if (!admin) throw new Error('the sandbox portal has no administrator')
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
  const client = createBitrixClient({
    authorisation: { by: 'webhook', webhook: admin.webhook },
    fetch: portalFetch(certificate.cert, portal.port),
    now: Date.now,
    limiter: createLimiter({ store: memoryStore(), now: Date.now, sleep }),
  })
  const report = await createFields(client, campaign.mapping)
  if (!report.ok) throw new Error(`the portal refused the fields: ${report.reason.reason}`)
}

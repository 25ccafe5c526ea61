import { setTimeout as sleep } from 'node:timers/promises'
import type { DestinationStream } from 'pino'
import type { Role } from '../lib/contracts/role.ts'
import { createActionIntake } from './actions/action-intake.ts'
import { openLibrary } from './campaigns/campaign-library.ts'
import { importCampaigns } from './campaigns/import.ts'
import { readDocuments } from './campaigns/read-documents.ts'
import { ensureSigningKey } from './campaigns/signing-keys.ts'
import type { RelayConfig } from './config.ts'
import { openDatabase } from './database/open-database.ts'
import { readSigningKey } from './gateways/delivery-link.ts'
import { createKannelGateway } from './gateways/kannel.ts'
import { listen, reloadTlsOnSignal } from './http/listen.ts'
import { createServer, type Server } from './http/server.ts'
import { readTls } from './http/tls-files.ts'
import { createLog, type Log } from './log.ts'
import { createMailGateway } from './mail/smtp.ts'
import { MessageStore } from './messages/message-store.ts'
import { stopCheckOf } from './messages/stop-check.ts'
import { createMetrics } from './metrics/metrics.ts'
import { openOAuth } from './oauth/open-oauth.ts'
import { openPresenceBoard } from './presence/presence-board.ts'
import { keepRetention } from './privacy/retention.ts'
import { openQueue } from './queue/delivery-queue.ts'
import { deliver } from './queue/delivery-worker.ts'
import { sealOpenKeys } from './secrets/rotate.ts'
import { sealerOf } from './secrets/sealed.ts'
import { startNotes } from './start-notes.ts'
import { createLastUse } from './tokens/last-use.ts'
import { addToken } from './tokens/token-store.ts'

export interface Relay {
  /** E.g. `http://127.0.0.1:8790`. */
  address: string
  /** Makes a token; it is returned this once and stored as a hash only. */
  addToken(name: string, role: Role): Promise<string>
  /** Takes no more requests, finishes the jobs in hand, stops the database if it is ours. */
  close(): Promise<void>
}

const DEFAULTS = {
  host: '127.0.0.1',
  port: 0,
  publicUrl: null,
  tls: null,
  trustedProxies: [],
  kannel: null,
  smtp: null,
  ratePerMinute: 300,
  actionsPerMinute: 6000,
  metricsToken: null,
  retainDays: null,
  drainSeconds: 0,
  stopSeconds: 60,
  messagesPerDay: 500,
  keys: [],
  oauth: null,
  logLevel: 'info',
} as const satisfies Partial<RelayConfig>

export type RelayOptions = Pick<RelayConfig, 'database' | 'campaigns'> &
  Partial<RelayConfig> & {
    /** Where the log goes instead of standard output. */
    logTo?: DestinationStream
    /** How long a request may take to arrive; 30 s, shorter in tests. */
    requestTimeoutMs?: number
  }

const DOUBT_SWEEP_MS = 15_000

/**
 * Starts a relay in this process. Throws when it can't work: no database, a bad campaign document,
 * a taken port; what was opened until then is closed again.
 */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const config = { ...DEFAULTS, ...options }
  const log = createLog(config.logLevel, options.logTo)
  const documents = await readDocuments(config.campaigns)
  /** Run backwards: the server stops listening first, the database goes last. */
  const closers: (() => Promise<void> | void)[] = []
  const close = async () => {
    for (const step of closers.splice(0).reverse()) await step()
  }
  try {
    const database = await openDatabase(config.database, log, 'exclusive')
    closers.push(() => database.close())
    const { db } = database
    const sealer = sealerOf(config.keys)
    if (sealer) await sealOpenKeys(db, sealer)
    const signingKey = await readSigningKey(db, sealer)
    await ensureSigningKey(db, sealer)
    await importCampaigns(db, documents, log, sealer)
    const campaigns = openLibrary(db)

    let address = ''
    const publicUrl = () => config.publicUrl ?? address
    const gateways = [
      ...(config.kannel ? [createKannelGateway(config.kannel, publicUrl, signingKey)] : []),
      ...(config.smtp ? [createMailGateway(config.smtp)] : []),
    ]
    closers.push(async () => {
      for (const gateway of gateways) await gateway.close()
    })

    const queue = await openQueue(database.url, log)
    closers.push(() => queue.close())

    const store = new MessageStore(db)
    const channels = new Set(gateways.map((gateway) => gateway.channel))
    const stopping = new AbortController()
    const { ratePerMinute, actionsPerMinute, messagesPerDay, requestTimeoutMs = 30_000 } = config
    const { metricsToken, trustedProxies, drainSeconds } = config
    const metrics = createMetrics(db, database.pool)
    const oauth = openOAuth(db, sealer, config.oauth, log)
    closers.push(() => oauth?.close())
    const lastUse = createLastUse(db, (err) => log.warn({ err }, 'last use of tokens not written'))
    closers.push(() => lastUse.close())
    const actionIntake = createActionIntake(db)
    closers.push(() => actionIntake.idle())
    const presence = openPresenceBoard(db, database.url, log)
    closers.push(() => presence.close())
    const limits = { ratePerMinute, actionsPerMinute, messagesPerDay, requestTimeoutMs }
    const rooms = { actionIntake, presence, oauth }
    const parts = { db, queue, store, campaigns, channels, signingKey, sealer, lastUse, log }
    const access = { metrics, metricsToken, trustedProxies, tls: config.tls && readTls(config.tls) }
    const all = { ...parts, ...rooms, ...limits, ...access, stopping: stopping.signal }
    const server = await createServer(all)
    closers.push(async () => {
      // `/ready` says no first, so that whoever shares out requests has heard of it.
      stopping.abort()
      await sleep(drainSeconds * 1_000)
      await server.close()
    })
    await listen(server, config)
    address = addressOf(server, config.tls ? 'https' : 'http')
    if (config.tls) closers.push(reloadTlsOnSignal(server, config.tls, log))

    const isStopped = stopCheckOf(campaigns)
    // Only now, as a gateway may answer with a delivery report at once.
    for (const gateway of gateways) {
      await queue.work(gateway.channel, (id) =>
        deliver({ store, queue, log, metrics, isStopped }, gateway, id),
      )
    }
    closers.push(await watchDoubts(store, log))
    closers.push(await keepRetention(db, config.retainDays, log))
    const held = (await campaigns.published()).campaigns.length
    if (held === 0) log.warn('no campaigns are held: every message will be refused')
    for (const note of startNotes(config)) {
      if (note.startsWith('UNSAFE')) log.warn(note)
      else log.info(note)
    }
    log.info({ address, campaigns: held, channels: [...channels] }, 'relay is up')
    return { address, addToken: (name, role) => addToken(db, name, role), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Looks at start and every so often for submissions whose relay died. Returns how to stop it. */
async function watchDoubts(store: MessageStore, log: Log): Promise<() => void> {
  const sweep = async () => {
    try {
      const count = await store.doubtAbandoned()
      if (count > 0) log.warn({ count }, 'messages in doubt: they may or may not have been sent')
    } catch (err) {
      log.error({ err }, 'could not look for messages in doubt')
    }
  }
  await sweep()
  const timer = setInterval(sweep, DOUBT_SWEEP_MS)
  return () => clearInterval(timer)
}

/** As others reach it; a wildcard address is reached by loopback. */
function addressOf(server: Server, scheme: 'http' | 'https'): string {
  const bound = server.server.address()
  if (typeof bound !== 'object' || bound === null) throw new Error('the server does not listen')
  const host = ['0.0.0.0', '::'].includes(bound.address) ? '127.0.0.1' : bound.address
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${bound.port}`
}

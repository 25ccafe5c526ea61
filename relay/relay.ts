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
import { createServer, type Server } from './http/server.ts'
import { createLog, type Log } from './log.ts'
import { createMailGateway } from './mail/smtp.ts'
import { MessageStore } from './messages/message-store.ts'
import { openPresenceBoard } from './presence/presence-board.ts'
import { openQueue } from './queue/delivery-queue.ts'
import { deliver } from './queue/delivery-worker.ts'
import { createSealer } from './secrets/sealed.ts'
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
  kannel: null,
  smtp: null,
  ratePerMinute: 300,
  actionsPerMinute: 6000,
  messagesPerDay: 500,
  keys: [],
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
    const signingKey = await readSigningKey(db)
    await ensureSigningKey(db)
    await importCampaigns(db, documents, log)
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
    const sealer = config.keys.length > 0 ? createSealer(config.keys) : null
    const lastUse = createLastUse(db, (err) => log.warn({ err }, 'last use of tokens not written'))
    closers.push(() => lastUse.close())
    const actionIntake = createActionIntake(db)
    closers.push(() => actionIntake.idle())
    const presence = openPresenceBoard(db, database.url, log)
    closers.push(() => presence.close())
    const limits = { ratePerMinute, actionsPerMinute, messagesPerDay, requestTimeoutMs }
    const rooms = { actionIntake, presence }
    const parts = { db, queue, store, campaigns, channels, signingKey, sealer, lastUse, log }
    const server = await createServer({ ...parts, ...rooms, ...limits, stopping: stopping.signal })
    closers.push(async () => {
      stopping.abort()
      await server.close()
    })
    await server.listen({ host: config.host, port: config.port })
    address = addressOf(server)

    // Only now, as a gateway may answer with a delivery report at once.
    for (const gateway of gateways) {
      await queue.work(gateway.channel, (id) => deliver({ store, queue, log }, gateway, id))
    }
    closers.push(await watchDoubts(store, log))
    const held = (await campaigns.published()).campaigns.length
    if (held === 0) log.warn('no campaigns are held: every message will be refused')
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
function addressOf(server: Server): string {
  const bound = server.server.address()
  if (typeof bound !== 'object' || bound === null) throw new Error('the server does not listen')
  const host = ['0.0.0.0', '::'].includes(bound.address) ? '127.0.0.1' : bound.address
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`
}

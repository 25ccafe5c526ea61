import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { CrashPoint } from '../../relay/crash-point.ts'
import { openDatabase } from '../../relay/database/open-database.ts'
import { createLog } from '../../relay/log.ts'
import { addToken } from '../../relay/tokens/token-store.ts'
import { temporaryFolder } from '../gateways/temporary-folder.ts'
import { type DatabaseProcess, startDatabase } from '../support/database-process.ts'
import { freePort, type RelayProcess, startRelayProcess } from '../support/relay-process.ts'
import { type Sender, startSender } from './sender.ts'

/** Two relays on one database, clients that send to both, and what may be done to them. */
export interface Crew {
  database: DatabaseProcess
  relays: readonly RelayProcess[]
  /** Puts a relay in the place of the nth; told to die at a point if one is named. */
  replace(place: number, crashAt?: CrashPoint): Promise<RelayProcess>
  startSenders(count: number): Promise<Sender[]>
  /** What there is, in short: how many rows each id has. */
  rowsOf(ids: readonly string[]): Promise<{ actions: number; personal: number; doubles: number }>
  close(): Promise<void>
}

export async function gatherCrew(): Promise<Crew> {
  const folder = await temporaryFolder('crew')
  const database = await startDatabase(folder)
  const env = {
    DATABASE_URL: database.url,
    RELAY_RATE_PER_MINUTE: '1000000',
    RELAY_ACTIONS_PER_MINUTE: '10000000',
    RELAY_LOG: 'info',
  }
  const ports = [String(await freePort()), String(await freePort())]
  const relays: RelayProcess[] = []

  async function replace(place: number, crashAt?: CrashPoint): Promise<RelayProcess> {
    await relays[place]?.kill()
    const port = { RELAY_PORT: ports[place] }
    const relay = await startRelayProcess({ env: { ...env, ...port }, ...(crashAt && { crashAt }) })
    relays[place] = relay
    return relay
  }

  await Promise.all([replace(0), replace(1)])
  return {
    database,
    relays,
    replace,
    async startSenders(count) {
      const { db, close } = await openDatabase({ url: database.url }, createLog('silent'), 'shared')
      const addresses = () => relays.map(({ address }) => address)
      const started = []
      for (let n = 0; n < count; n++) {
        started.push(startSender(addresses, await addToken(db, `sender ${n}`, 'operator')))
      }
      await close()
      return started
    },
    async rowsOf(ids) {
      const client = new pg.Client({ connectionString: database.url })
      await client.connect()
      try {
        const { rows } = await client.query(
          `select (select count(*) from action where id = any($1)) as actions,
             (select count(*) from action_personal where action_id = any($1)) as personal,
             (select count(*) from (select id from action group by id having count(*) > 1) x)
               as doubles`,
          [ids],
        )
        const [{ actions, personal, doubles }] = rows
        return {
          actions: Number(actions),
          personal: Number(personal),
          doubles: Number(doubles),
        }
      } finally {
        await client.end()
      }
    },
    async close() {
      await Promise.all(relays.map((relay) => relay.kill()))
      await database.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Waits until a sender has been acknowledged so many more: proof that work goes on. */
export async function someMore(senders: readonly Sender[], count: number): Promise<void> {
  const sum = () => senders.reduce((total, { acknowledged }) => total + acknowledged.length, 0)
  const enough = sum() + count
  while (sum() < enough) await sleep(10)
}

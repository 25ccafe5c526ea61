import { EventEmitter, once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import pg from 'pg'
import type { Database } from '../database/schema.ts'
import type { Log } from '../log.ts'
import {
  PRESENCE_CHANNEL,
  type PresenceSnapshot,
  readPresence,
  sweepPresence,
} from './presence-store.ts'

/** Who is at work, watched: as the database tells it, whichever relay heard of it. */
export interface PresenceBoard {
  /** As it is now, or as soon as it is no longer `knownTag`, or when the time is up. */
  changedFrom(
    knownTag: string | null,
    waitMs: number,
    signal: AbortSignal,
  ): Promise<PresenceSnapshot>
  close(): Promise<void>
}

/** Many changes at once are read once. */
const GATHER_MS = 30
/** Looks by itself so often: for what expired, and for what was missed while not connected. */
const LOOK_EVERY_MS = 5_000
const RECONNECT_MS = 1_000

export function openPresenceBoard(db: Kysely<Database>, url: string, log: Log): PresenceBoard {
  const changes = new EventEmitter().setMaxListeners(0)
  let gathering: NodeJS.Timeout | undefined
  const closing = new AbortController()

  function ring(): void {
    gathering ??= setTimeout(() => {
      gathering = undefined
      changes.emit('change')
    }, GATHER_MS)
  }

  /** Listens until closed, over as many connections as it takes. */
  async function listen(): Promise<void> {
    while (!closing.signal.aborted) {
      const client = new pg.Client({ connectionString: url, keepAlive: true })
      const ended = once(client, 'end', { signal: closing.signal }).catch(() => {})
      client.on('error', (err) => log.warn({ err }, 'presence: connection lost; looking meanwhile'))
      client.on('notification', ring)
      try {
        await client.connect()
        await client.query(`listen ${PRESENCE_CHANNEL}`)
        ring()
        await ended
      } catch (err) {
        log.warn({ err }, 'presence: no connection to listen on; looking meanwhile')
      }
      await client.end().catch(() => {})
      await sleep(RECONNECT_MS, null, { signal: closing.signal }).catch(() => {})
    }
  }

  /** One reading at a time, shared by all who wait; it began after the change that they heard of. */
  let reading: Promise<PresenceSnapshot> | null = null
  function readShared(): Promise<PresenceSnapshot> {
    reading ??= Promise.resolve().then(() => {
      const started = readPresence(db)
      reading = null
      return started
    })
    return reading
  }

  const listening = listen()
  const sweeping = setInterval(() => void sweepPresence(db).catch(() => {}), 3_600_000)

  return {
    async changedFrom(knownTag, waitMs, signal) {
      const deadline = Date.now() + waitMs
      for (;;) {
        // Listening starts before looking: a change in between must not be slept through.
        const pause = new AbortController()
        const change = once(changes, 'change', {
          signal: AbortSignal.any([signal, pause.signal]),
        }).catch(() => {})
        const snapshot = await readShared()
        const restMs = deadline - Date.now()
        if (snapshot.tag !== knownTag || restMs <= 0 || signal.aborted) {
          pause.abort()
          return snapshot
        }
        const expiresInMs = (snapshot.expiresAt?.getTime() ?? Infinity) - Date.now() + 1
        const lookInMs = Math.min(restMs, LOOK_EVERY_MS, Math.max(0, expiresInMs))
        const timer = setTimeout(() => pause.abort(), lookInMs)
        await change
        clearTimeout(timer)
      }
    },
    async close() {
      closing.abort()
      clearInterval(sweeping)
      clearTimeout(gathering)
      await listening
    },
  }
}

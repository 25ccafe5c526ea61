import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import {
  type PersonPresence,
  PRESENCE_EXPIRY_SECONDS,
  type RelayPresenceReport,
} from '../../lib/contracts/relay-presence.ts'
import type { Database } from '../database/schema.ts'
import { mergeDevices } from './merge-devices.ts'

/** Rings on the database, for all relays on it, when somebody's presence changed. */
export const PRESENCE_CHANNEL = 'prozvon_presence'

export interface PresenceSnapshot {
  people: PersonPresence[]
  /** Same tag = same people in the same states. */
  tag: string
  /** When the next of them expires unless he tells again; null = nobody is there. */
  expiresAt: Date | null
}

/** Keeps what a device tells; the others hear of it only if it is something new. */
export async function tellPresence(
  db: Kysely<Database>,
  personId: string,
  { deviceId, state, since, callId }: RelayPresenceReport,
): Promise<void> {
  if (state === null) {
    await sql`
      with gone as (
        delete from presence where person_id = ${personId} and device_id = ${deviceId}
        returning person_id
      )
      select pg_notify(${PRESENCE_CHANNEL}, '') from gone`.execute(db)
    return
  }
  await sql`
    with known as (
      select state, since, call_id, expires_at from presence
      where person_id = ${personId} and device_id = ${deviceId}
    ), told as (
      insert into presence (person_id, device_id, state, since, call_id, expires_at)
      values (${personId}, ${deviceId}, ${state}, ${new Date(since)}, ${callId},
        now() + make_interval(secs => ${PRESENCE_EXPIRY_SECONDS}))
      on conflict (person_id, device_id) do update set state = excluded.state,
        since = excluded.since, call_id = excluded.call_id, expires_at = excluded.expires_at
      returning state, since, call_id
    )
    select pg_notify(${PRESENCE_CHANNEL}, '') from told
    where not exists (
      select from known where known.state = told.state and known.since = told.since
        and known.call_id is not distinct from told.call_id and known.expires_at > now()
    )`.execute(db)
}

/** Everybody who is at work at this moment, by name. */
export async function readPresence(db: Kysely<Database>): Promise<PresenceSnapshot> {
  const rows = await db
    .selectFrom('presence')
    .innerJoin('person', 'person.id', 'presence.person_id')
    .select(['person.id', 'person.name', 'person.role'])
    .select(['presence.state', 'presence.since', 'presence.expires_at'])
    .where('presence.expires_at', '>', sql<Date>`now()`)
    .orderBy('person.name')
    .orderBy('person.id')
    .execute()
  const people = [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((devices) => {
    const [first] = devices
    const merged = mergeDevices(devices)
    if (!first || !merged) return []
    const { id, name, role } = first
    const { state, since } = merged
    return [
      { person: { id, name, role }, state, since: since.toISOString(), devices: devices.length },
    ]
  })
  const expiries = rows.map(({ expires_at }) => expires_at.getTime())
  return {
    people,
    tag: createHash('sha256').update(JSON.stringify(people)).digest('base64url').slice(0, 22),
    expiresAt: expiries.length === 0 ? null : new Date(Math.min(...expiries)),
  }
}

/** Forgets what expired long ago; what has just expired is merely no longer shown. */
export async function sweepPresence(db: Kysely<Database>): Promise<void> {
  await sql`delete from presence where expires_at < now() - interval '1 hour'`.execute(db)
}

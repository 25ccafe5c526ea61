import { type Kysely, sql } from 'kysely'
import type pg from 'pg'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Database } from '../database/schema.ts'
import type { SubmitOutcome } from '../gateways/gateway.ts'

/** Figures for Prometheus. Labels are words of ours: never an id, a number, an address, a name. */
export interface Metrics {
  request(method: string, route: string, status: number, seconds: number): void
  submitted(channel: string, outcome: SubmitOutcome['type']): void
  /** All figures as text; those about the database are asked for now. */
  text(): Promise<string>
  contentType: string
}

const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25]

/** Figures of one relay process; what is counted in the database is the same from each process. */
export function createMetrics(db: Kysely<Database>, pool: pg.Pool): Metrics {
  const registers = [new Registry()]
  const [registry = new Registry()] = registers
  collectDefaultMetrics({ register: registry })

  const requests = new Histogram({
    name: 'relay_http_request_duration_seconds',
    help: 'Requests by route and status; long polls wait up to 20 s on purpose',
    labelNames: ['method', 'route', 'status'],
    buckets: REQUEST_SECONDS,
    registers,
  })
  const submissions = new Counter({
    name: 'relay_gateway_submissions_total',
    help: 'Hand-overs to gateways by outcome: accepted, handed_over, busy, refused, unknown',
    labelNames: ['channel', 'outcome'],
    registers,
  })
  const connections = new Gauge({
    name: 'relay_database_connections',
    help: 'Connections of this process: open, idle; waiting = requests without one',
    labelNames: ['state'],
    registers,
  })
  const messages = new Gauge({
    name: 'relay_messages',
    help: 'Messages in the database by channel and state',
    labelNames: ['channel', 'state'],
    registers,
  })
  const doubts = new Gauge({
    name: 'relay_messages_in_doubt',
    help: 'Messages that may or may not have been sent: a person decides (doubt list)',
    registers,
  })
  const jobs = new Gauge({
    name: 'relay_queue_jobs',
    help: 'Jobs by queue and state; waiting = due and not begun',
    labelNames: ['queue', 'state'],
    registers,
  })

  async function look(): Promise<void> {
    connections.set({ state: 'open' }, pool.totalCount)
    connections.set({ state: 'idle' }, pool.idleCount)
    connections.set({ state: 'waiting' }, pool.waitingCount)
    const [counted, queued] = await Promise.all([countMessages(db), countJobs(db)])
    messages.reset()
    doubts.set(0)
    for (const { channel, state, count, doubtful } of counted) {
      messages.set({ channel, state }, count)
      doubts.inc(doubtful)
    }
    jobs.reset()
    for (const { queue, state, count } of queued) jobs.set({ queue, state }, count)
  }

  return {
    contentType: registry.contentType,
    request: (method, route, status, seconds) =>
      requests.observe({ method, route, status }, seconds),
    submitted: (channel, outcome) => submissions.inc({ channel, outcome }),
    async text() {
      await look()
      return registry.metrics()
    },
  }
}

async function countMessages(db: Kysely<Database>) {
  const { rows } = await sql<{ channel: string; state: string; count: number; doubtful: number }>`
    select channel, state, count(*)::int as count,
      (count(*) filter (where state = 'submitting' and detail = 'in_doubt'))::int as doubtful
    from message group by channel, state`.execute(db)
  return rows
}

async function countJobs(db: Kysely<Database>) {
  const { rows } = await sql<{ queue: string; state: string; count: number }>`
    select name as queue, case
        when state = 'active' then 'active'
        when state in ('created', 'retry') and start_after > now() then 'later'
        when state in ('created', 'retry') then 'waiting'
        else 'failed' end as state, count(*)::int as count
    from pgboss.job where state in ('created', 'retry', 'active', 'failed') group by 1, 2`.execute(
    db,
  )
  return rows
}

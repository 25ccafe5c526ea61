import { createHash, randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Result } from '../../lib/contracts/common.ts'
import type {
  RelayMessage,
  RelayMessageRequest,
  RelayProblem,
} from '../../lib/contracts/relay-api.ts'
import type { CampaignLibrary } from '../campaigns/campaign-library.ts'
import type { Database } from '../database/schema.ts'
import type { DeliveryQueue } from '../queue/delivery-queue.ts'
import type { Caller } from '../tokens/token-store.ts'
import { toRelayMessage } from './message-store.ts'
import { recipientProblem } from './recipient.ts'
import { type Rendered, render } from './template.ts'

export interface Intake {
  db: Kysely<Database>
  queue: DeliveryQueue
  campaigns: CampaignLibrary
  /** The channels that have a gateway. */
  channels: ReadonlySet<RelayMessage['channel']>
}

/**
 * Takes a message: its row, its job and the record of its key are committed together, so that an
 * answer promises delivery and a repeated request makes nothing twice.
 */
export async function acceptMessage(
  intake: Intake,
  caller: Caller,
  key: string,
  request: RelayMessageRequest,
): Promise<Result<RelayMessage, RelayProblem>> {
  const hash = hashOf(request)
  // First of all: a repeat gets its answer even if the campaign is no longer held.
  const earlier = await answerTo(intake.db, caller, key, hash)
  if (earlier) return earlier

  const prepared = await prepare(intake, request)
  if (!prepared.ok) return prepared

  const answer = await intake.db.transaction().execute(async (trx) => {
    const now = new Date()
    const row = { id: randomUUID(), channel: request.channel, detail: null, updated_at: now }
    const message = toRelayMessage({ ...row, state: 'queued' })
    // A simultaneous repeat waits here until this transaction ends, and then inserts nothing.
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('idempotency_record')
      .values({
        token_id: caller.tokenId,
        key,
        request_hash: hash,
        message_id: message.id,
        answer: JSON.stringify(message),
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 0n) return null
    await trx
      .insertInto('message')
      .values({
        ...row,
        ...prepared.value,
        state: 'queued',
        token_id: caller.tokenId,
        campaign_id: request.campaign.id,
        campaign_version: request.campaign.version,
        template: request.template,
        language: request.language,
        recipient: request.to,
        card: JSON.stringify(request.card),
        attempt_id: request.attemptId,
        created_at: now,
      })
      .execute()
    await intake.queue.add(trx, request.channel, message.id)
    return message
  })
  if (answer) return { ok: true, value: answer }
  return (await answerTo(intake.db, caller, key, hash)) ?? problem('unavailable', 'try again')
}

async function prepare(
  { campaigns, channels }: Intake,
  request: RelayMessageRequest,
): Promise<Result<Rendered, RelayProblem>> {
  const { channel, campaign: ref, language, to } = request
  if (!channels.has(channel)) {
    return problem('not_configured', `this relay has no ${channel} gateway: configure one`)
  }
  const campaign = await campaigns.find(ref)
  if (!campaign) {
    return problem('not_found', `campaign ${ref.id} ${ref.version} is not held: add its document`)
  }
  const template = campaign.templates.find(
    (t) => t.id === request.template && t.channel === channel && t.language === language,
  )
  if (!template) {
    return problem('not_found', `campaign ${ref.id} has no such ${channel} template in ${language}`)
  }
  const wrong = recipientProblem(channel, to)
  if (wrong) return problem('invalid', wrong)
  const rendered = render(template, request.variables)
  return rendered.ok ? rendered : problem('invalid', rendered.reason)
}

async function answerTo(
  db: Kysely<Database>,
  caller: Caller,
  key: string,
  hash: Buffer,
): Promise<Result<RelayMessage, RelayProblem> | null> {
  const record = await db
    .selectFrom('idempotency_record')
    .select(['request_hash', 'answer'])
    .where('token_id', '=', caller.tokenId)
    .where('key', '=', key)
    .executeTakeFirst()
  if (!record) return null
  if (record.request_hash.equals(hash)) return { ok: true, value: record.answer }
  return problem('idempotency_conflict', 'this Idempotency-Key was used for another message')
}

function problem(code: RelayProblem['code'], message: string): Result<never, RelayProblem> {
  return { ok: false, reason: { code, message } }
}

/** Of the meaning, not of the spelling: the order of names in the request does not matter. */
function hashOf(request: RelayMessageRequest): Buffer {
  const sorted = JSON.stringify(request, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
  return createHash('sha256').update(sorted).digest()
}

import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Result } from '../../lib/contracts/common.ts'
import type {
  RelayMessage,
  RelayMessageRequest,
  RelayProblem,
} from '../../lib/contracts/relay-api.ts'
import { companySubject } from '../../lib/stop-list/subject.ts'
import type { CampaignLibrary } from '../campaigns/campaign-library.ts'
import type { Database } from '../database/schema.ts'
import { answerBefore, once } from '../idempotency/once.ts'
import type { DeliveryQueue } from '../queue/delivery-queue.ts'
import { takeQuota } from '../quotas/daily-quota.ts'
import { findStop } from '../stop-list/find-stops.ts'
import type { Caller } from '../tokens/token-store.ts'
import { contactOf } from './contact.ts'
import { toRelayMessage } from './message-store.ts'
import { recipientProblem } from './recipient.ts'
import { type Rendered, render } from './template.ts'

export interface Intake {
  db: Kysely<Database>
  queue: DeliveryQueue
  campaigns: CampaignLibrary
  /** The channels that have a gateway. */
  channels: ReadonlySet<RelayMessage['channel']>
  /** Messages that a person may send on one day (UTC). */
  messagesPerDay: number
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
  const repeatable = { db: intake.db, personId: caller.personId, key, request }
  // First of all: a repeat gets its answer even if the campaign is no longer held.
  const earlier = await answerBefore<RelayMessage>(repeatable)
  if (earlier) return earlier

  const prepared = await prepare(intake, request)
  if (!prepared.ok) return prepared

  return once(repeatable, async (trx) => {
    const { rendered, customer, company } = prepared.value
    const stop = await findStop(trx, contactOf({ ...request, company, customer }))
    if (stop) return problem('on_stop_list', `the stop list bars this ${stop.subject.kind}`)
    const quota = await takeQuota(trx, caller.personId, 'messages', intake.messagesPerDay)
    if (!quota.ok) return quota
    const now = new Date()
    const row = { id: randomUUID(), channel: request.channel, detail: null, updated_at: now }
    const message = toRelayMessage({ ...row, state: 'queued' })
    await trx
      .insertInto('message')
      .values({
        ...row,
        ...rendered,
        company,
        state: 'queued',
        person_id: caller.personId,
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
    return { ok: true, value: message }
  })
}

interface Prepared {
  rendered: Rendered
  customer: string
  /** As the stop list names it; null when the request names none. */
  company: string | null
}

async function prepare(
  { campaigns, channels }: Intake,
  request: RelayMessageRequest,
): Promise<Result<Prepared, RelayProblem>> {
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
  if (!rendered.ok) return problem('invalid', rendered.reason)
  const company = companySubject({ by: 'name', text: request.variables.company ?? '' })
  return {
    ok: true,
    value: {
      rendered: rendered.value,
      customer: campaign.customer.name,
      company: company.ok ? company.value.value : null,
    },
  }
}

function problem(code: RelayProblem['code'], message: string): Result<never, RelayProblem> {
  return { ok: false, reason: { code, message } }
}

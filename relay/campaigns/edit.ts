import type { Transaction } from 'kysely'
import { checkedCampaign } from '../../lib/campaign/check.ts'
import { differenceOf } from '../../lib/campaign/difference.ts'
import type { Result } from '../../lib/contracts/common.ts'
import type { RelayProblem } from '../../lib/contracts/relay-api.ts'
import type {
  CampaignDraft,
  CampaignProblem,
  CampaignVersion,
} from '../../lib/contracts/relay-campaigns.ts'
import { type AuditEvent, recordAudit } from '../audit/audit-log.ts'
import { crashPoint } from '../crash-point.ts'
import type { Database } from '../database/schema.ts'
import type { Sealer } from '../secrets/sealed.ts'
import { asPublished, dropDraft, putDraft, readDraft, readPastDraft } from './draft-store.ts'
import { readOffer, settleOffers } from './import.ts'
import {
  actorOf,
  addVersion,
  type Editor,
  lockCampaign,
  newestVersion,
  readVersion,
} from './version-store.ts'

/** A refusal is the answer to the request as it stands: `conflict`, `invalid` or `not_found`. */
type Edited<T> = Promise<Result<T, RelayProblem>>
type Trx = Transaction<Database>

const RETIRED = 'the campaign is retired: give it back to the operators first'

function refuse(code: RelayProblem['code'], message: string): { ok: false; reason: RelayProblem } {
  return { ok: false, reason: { code, message } }
}

function broken(problems: CampaignProblem[]): { ok: false; reason: RelayProblem } {
  const message = 'it can’t be published as it stands: see the problems'
  return { ok: false, reason: { code: 'invalid', message, problems } }
}

/**
 * Writes the draft's next state; without a draft, opens one. `stamp` is the state that the editor
 * knew, null = he knew of no draft. Whoever comes second gets what the first one changed. `base`
 * is the version that he has looked through and built upon; without it the draft keeps its own.
 */
export async function writeDraft(
  trx: Trx,
  id: string,
  by: Editor,
  change: { document: Record<string, unknown>; stamp: string | null; base?: number },
): Edited<CampaignDraft> {
  await lockCampaign(trx, id)
  const [draft, newest] = [await readDraft(trx, id), await newestVersion(trx, id)]
  if ((draft?.stamp ?? null) !== change.stamp) return conflict(trx, id, change.stamp)
  const base = change.base ?? (draft ? draft.base : newest)
  if (base !== null && (newest === null || base > newest)) {
    return refuse('not_found', `there is no version ${base}`)
  }
  await putDraft(trx, { id, document: change.document, base, editor: by.name })
  const written = await readDraft(trx, id)
  if (!written) throw new Error('the draft just written is not there')
  // Its opening only: a draft is written every few seconds while somebody works on it.
  if (!draft) await record(trx, 'campaign.draft_opened', id, by, { base })
  return { ok: true, value: written }
}

/** Ends the draft that the editor knows, without publishing it. */
export async function discardDraft(trx: Trx, id: string, by: Editor, stamp: string): Edited<null> {
  await lockCampaign(trx, id)
  const draft = await readDraft(trx, id)
  if (draft?.stamp !== stamp) return conflict(trx, id, stamp)
  await dropDraft(trx, id)
  await record(trx, 'campaign.draft_discarded', id, by)
  return { ok: true, value: null }
}

/**
 * Makes the draft the next version: checked, signed and written with the end of the draft in the
 * caller's transaction, so that it is whole or not there. A draft that was begun on an older
 * version is a conflict: publishing it would undo what was published since.
 */
export async function publishDraft(
  trx: Trx,
  id: string,
  by: Editor,
  { stamp, note }: { stamp: string; note: string },
  sealer: Sealer | null,
): Edited<CampaignVersion> {
  const { isRetired } = await lockCampaign(trx, id)
  crashPoint('campaigns.locked')
  if (isRetired) return refuse('invalid', RETIRED)
  const [draft, newest] = [await readDraft(trx, id), await newestVersion(trx, id)]
  if (draft?.stamp !== stamp || draft.base !== newest) return conflict(trx, id, stamp)
  const document = asPublished(id, draft.document, (newest ?? 0) + 1)
  const checked = checkedCampaign(document)
  if (!checked.ok) return broken(checked.reason)
  const version = await addVersion(trx, checked.value, by, { origin: 'draft', note }, sealer)
  await dropDraft(trx, id)
  crashPoint('campaigns.draftDropped')
  return { ok: true, value: version }
}

/** Publishes an earlier version again, as a new one; an open draft stays what it is. */
export async function rollBack(
  trx: Trx,
  id: string,
  by: Editor,
  { version, newest: known, note }: { version: number; newest: number; note: string },
  sealer: Sealer | null,
): Edited<CampaignVersion> {
  const { isRetired } = await lockCampaign(trx, id)
  crashPoint('campaigns.locked')
  if (isRetired) return refuse('invalid', RETIRED)
  const newest = await newestVersion(trx, id)
  if (newest !== known) return conflict(trx, id, null, known)
  const old = await readVersion(trx, id, version)
  if (!old) {
    return refuse('not_found', `there is no version ${version}`)
  }
  // What was good by the rules of its day need not be by today's.
  const checked = checkedCampaign(asPublished(id, Object(old.document), newest + 1))
  if (!checked.ok) return broken(checked.reason)
  const how = { origin: 'rollback', source: version, note } as const
  return { ok: true, value: await addVersion(trx, checked.value, by, how, sealer) }
}

/** Takes a campaign away from the operators, or gives it back; what was published stays. */
export async function retire(trx: Trx, id: string, by: Editor, retired: boolean): Edited<null> {
  if ((await newestVersion(trx, id)) === null) {
    return refuse('not_found', `there is no campaign ${id}`)
  }
  await lockCampaign(trx, id)
  const { numUpdatedRows } = await trx
    .updateTable('campaign')
    .set({ retired_at: retired ? new Date() : null })
    .where('id', '=', id)
    .where('retired_at', retired ? 'is' : 'is not', null)
    .executeTakeFirst()
  const kind = retired ? 'campaign.retired' : 'campaign.restored'
  if (numUpdatedRows > 0n) await record(trx, kind, id, by)
  return { ok: true, value: null }
}

/** Takes what the product brought into a new draft (null = turns it down); either way it is settled. */
export async function settleOffer(
  trx: Trx,
  id: string,
  by: Editor,
  take: boolean,
): Edited<CampaignDraft | null> {
  const offer = await readOffer(trx, id)
  if (!offer) return refuse('not_found', 'nothing is offered')
  const drafted = take
    ? await writeDraft(trx, id, by, { document: offer, stamp: null })
    : ({ ok: true, value: null } as const)
  if (!drafted.ok) return drafted
  await settleOffers(trx, id)
  await record(trx, 'campaign.offer_settled', id, by, { taken: take })
  return drafted
}

/** Into the audit log, in the transaction of the change and at its end. */
function record(
  trx: Trx,
  kind: AuditEvent['kind'],
  id: string,
  by: Editor,
  detail: AuditEvent['detail'] = {},
): Promise<void> {
  return recordAudit(trx, { kind, actor: actorOf(by), subject: `campaign:${id}`, detail })
}

/** Tells the later one what is there now, and what changed since the state that he knew. */
async function conflict(
  trx: Trx,
  id: string,
  known: string | null,
  knownVersion?: number,
): Edited<never> {
  const draft = await readDraft(trx, id)
  const newest = await newestVersion(trx, id)
  const published = newest === null ? null : await readVersion(trx, id, newest)
  const before = known === null ? null : await readPastDraft(trx, id, known)
  const isBehind = draft !== null && draft.stamp === known
  const [from, to] =
    isBehind || knownVersion !== undefined
      ? [await documentOf(trx, id, knownVersion ?? draft?.base ?? null), published?.document]
      : [before ?? (draft && published?.document), draft?.document ?? published?.document]
  const last = draft ?? (published && (await lastPublisher(trx, id)))
  return {
    ok: false,
    reason: {
      code: 'conflict',
      message: messageOf(isBehind || knownVersion !== undefined, draft !== null),
      conflict: {
        stamp: draft?.stamp ?? null,
        newest,
        editedBy: last?.editedBy ?? null,
        editedAt: last?.editedAt ?? null,
        changes: from && to ? differenceOf(unnumbered(from), unnumbered(to)) : null,
      },
    },
  }
}

function messageOf(isBehind: boolean, hasDraft: boolean): string {
  if (isBehind) return 'a newer version was published meanwhile: look at its changes first'
  return hasDraft
    ? 'somebody else has changed the draft: look at the changes, then write yours again'
    : 'the draft is not open any more: it was published or dropped'
}

/** A version's document; that of a campaign's beginning is empty. */
async function documentOf(trx: Trx, id: string, version: number | null): Promise<unknown> {
  return version === null ? {} : (await readVersion(trx, id, version))?.document
}

async function lastPublisher(trx: Trx, id: string) {
  const row = await trx
    .selectFrom('campaign_version')
    .select(['publisher', 'published_at'])
    .where('campaign_id', '=', id)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { editedBy: row.publisher, editedAt: row.published_at.toISOString() }
}

/** Name and number of a draft are given at publishing: they are no difference. */
function unnumbered(document: unknown): object {
  const { id: _, version: __, schemaVersion: ___, ...rest } = Object(document)
  return rest
}

import { randomUUID } from 'node:crypto'
import { TZDate } from '@date-fns/tz'
import { format } from 'date-fns'
import type { Kysely } from 'kysely'
import type { CampaignRef } from '../../lib/contracts/campaign.ts'
import { cardKey } from '../../lib/contracts/card.ts'
import type { ActionsQuery, LoggedAction } from '../../lib/contracts/relay-actions.ts'
import { csvLine } from '../csv-line.ts'
import type { Database } from '../database/schema.ts'
import { recordActions } from './action-intake.ts'
import type { ActionSight } from './action-sight.ts'
import { readActions } from './read-actions.ts'

/** IANA zone in which a campaign's times are written. */
export type ZoneOf = (campaign: CampaignRef) => Promise<string>

const PAGE = 500
const HEAD = [
  ...['at', 'received_at', 'person', 'by', 'kind', 'campaign', 'version', 'card', 'attempt'],
  ...['phone', 'email', 'text', 'event'],
]

/**
 * The log as CSV, newest first, page by page, so that its length costs no memory (decisions, «CSV
 * out»).
 */
export async function* actionsAsCsv(
  db: Kysely<Database>,
  sight: ActionSight,
  filters: Omit<ActionsQuery, 'order' | 'cursor' | 'limit'>,
  zoneOf: ZoneOf,
): AsyncGenerator<string> {
  yield `\ufeff${csvLine(HEAD)}`
  const zones = remembering(zoneOf)
  let cursor: string | undefined
  do {
    const query: ActionsQuery = { ...filters, order: 'newest', limit: PAGE, cursor }
    const page = await readActions(db, sight, query)
    if (!page.ok) throw new Error('a cursor of our own was refused')
    const lines = page.value.actions.map(async (action) => {
      const zone = action.campaign ? await zones(action.campaign) : 'UTC'
      return csvLine(cellsOf(action, zone))
    })
    yield (await Promise.all(lines)).join('')
    cursor = page.value.next ?? undefined
  } while (cursor !== undefined)
}

/** A copy that was taken stands in the log itself. */
export async function recordExport(
  db: Kysely<Database>,
  personId: string,
  filters: readonly string[],
): Promise<void> {
  const action = {
    id: randomUUID(),
    at: new Date().toISOString(),
    by: 'person' as const,
    ...{ campaign: null, card: null, attemptId: null, personal: null },
    event: { kind: 'log.exported' as const, filters: [...filters] },
  }
  await recordActions(db, [{ action, personId }])
}

/** Asks once for each version of a campaign. */
function remembering(zoneOf: ZoneOf): ZoneOf {
  const known = new Map<string, Promise<string>>()
  return (campaign) => {
    const key = `${campaign.id} ${campaign.version}`
    const zone = known.get(key) ?? zoneOf(campaign)
    known.set(key, zone)
    return zone
  }
}

function cellsOf(action: LoggedAction, zone: string): string[] {
  const { campaign, card, personal, person, attemptId, event } = action
  const { kind, ...facts } = event
  return [
    timeOf(action.at, zone),
    timeOf(action.receivedAt, zone),
    person?.name ?? '',
    action.by,
    kind,
    campaign?.id ?? '',
    String(campaign?.version ?? ''),
    card ? cardKey(card) : '',
    attemptId ?? '',
    personal?.phone ?? '',
    personal?.email ?? '',
    personal?.text ?? '',
    JSON.stringify(facts),
  ]
}

function timeOf(instant: string, zone: string): string {
  return format(new TZDate(instant, zone), 'dd.MM.yyyy HH:mm')
}

import type { AccountTrouble } from '../../lib/contracts/account.ts'
import type { AttemptDraft, Operator } from '../../lib/contracts/attempt.ts'
import type { Campaign } from '../../lib/contracts/campaign.ts'
import type { CardKey, CardSnapshot } from '../../lib/contracts/card.ts'
import type { Instant } from '../../lib/contracts/common.ts'
import type {
  CampaignTrouble,
  CardState,
  Ledger,
  Reachability,
  RefusalReason,
} from '../../lib/contracts/panel.ts'
import type { StopListState } from '../../lib/contracts/panel-stop-list.ts'
import type { StopListCopyEntry } from '../../lib/contracts/relay-stop-list.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../lib/contracts/settings.ts'
import { OFF, type SoftphoneSnapshot } from '../../lib/contracts/softphone.ts'
import type { SubjectMark } from '../../lib/stop-list/copy.ts'

/**
 * What the background knows while it is awake. Everything here can be had again after it was
 * stopped: from storage, from the outbox, or from the contexts that connect anew.
 */
export interface World {
  settings: Settings
  operator: Operator | null
  /** The newest version of each that operators work by; checked, or the shipped one. */
  campaigns: Campaign[]
  /** Versions by which attempts in hand were begun. */
  earlierCampaigns: Campaign[]
  /** Why something that the relay gave is not used; null when all is well. */
  campaignTrouble: CampaignTrouble | null
  /** How it stands with the copy of the stop list; null without a relay. */
  stopList: StopListState | null
  /** That copy, by the hashed subjects of its entries. */
  stopEntries: ReadonlyMap<SubjectMark, readonly StopListCopyEntry[]>
  /** The hashes of those who could be reached by the cards that are known. */
  stopMarks: ReadonlyMap<string, SubjectMark>
  /** Campaigns chosen here for cards, until the cards themselves tell them. */
  choices: Map<CardKey, string>
  portal: Reachability
  relay: Reachability
  /** Why the signed-in account does not get to Bitrix24, as far as it was tried. */
  account: AccountTrouble | null
  softphone: SoftphoneSnapshot
  /** Open card frames by tab, the topmost last. */
  frames: Map<number, CardFrame[]>
  cards: Map<CardKey, CardState>
  drafts: Map<CardKey, AttemptDraft>
  ledgers: Map<CardKey, Ledger>
  undelivered: number
  /** When this operator has promised callbacks already. */
  taken: Instant[]
  notice: RefusalReason | null
}

/** A frame that shows a card; `frame` is the port's identity, not the browser's frame id. */
export interface CardFrame {
  frame: object
  snapshot: CardSnapshot
}

/** Holds the world and tells those who watch it of each change, once per turn. */
export interface Desk {
  readonly world: World
  change(act: (world: World) => void): void
  set(part: Partial<World>): void
  watch(listen: () => void): void
}

export function createDesk(): Desk {
  const listeners: (() => void)[] = []
  const world: World = {
    settings: DEFAULT_SETTINGS,
    operator: null,
    campaigns: [],
    earlierCampaigns: [],
    campaignTrouble: null,
    stopList: null,
    stopEntries: new Map(),
    stopMarks: new Map(),
    choices: new Map(),
    portal: 'unknown',
    relay: 'unknown',
    account: null,
    softphone: OFF,
    frames: new Map(),
    cards: new Map(),
    drafts: new Map(),
    ledgers: new Map(),
    undelivered: 0,
    taken: [],
    notice: null,
  }
  let isTelling = false
  function change(act: (world: World) => void): void {
    act(world)
    if (isTelling) return
    isTelling = true
    queueMicrotask(() => {
      isTelling = false
      for (const listen of listeners) listen()
    })
  }
  return {
    world,
    change,
    set: (part) => change(() => Object.assign(world, part)),
    watch: (listen) => {
      listeners.push(listen)
    },
  }
}

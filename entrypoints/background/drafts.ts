import { newActionsOf } from '../../lib/action-log/draft-actions.ts'
import type { AttemptDraft, CallFacts } from '../../lib/contracts/attempt.ts'
import type { Campaign } from '../../lib/contracts/campaign.ts'
import { type CardRef, cardKey } from '../../lib/contracts/card.ts'
import { answer } from '../../lib/extension/answer.ts'
import type { Outbox } from '../../lib/outbox/database.ts'
import { putDraft } from '../../lib/outbox/drafts.ts'
import { emptyInput } from '../../lib/outcomes/empty-input.ts'
import { nextPass } from '../../lib/outcomes/proposal.ts'
import type { ActionLog } from './action-log.ts'
import { leadCampaignOf } from './lead-campaign.ts'
import type { Desk } from './world.ts'

/** Drafts are in the world for showing and in the outbox's database for keeping. */
export interface Drafts {
  /** The card's draft; a new attempt begins when there is none. Null without a campaign. */
  ensure(card: CardRef): Promise<AttemptDraft | null>
  /** Writes what the softphone knows of a call into its card's draft. */
  noteCall(card: CardRef, facts: CallFacts): Promise<void>
}

export function serveDrafts(
  desk: Desk,
  ready: Promise<void>,
  db: Outbox,
  log: Pick<ActionLog, 'isOn' | 'wake'>,
): Drafts {
  /** Every change is built upon the last: one after the other. */
  let queue: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const turn = queue.then(act)
    queue = turn.catch(() => {})
    return turn
  }

  const current = (card: CardRef) => desk.world.drafts.get(cardKey(card)) ?? null

  async function keep(draft: AttemptDraft): Promise<AttemptDraft> {
    const before = current(draft.card)
    desk.change(({ drafts, ledgers }) => {
      drafts.set(cardKey(draft.card), draft)
      // A new attempt has begun: the last one's ledger has been seen.
      ledgers.delete(cardKey(draft.card))
    })
    const now = new Date().toISOString()
    const actions = log.isOn() ? await newActionsOf(before, draft, now) : []
    await putDraft(db, draft, actions)
    if (actions.length > 0) log.wake()
    return draft
  }

  async function ensure(card: CardRef): Promise<AttemptDraft | null> {
    const { campaign } = leadCampaignOf(desk.world, card)
    const draft = current(card)
    const pass = nextPass(desk.world.cards.get(cardKey(card))?.history ?? [])
    if (draft) {
      // Until the first call it is something typed: others may have ended the pass meanwhile, or
      // the lead may have come to another campaign.
      if (draft.calls.length > 0) return draft
      const ref = campaign ? { id: campaign.id, version: campaign.version } : draft.campaign
      const isSame = ref.id === draft.campaign.id && ref.version === draft.campaign.version
      return isSame && draft.pass === pass ? draft : keep({ ...draft, pass, campaign: ref })
    }
    return campaign && keep(newDraft(card, campaign, pass))
  }

  answer('draft.change', async ({ card, revision, input }) => {
    await ready
    return inTurn(async () => {
      const draft = await ensure(card)
      if (!draft) return { ok: false, reason: 'not_configured' }
      // A panel that was torn down may still have an older state on its way.
      if (revision > draft.revision) await keep({ ...draft, revision, input })
      return { ok: true, value: null }
    })
  })

  return {
    ensure: (card) => inTurn(() => ensure(card)),
    noteCall: (card, facts) =>
      inTurn(async () => {
        const draft = current(card)
        // The softphone goes on telling of its last call after that call's attempt has ended.
        if (!draft || Date.parse(facts.startedAt) < Date.parse(draft.startedAt)) return
        const others = draft.calls.filter(({ callId }) => callId !== facts.callId)
        await keep({ ...draft, calls: [...others, facts] })
      }),
  }
}

function newDraft(card: CardRef, campaign: Campaign, pass: number): AttemptDraft {
  const [seed = 0] = crypto.getRandomValues(new Uint32Array(1))
  return {
    attemptId: crypto.randomUUID(),
    card,
    campaign: { id: campaign.id, version: campaign.version },
    pass,
    seed,
    startedAt: new Date().toISOString(),
    calls: [],
    input: emptyInput(campaign.language),
    revision: 0,
  }
}

import { browser } from 'wxt/browser'
import { z } from 'zod'
import { choiceInCard } from '../../lib/campaign/belongs.ts'
import { type Campaign, CampaignId } from '../../lib/contracts/campaign.ts'
import { type CardDetails, type CardKey, type CardRef, cardKey } from '../../lib/contracts/card.ts'
import { answer, isOwnPage } from '../../lib/extension/answer.ts'
import type { Outbox } from '../../lib/outbox/database.ts'
import { isDelivered, saveEffect } from '../../lib/outbox/save.ts'
import type { Drafts } from './drafts.ts'
import { leadCampaignOf } from './lead-campaign.ts'
import type { Desk } from './world.ts'

const KEY = 'campaignChoices'
/** More cards than a browser has open choices for; the oldest go, their cards know them. */
const MOST_KEPT = 500

/** `effectId` = the write that takes the choice to its card; null where the card has no field. */
const Choice = z.strictObject({ campaign: CampaignId, effectId: z.string().nullable() })
const Choices = z.array(z.tuple([z.string(), Choice]))
type Choices = Map<string, z.infer<typeof Choice>>

/** Choices made in this browser; the card in Bitrix24 is their home (docs/adr/0014). */
export interface ChoiceKeeper {
  recall(): Promise<Map<CardKey, string>>
  /** Keeps a choice and sends it on its way to the card. */
  put(card: CardRef, campaign: Campaign): Promise<void>
  /** Called before a card is read; what it returns then takes what the card knows better. */
  beforeReading(card: CardRef): Promise<(details: CardDetails) => Promise<void>>
}

export function keepChoices(desk: Desk, db: Outbox): ChoiceKeeper {
  let turn: Promise<unknown> = Promise.resolve()

  /** One change after the other: each is built upon what the last one stored. */
  function update(change: (choices: Choices) => void): Promise<void> {
    const next = turn.then(async () => {
      const choices = await readChoices()
      change(choices)
      await browser.storage.local.set({ [KEY]: [...choices].slice(-MOST_KEPT) })
    })
    turn = next.catch(() => {})
    return next
  }

  return {
    async recall() {
      const kept = [...(await readChoices())]
      return new Map(kept.map(([key, { campaign }]) => [key as CardKey, campaign]))
    },
    async put(card, { id, mapping }) {
      const key = cardKey(card)
      const field = mapping.fields.campaign
      const effectId =
        field && (await saveEffect(db, { effect: writeOf(card, field, id), now: Date.now() }))
      await update((choices) => {
        choices.delete(key)
        choices.set(key, { campaign: id, effectId })
      })
      desk.change((world) => void world.choices.set(key, id))
    },
    async beforeReading(card) {
      const key = cardKey(card)
      const kept = (await readChoices()).get(key)
      const isWritten = kept?.effectId != null && (await isDelivered(db, kept.effectId))
      return async (details) => {
        // What was written is in the card by now, or somebody has chosen anew since.
        if (!isWritten || choiceInCard(details, desk.world.campaigns) === null) return
        await update((choices) => {
          if (choices.get(key)?.effectId !== kept?.effectId) return
          choices.delete(key)
          desk.change((world) => void world.choices.delete(key))
        })
      }
    },
  }
}

/** The operator chooses a lead's campaign, where several fit or the card could not be read. */
export function serveChoices(
  desk: Desk,
  ready: Promise<void>,
  choices: ChoiceKeeper,
  drafts: Pick<Drafts, 'ensure'>,
  onSaved: () => void,
): void {
  answer('campaign.choose', async ({ card, campaign: id }, asker) => {
    if (!isOwnPage(asker)) return { ok: false, reason: 'not_allowed' }
    await ready
    const campaign = desk.world.campaigns.find((candidate) => candidate.id === id)
    if (!campaign || !mayChoose(desk, card, id)) return { ok: false, reason: 'not_allowed' }
    await choices.put(card, campaign)
    // What was typed before the choice goes on in the chosen campaign.
    if (desk.world.drafts.has(cardKey(card))) await drafts.ensure(card)
    onSaved()
    return { ok: true, value: null }
  })
}

/** One of those on offer; an attempt that has a call offers none: it stays where it began. */
function mayChoose(desk: Desk, card: CardRef, id: string): boolean {
  const { standing } = leadCampaignOf(desk.world, card)
  switch (standing.state) {
    case 'choose':
      return standing.options.some((option) => option.id === id)
    case 'settled':
      return standing.others.some((option) => option.id === id)
    case 'reading':
    case 'none':
    case 'none_published':
      return false
  }
}

function writeOf(card: CardRef, field: string, id: string) {
  const attemptId = crypto.randomUUID()
  return { type: 'fields' as const, card, attemptId, stageId: null, fields: { [field]: id } }
}

async function readChoices(): Promise<Choices> {
  const stored = Choices.safeParse((await browser.storage.local.get(KEY))[KEY])
  return new Map(stored.success ? stored.data : [])
}

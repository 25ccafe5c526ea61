import '../../lib/extension/zod-without-eval.ts'
import { browser } from 'wxt/browser'
import { defineBackground } from 'wxt/utils/define-background'
import type { BitrixClient } from '../../lib/bitrix24/client.ts'
import { checkPortal } from '../../lib/bitrix24/set-up.ts'
import { cardKey } from '../../lib/contracts/card.ts'
import { send } from '../../lib/extension/send.ts'
import { lockStorage, readSettings } from '../../lib/extension/settings.ts'
import { ensureSoftphone } from '../../lib/extension/softphone-host.ts'
import { Outbox } from '../../lib/outbox/database.ts'
import { listDrafts } from '../../lib/outbox/drafts.ts'
import { serveAccount } from './account.ts'
import { serveActionLog } from './action-log.ts'
import { serveCalls } from './calls.ts'
import { loadCampaigns, relayClient, serveCampaigns } from './campaigns.ts'
import { reachabilityAfter, serveCards } from './cards.ts'
import { keepChoices, serveChoices } from './choices.ts'
import { serveDeliveries } from './deliveries.ts'
import { serveDrafts } from './drafts.ts'
import { serveFrames } from './frames.ts'
import { noteOpened } from './opened-cards.ts'
import { recallOperator, rememberOperator } from './operator.ts'
import { servePanels } from './panels.ts'
import { servePresence } from './presence.ts'
import { serveResults, takenCallbacks } from './results.ts'
import { applyPortal, serveSetup } from './setup.ts'
import { keepStopList } from './stop-list.ts'
import { serveToolbar } from './toolbar.ts'
import { createDesk } from './world.ts'

/**
 * The background: decides, keeps, delivers. It may be stopped at any moment and started anew, so
 * every listener is registered at once, and each waits for `ready` before it looks at the world.
 */
export default defineBackground(() => {
  const desk = createDesk()
  const db = new Outbox('prozvon')
  let client: BitrixClient | null = null
  const portal = () => client
  const relay = () => relayClient(desk)

  const choices = keepChoices(desk, db)
  const stopList = keepStopList(desk, db, relay)

  const ready = wake()
  const log = serveActionLog(desk, ready, db, relay)
  servePresence(desk, ready, relay, log)
  const panels = servePanels(desk, ready)
  const drafts = serveDrafts(desk, ready, db, log)
  const cards = serveCards(desk, ready, db, portal, choices)
  serveFrames(desk, ready, (snapshot) => {
    cards.open(snapshot)
    void noteOpened(log, snapshot.card)
  })
  serveCalls(desk, ready, cards, stopList, drafts, log, panels.tellLevels)
  const deliveries = serveDeliveries(desk, ready, db, portal, relay)
  serveCampaigns(desk, ready, () => {
    cards.readMissing()
    void stopList.load()
  })
  serveChoices(desk, ready, choices, drafts, () => deliveries.drain('saved'))
  serveResults(desk, ready, db, stopList, log, () => deliveries.drain('saved'))
  serveToolbar(desk)
  const account = serveAccount(desk, ready, relay, applyAndDeliver)
  serveSetup(desk, ready, log, account, applyAndDeliver)
  // The browser's own settings can take the portal's origin away, and give it back.
  for (const changed of [browser.permissions.onAdded, browser.permissions.onRemoved]) {
    changed.addListener(() => void ready.then(applyAndDeliver))
  }

  // These listeners are here to wake the worker when the browser starts.
  browser.runtime.onStartup.addListener(() => {})
  browser.runtime.onInstalled.addListener(() => {})

  void ready.then(async () => {
    await applySettings()
    deliveries.drain('start')
  })

  /** What was kept: settings and the attempts in hand. */
  async function wake(): Promise<void> {
    await lockStorage()
    const [settings, operator, kept, taken, chosen] = await Promise.all([
      readSettings(),
      recallOperator(),
      listDrafts(db),
      takenCallbacks(db, new Date()),
      choices.recall(),
    ])
    desk.change((world) => {
      world.settings = settings
      world.operator = operator
      world.taken = taken
      world.choices = chosen
      for (const draft of kept) world.drafts.set(cardKey(draft.card), draft)
    })
    await stopList.recall()
  }

  /** Everything that follows from the settings, after waking as after a change of them. */
  async function applySettings(): Promise<void> {
    const { settings } = desk.world
    const isAllowed = await applyPortal(settings)
    // Without its origin every request would end as «no connection», which is not what is wrong.
    client = settings.portal && isAllowed ? account.clientOf(settings.portal) : null
    await stopList.recall()
    await Promise.all([loadCampaigns(desk).then(stopList.load), findOperator(), startPhone()])
    cards.readMissing()
  }

  async function applyAndDeliver(): Promise<void> {
    await applySettings()
    deliveries.drain('settings')
  }

  async function findOperator(): Promise<void> {
    if (!client)
      return desk.set({ portal: desk.world.settings.portal ? 'refused' : 'not_configured' })
    const checked = await checkPortal(client)
    if (checked.ok) await rememberOperator(checked.value.operator)
    desk.change((world) => {
      world.operator = checked.ok ? checked.value.operator : world.operator
      world.portal = checked.ok ? 'online' : reachabilityAfter(checked.reason)
    })
  }

  async function startPhone(): Promise<void> {
    const { sip } = desk.world.settings
    if (!sip) return
    // In Firefox the phone is a window: it opens with the first call, not with the browser.
    if (import.meta.env.CHROME) await ensureSoftphone()
    await send('softphone.configure', { account: sip })
  }
})

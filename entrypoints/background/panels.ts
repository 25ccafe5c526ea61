import { type Browser, browser } from 'wxt/browser'
import { type Campaign, campaignKey } from '../../lib/contracts/campaign.ts'
import { PanelHello, type PanelPortMessage, PORTS } from '../../lib/contracts/messages.ts'
import type { AudioLevels } from '../../lib/contracts/softphone.ts'
import { answer, askerOf, isOwnPage } from '../../lib/extension/answer.ts'
import { panelStateOf } from './view.ts'
import type { Desk } from './world.ts'

/** Nonces by value, with the tab they were made for. Kept over the worker's sleep. */
const NONCES = 'panelNonces'

/**
 * Panels in portal pages. A panel's page could be framed by any site that learns its address, so
 * it is served only with a nonce that our own content script was given for that very tab.
 */
export function servePanels(
  desk: Desk,
  ready: Promise<void>,
): { tellLevels(levels: AudioLevels): void } {
  const panels = new Map<Browser.runtime.Port, Audience>()

  answer('panel.ticket', async (_, { tabId, frameId, origin }) => {
    await ready
    const isOurPortal = origin === desk.world.settings.portal?.origin
    if (tabId === null || frameId !== 0 || !isOurPortal) return { ok: false, reason: 'not_allowed' }
    const nonce = crypto.randomUUID()
    await rememberNonce(nonce, tabId)
    return { ok: true, value: { nonce, layout: desk.world.settings.layout } }
  })

  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== PORTS.panel) return
    const asker = askerOf(port.sender)
    port.onMessage.addListener(async (message: unknown) => {
      const hello = PanelHello.safeParse(message)
      const isKnown =
        hello.success && isOwnPage(asker) && (await tabOfNonce(hello.data.nonce)) === asker.tabId
      if (!isKnown || asker.tabId === null) return tell(port, { type: 'panel.refused' })
      await ready
      const audience = { tabId: asker.tabId, told: new Map() }
      panels.set(port, audience)
      // While no card is open the panel has time to read them.
      for (const campaign of desk.world.campaigns) tellCampaign(port, audience, campaign)
      tellState(port, audience)
    })
    port.onDisconnect.addListener(() => panels.delete(port))
  })

  desk.watch(() => {
    for (const [port, audience] of panels) tellState(port, audience)
  })

  function tellState(port: Browser.runtime.Port, audience: Audience): void {
    const { campaign, ...state } = panelStateOf(desk.world, audience.tabId)
    if (campaign) tellCampaign(port, audience, campaign)
    const ref = campaign && { id: campaign.id, version: campaign.version }
    tell(port, { type: 'panel.state', state: { ...state, campaign: ref } })
  }

  browser.tabs?.onRemoved?.addListener((tabId) => void forgetNonces(tabId))

  return {
    tellLevels(levels) {
      for (const port of panels.keys()) tell(port, { type: 'panel.levels', levels })
    },
  }
}

/** A panel, and the campaigns that it has been told, by id and version. */
interface Audience {
  tabId: number
  told: Map<string, Campaign>
}

/** Each campaign once: it is ten times as large as all the rest of a state. */
function tellCampaign(port: Browser.runtime.Port, { told }: Audience, campaign: Campaign): void {
  const key = campaignKey(campaign)
  if (told.get(key) === campaign) return
  told.set(key, campaign)
  tell(port, { type: 'panel.campaign', campaign })
}

function tell(port: Browser.runtime.Port, message: PanelPortMessage): void {
  try {
    port.postMessage(message)
  } catch {
    // The panel went away in this very moment; its port's end is told separately.
  }
}

type Nonces = Record<string, number>

async function readNonces(): Promise<Nonces> {
  return ((await browser.storage.session.get(NONCES))[NONCES] as Nonces | undefined) ?? {}
}

async function rememberNonce(nonce: string, tabId: number): Promise<void> {
  await browser.storage.session.set({ [NONCES]: { ...(await readNonces()), [nonce]: tabId } })
}

async function tabOfNonce(nonce: string): Promise<number | null> {
  return (await readNonces())[nonce] ?? null
}

async function forgetNonces(tabId: number): Promise<void> {
  const kept = Object.entries(await readNonces()).filter(([, tab]) => tab !== tabId)
  await browser.storage.session.set({ [NONCES]: Object.fromEntries(kept) })
}

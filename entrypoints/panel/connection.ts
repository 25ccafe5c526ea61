import { browser } from 'wxt/browser'
import { type Campaign, campaignKey } from '../../lib/contracts/campaign.ts'
import { type PanelHello, PanelPortMessage, PORTS } from '../../lib/contracts/messages.ts'
import type { PanelState } from '../../lib/contracts/panel.ts'
import type { AudioLevels } from '../../lib/contracts/softphone.ts'

/** How long to wait before knocking again at a background that died. */
const RECONNECT_MS = 500

/** What the panel knows of its background. `state` stays when the background goes away. */
export interface Connection {
  phase: 'connecting' | 'connected' | 'away' | 'refused'
  state: PanelState | null
  levels: AudioLevels | null
  /** Connections that brought a state, the first included. */
  count: number
}

export const UNCONNECTED: Connection = {
  phase: 'connecting',
  state: null,
  levels: null,
  count: 0,
}

/**
 * Keeps a port to the background and tells each change. Shows the nonce first; a refusal is
 * final. When the background dies the last state stays, and a new one is asked for. Returns
 * what ends the connection for good.
 */
export function connect(nonce: string, onChange: (connection: Connection) => void): () => void {
  let connection = UNCONNECTED
  let close = () => {}
  const change = (part: Partial<Connection>) => {
    connection = { ...connection, ...part }
    onChange(connection)
  }

  function open() {
    let isFresh = true
    const campaigns = new Map<string, Campaign>()
    const port = browser.runtime.connect({ name: PORTS.panel })
    port.onMessage.addListener((raw: unknown) => {
      const parsed = PanelPortMessage.safeParse(raw)
      if (!parsed.success) return
      const message = parsed.data
      switch (message.type) {
        case 'panel.campaign':
          campaigns.set(campaignKey(message.campaign), message.campaign)
          break
        case 'panel.state': {
          const { campaign: ref, ...told } = message.state
          const campaign = ref && (campaigns.get(campaignKey(ref)) ?? null)
          change({
            phase: 'connected',
            state: { ...told, campaign },
            count: connection.count + (isFresh ? 1 : 0),
          })
          isFresh = false
          break
        }
        case 'panel.levels':
          change({ levels: message.levels })
          break
        case 'panel.refused':
          change({ phase: 'refused', state: null, levels: null })
          port.disconnect()
      }
    })
    port.onDisconnect.addListener(() => {
      if (connection.phase === 'refused') return
      change({ phase: 'away', levels: null })
      const timer = setTimeout(open, RECONNECT_MS)
      close = () => clearTimeout(timer)
    })
    port.postMessage({ type: 'panel.hello', nonce } satisfies PanelHello)
    close = () => port.disconnect()
  }

  open()
  return () => close()
}

import type { ContentScriptContext } from 'wxt/utils/content-script-context'
import { describeCard, findCard, readModel } from '../../lib/bitrix24/page/card-model.ts'
import type { Background } from './connect-to-background.ts'

/**
 * Tells the background which card this frame shows, as soon as its container and its data are
 * parsed. The frame's end is told by its port: it closes with the document.
 */
export function watchCard(ctx: ContentScriptContext, background: Background): void {
  // A card is never the top document: that one only opens the slider (except in very old boxes,
  // where the container is there too and this finds it just the same).
  const observer = new MutationObserver(look)
  let finished = false

  function look(): void {
    const card = findCard(document, location.pathname)
    if (!card) return
    const model = readModel(document)
    // The model script comes after the container; wait for it, but not beyond the document.
    if (!model && document.readyState === 'loading') return
    observer.disconnect()
    finished = true
    const { kind, id, ...page } = describeCard(card, document, model)
    background.tellCard({
      type: 'card.opened',
      snapshot: {
        card: { portal: location.origin, kind, id },
        ...page,
        phones: page.phones.map((phone) => ({ ...phone, e164: null })),
      },
    })
  }

  observer.observe(document, { childList: true, subtree: true })
  ctx.onInvalidated(() => observer.disconnect())
  ctx.addEventListener(document, 'DOMContentLoaded', () => {
    if (!finished) look()
  })
  // Most frames never hold a card: stop watching them once they are drawn.
  ctx.addEventListener(window, 'load', () =>
    ctx.setTimeout(() => {
      if (!finished) look()
      observer.disconnect()
    }, 3_000),
  )
  look()
}

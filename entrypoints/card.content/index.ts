import { defineContentScript } from 'wxt/utils/define-content-script'
import { catchPhoneClicks } from './catch-phone-clicks.ts'
import { connectToBackground } from './connect-to-background.ts'
import { mountPanel } from './mount-panel.ts'
import { watchCard } from './watch-card.ts'

/**
 * Runs in every frame of the portal, registered for its origin at set-up. Three duties:
 * tell which card this frame shows, catch clicks on phone numbers, and, in the top frame,
 * hold the panel. No React, no zod: Bitrix24 opens many frames.
 */
export default defineContentScript({
  registration: 'runtime',
  allFrames: true,
  runAt: 'document_start',
  main(ctx) {
    const background = connectToBackground(ctx)
    catchPhoneClicks(ctx, background)
    watchCard(ctx, background)
    if (window === window.top) mountPanel(ctx, background)
  },
})

import { z } from 'zod'
import { Language, Origin } from './common.ts'
import { SipAccount } from './softphone.ts'

/** How the panel stands in the page; remembered for the operator. */
export const PanelLayout = z.strictObject({
  side: z.enum(['right', 'left']),
  /** CSS pixels. */
  width: z.int().min(320).max(560),
  collapsed: z.boolean(),
})
export type PanelLayout = z.infer<typeof PanelLayout>

/** What an operator's extension needs to work. Lives in storage.local, read by the background only. */
export const Settings = z.strictObject({
  language: Language,
  theme: z.enum(['system', 'light', 'dark']),
  portal: z
    .strictObject({
      origin: Origin,
      /** Inbound webhook `https://host/rest/<user>/<code>`: a secret. */
      webhook: z.string().regex(/^https:\/\/[^/\s]+\/rest\/\d+\/[A-Za-z0-9]+$/),
    })
    .nullable(),
  relay: z.strictObject({ address: z.url(), token: z.string().min(1) }).nullable(),
  sip: SipAccount.nullable(),
  layout: PanelLayout,
})
export type Settings = z.infer<typeof Settings>

export const DEFAULT_SETTINGS: Settings = {
  language: 'ru',
  theme: 'system',
  portal: null,
  relay: null,
  sip: null,
  layout: { side: 'right', width: 400, collapsed: false },
}

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

/** The degraded mode: no telephony records, tags, events, SMS provider. */
export const PortalByWebhook = z.strictObject({
  origin: Origin,
  /** Inbound webhook `https://host/rest/<user>/<code>`: a secret. */
  webhook: z.string().regex(/^https:\/\/[^/\s]+\/rest\/\d+\/[A-Za-z0-9]+$/),
})

/** Signed in with a Bitrix24 account; the relay has its tokens. */
export const PortalByAccount = z.strictObject({
  origin: Origin,
  account: z.strictObject({
    memberId: z.string(),
    userId: z.int().positive(),
    name: z.string(),
    /** Where the portal was before: results of that time still go to it. */
    formerOrigins: z.array(Origin),
  }),
})
export type PortalByAccount = z.infer<typeof PortalByAccount>

/** What an operator's extension needs to work. Lives in storage.local, read by the background only. */
export const Settings = z.strictObject({
  language: Language,
  theme: z.enum(['system', 'light', 'dark']),
  portal: z.union([PortalByWebhook, PortalByAccount]).nullable(),
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

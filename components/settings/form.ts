import type { Result } from '../../lib/contracts/common.ts'
import { Settings } from '../../lib/contracts/settings.ts'

/** The settings as they are typed: texts, some of them not yet complete. */
export interface SettingsForm {
  portalAddress: string
  webhook: string
  relayAddress: string
  relayToken: string
  sipServer: string
  sipDomain: string
  sipUser: string
  sipPassword: string
  sipDisplayName: string
  language: Settings['language']
  theme: Settings['theme']
}
export type FormField = keyof SettingsForm

/** A signed-in account is no matter of the form: portal and relay are then not filled in by hand. */
export function formOf({ portal, relay, sip, language, theme }: Settings): SettingsForm {
  return {
    portalAddress: portal && 'webhook' in portal ? portal.origin : '',
    webhook: portal && 'webhook' in portal ? portal.webhook : '',
    relayAddress: relay?.address ?? '',
    relayToken: relay?.token ?? '',
    sipServer: sip?.server ?? '',
    sipDomain: sip?.domain ?? '',
    sipUser: sip?.user ?? '',
    sipPassword: sip?.password ?? '',
    sipDisplayName: sip?.displayName ?? '',
    language,
    theme,
  }
}

/**
 * The settings that were typed, or the fields that can't be understood. A part that is left empty
 * is not set up; one that is half filled in is an error.
 */
export function settingsOf(form: SettingsForm, before: Settings): Result<Settings, Set<FormField>> {
  const settings = {
    ...before,
    language: form.language,
    theme: form.theme,
    ...(isSignedIn(before) ? {} : { portal: portalOf(form), relay: relayOf(form) }),
    sip: isEmpty(form.sipServer, form.sipDomain, form.sipUser, form.sipPassword)
      ? null
      : {
          server: form.sipServer.trim(),
          domain: form.sipDomain.trim(),
          user: form.sipUser.trim(),
          password: form.sipPassword,
          displayName: form.sipDisplayName.trim(),
        },
  }
  const parsed = Settings.safeParse(settings)
  const wrong = new Set<FormField>(
    parsed.success ? [] : parsed.error.issues.flatMap(({ path }) => FIELDS[path.join('.')] ?? []),
  )
  // A webhook of another portal would send this one's results there.
  const { portal } = settings
  if (portal && 'webhook' in portal && !portal.webhook.startsWith(`${portal.origin}/`)) {
    wrong.add('webhook')
  }
  if (parsed.success && wrong.size === 0) return { ok: true, value: parsed.data }
  return { ok: false, reason: wrong }
}

export function isSignedIn({ portal }: Settings): boolean {
  return portal !== null && 'account' in portal
}

function portalOf({ portalAddress, webhook }: SettingsForm) {
  if (isEmpty(portalAddress, webhook)) return null
  return { origin: originOf(portalAddress), webhook: webhook.trim().replace(/\/+$/, '') }
}

function relayOf({ relayAddress, relayToken }: SettingsForm) {
  if (isEmpty(relayAddress, relayToken)) return null
  return { address: relayAddress.trim(), token: relayToken.trim() }
}

const FIELDS: Record<string, FormField> = {
  'portal.origin': 'portalAddress',
  'portal.webhook': 'webhook',
  'relay.address': 'relayAddress',
  'relay.token': 'relayToken',
  'sip.server': 'sipServer',
  'sip.domain': 'sipDomain',
  'sip.user': 'sipUser',
  'sip.password': 'sipPassword',
}

/** People paste any address of their portal; «firma.bitrix24.ru» will do as well. */
export function originOf(address: string): string {
  const text = address.trim()
  try {
    const url = new URL(text.includes('://') ? text : `https://${text}`)
    return url.protocol === 'https:' ? url.origin : ''
  } catch {
    return ''
  }
}

function isEmpty(...texts: string[]): boolean {
  return texts.every((text) => text.trim() === '')
}

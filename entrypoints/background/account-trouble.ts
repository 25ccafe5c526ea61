import type { BitrixReason } from '../../lib/bitrix24/errors.ts'
import type { AccountTrouble } from '../../lib/contracts/account.ts'
import type { World } from './world.ts'

const TROUBLES: Partial<Record<BitrixReason, AccountTrouble>> = {
  signed_out: 'bitrix24_signed_out',
  app_removed: 'bitrix24_app_removed',
  user_dismissed: 'bitrix24_user_dismissed',
  scope_missing: 'bitrix24_scope_missing',
  moved: 'bitrix24_moved',
  relay_signed_out: 'relay_signed_out',
  relay_away: 'relay_away',
}

/**
 * Follows what the portal and the relay answer, and tells the account's trouble. A missing scope
 * is over only when a method that was refused for it is not refused any more: others go on working
 * meanwhile.
 */
export function watchTrouble(onChange: (trouble: AccountTrouble | null) => void) {
  let trouble: AccountTrouble | null = null
  const lacking = new Set<string>()
  return (methods: readonly string[], reason: BitrixReason | null): void => {
    const told = reason && TROUBLES[reason]
    if (told === 'bitrix24_scope_missing') for (const method of methods) lacking.add(method)
    // The portal executed or judged it, so the account was let in.
    const isIn = reason === null
    if (isIn) for (const method of methods) lacking.delete(method)
    if (!told && !isIn) return
    const next = told ?? (lacking.size > 0 ? 'bitrix24_scope_missing' : null)
    if (next === trouble) return
    trouble = next
    onChange(trouble)
  }
}

/** What the panel shows; a relay that refuses its own token has ended the session, too. */
export function accountTroubleOf({
  settings,
  account,
  relay,
}: Pick<World, 'settings' | 'account' | 'relay'>): AccountTrouble | null {
  if (!settings.portal || !('account' in settings.portal)) return null
  return account ?? (relay === 'refused' ? 'relay_signed_out' : null)
}

import type { AccountTrouble } from '../../lib/contracts/account.ts'
import type { createTranslator, TextKey } from '../../lib/locales/index.ts'
import { Button } from '../ui/Button.tsx'
import { Strip } from '../ui/Strip.tsx'

/** What the one button of a trouble does. */
export type AccountRemedy = 'signIn' | 'check' | 'toNewAddress'

const REMEDIES: Record<AccountTrouble, AccountRemedy> = {
  bitrix24_signed_out: 'signIn',
  relay_signed_out: 'signIn',
  // Others must act first; then it works by itself, or asks to sign in again.
  bitrix24_app_removed: 'check',
  bitrix24_user_dismissed: 'check',
  bitrix24_scope_missing: 'check',
  relay_away: 'check',
  bitrix24_moved: 'toNewAddress',
}

const LABELS: Record<AccountRemedy, TextKey> = {
  signIn: 'account.signIn',
  check: 'account.check',
  toNewAddress: 'account.toNewAddress',
}

/** Why the account does not get to Bitrix24: one text, one button. */
export function AccountStrip({
  trouble,
  onRemedy,
  t,
}: {
  trouble: AccountTrouble
  onRemedy: (remedy: AccountRemedy) => void
  t: ReturnType<typeof createTranslator>
}) {
  const remedy = REMEDIES[trouble]
  const isPassing = trouble === 'relay_away'
  return (
    <Strip
      tone={isPassing ? 'waiting' : 'danger'}
      icon={isPassing ? 'cloudOff' : 'shield'}
      action={
        <Button size="small" onClick={() => onRemedy(remedy)}>
          {t(LABELS[remedy])}
        </Button>
      }
    >
      {t(`account.${trouble}`)}
    </Strip>
  )
}

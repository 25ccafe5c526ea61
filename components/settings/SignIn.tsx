import { useState } from 'react'
import type { SignInProgress } from '../../lib/contracts/account.ts'
import type { Language } from '../../lib/contracts/common.ts'
import { timeInWords } from '../../lib/locales/dates.ts'
import type { createTranslator, TextKey } from '../../lib/locales/index.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { Strip } from '../ui/Strip.tsx'
import type { AccountActions } from './account-actions.ts'
import styles from './SettingsPage.module.css'
import { useSignIn } from './use-sign-in.ts'

/** The relay's address and «Sign in»; then waiting for the person, or what went wrong. */
export function SignIn({
  relayAddress,
  actions,
  onDone,
  language,
  t,
}: {
  relayAddress: string
  actions: AccountActions
  onDone: () => Promise<void>
  language: Language
  t: ReturnType<typeof createTranslator>
}) {
  const [address, setAddress] = useState(relayAddress)
  const [isWrong, setWrong] = useState(false)
  const { progress, begin, cancel } = useSignIn(actions, onDone)

  function start(): void {
    const typed = address.trim()
    const isAddress = URL.canParse(typed) && /^https?:/.test(typed)
    setWrong(!isAddress)
    if (isAddress) void begin(typed)
  }

  if (progress.state === 'waiting') {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const time = timeInWords(progress.expiresAt, timeZone, language)
    return (
      <Strip
        tone="waiting"
        icon={progress.isAway ? 'cloudOff' : 'layers'}
        action={
          <Button size="small" onClick={() => void cancel()}>
            {t('options.signInCancel')}
          </Button>
        }
      >
        {t(progress.isAway ? 'options.signInAway' : 'options.signInWaiting', { time })}
      </Strip>
    )
  }
  const isBusy = progress.state === 'starting'
  return (
    <>
      <div className={styles.fields}>
        <Field
          label={t('options.signInAddress')}
          hint={t('options.signInAddressHint')}
          value={address}
          problem={isWrong ? t('options.invalid') : null}
          onChange={setAddress}
        />
      </div>
      <div>
        <Button tone="brand" size="large" aria-disabled={isBusy} onClick={start}>
          {t('options.signIn')}
        </Button>
      </div>
      <p role="status" className={styles.status}>
        {isBusy && t('options.signInStarting')}
      </p>
      {progress.state === 'failed' && (
        <Strip tone="danger" icon="warning">
          {t(failureText(progress.why))}
        </Strip>
      )}
    </>
  )
}

function failureText(why: Extract<SignInProgress, { state: 'failed' }>['why']): TextKey {
  switch (why) {
    case 'expired':
    case 'refused':
    case 'not_configured':
    case 'limit':
    case 'away':
      return `options.signInFailed.${why}`
    default:
      return `account.${why}`
  }
}

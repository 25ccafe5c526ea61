import { useEffect, useState } from 'react'
import type { AccountState } from '../../lib/contracts/account.ts'
import type { Language } from '../../lib/contracts/common.ts'
import type { PortalByAccount } from '../../lib/contracts/settings.ts'
import type { createTranslator } from '../../lib/locales/index.ts'
import { AccountStrip } from '../account/AccountStrip.tsx'
import { Button } from '../ui/Button.tsx'
import { Strip } from '../ui/Strip.tsx'
import type { AccountActions } from './account-actions.ts'
import { MovedPortal } from './MovedPortal.tsx'
import styles from './SettingsPage.module.css'
import { SignIn } from './SignIn.tsx'

/** Who is signed in at which portal; what keeps them from it, and signing out. */
export function SignedIn({
  portal,
  relayAddress,
  actions,
  allow,
  onChange,
  onNewPortal,
  language,
  t,
}: {
  portal: PortalByAccount
  relayAddress: string
  actions: AccountActions
  allow(origin: string): Promise<'known' | 'new' | 'refused'>
  onChange: () => Promise<void>
  onNewPortal(): void
  language: Language
  t: ReturnType<typeof createTranslator>
}) {
  const { origin, account } = portal
  const [state, setState] = useState<AccountState>({ trouble: null, movedTo: null })
  const [access, setAccess] = useState<'asking' | 'granted' | 'missing' | 'refused'>('asking')
  const [isSigningIn, setSigningIn] = useState(false)

  useEffect(() => {
    let isHere = true
    void actions.read().then((read) => isHere && read && setState(read))
    void actions.hasAccess(origin).then((has) => isHere && setAccess(has ? 'granted' : 'missing'))
    return () => {
      isHere = false
    }
  }, [actions, origin])

  async function recheck(): Promise<void> {
    const checked = await actions.check()
    if (checked) setState(checked)
  }

  async function allowHere(): Promise<void> {
    // The browser asks only within the click: nothing may be awaited before.
    const answer = await allow(origin)
    setAccess(answer === 'refused' ? 'refused' : 'granted')
    if (answer === 'new') onNewPortal()
  }

  const { trouble, movedTo } = state
  const isMoved = movedTo !== null || trouble === 'bitrix24_moved'
  return (
    <>
      <p className={styles.who}>
        {t('options.signedIn', { name: account.name })}
        <br />
        {origin}
      </p>
      {(access === 'missing' || access === 'refused') && (
        <Strip
          tone="waiting"
          icon="shield"
          action={
            <Button size="small" onClick={() => void allowHere()}>
              {t('options.allow')}
            </Button>
          }
        >
          {access === 'missing' ? t('options.allowText', { origin }) : t('options.allowRefused')}
        </Strip>
      )}
      {isMoved && (
        <MovedPortal
          movedTo={movedTo}
          actions={actions}
          allow={allow}
          onAgreed={recheck}
          onFollowed={onChange}
          t={t}
        />
      )}
      {trouble && !isMoved && !isSigningIn && (
        <AccountStrip
          trouble={trouble}
          onRemedy={(remedy) => (remedy === 'signIn' ? setSigningIn(true) : void recheck())}
          t={t}
        />
      )}
      {isSigningIn && (
        <SignIn
          relayAddress={relayAddress}
          actions={actions}
          onDone={async () => {
            await onChange()
            setSigningIn(false)
            const read = await actions.read()
            if (read) setState(read)
          }}
          language={language}
          t={t}
        />
      )}
      <div className={styles.footer}>
        <Button onClick={() => void actions.signOut().then(onChange)}>
          {t('options.signOut')}
        </Button>
        <p className={styles.status}>{t('options.signOutHint')}</p>
      </div>
    </>
  )
}

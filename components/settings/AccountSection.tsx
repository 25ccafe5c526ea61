import type { Settings } from '../../lib/contracts/settings.ts'
import type { createTranslator } from '../../lib/locales/index.ts'
import type { AccountActions } from './account-actions.ts'
import styles from './SettingsPage.module.css'
import { SignedIn } from './SignedIn.tsx'
import { SignIn } from './SignIn.tsx'

/** Signing in with Bitrix24, and who is signed in: the first thing of a set-up. */
export function AccountSection({
  settings,
  actions,
  allow,
  onChange,
  onNewPortal,
  t,
}: {
  settings: Settings
  actions: AccountActions
  /** Asks the browser for the portal's origin; must run within the click. */
  allow(origin: string): Promise<'known' | 'new' | 'refused'>
  /** The stored settings are other ones now. */
  onChange(settings: Settings): void
  /** The portal's open tabs must be reloaded. */
  onNewPortal(): void
  t: ReturnType<typeof createTranslator>
}) {
  const { portal } = settings
  async function reread(): Promise<void> {
    const stored = await actions.settings()
    if (!stored) return
    if (stored.portal && stored.portal.origin !== portal?.origin) onNewPortal()
    onChange(stored)
  }
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t('options.accountSection')}</h2>
      {portal && 'account' in portal ? (
        <SignedIn
          key={portal.origin}
          portal={portal}
          relayAddress={settings.relay?.address ?? ''}
          actions={actions}
          allow={allow}
          onChange={reread}
          onNewPortal={onNewPortal}
          language={settings.language}
          t={t}
        />
      ) : (
        <SignIn
          relayAddress={settings.relay?.address ?? ''}
          actions={actions}
          onDone={reread}
          language={settings.language}
          t={t}
        />
      )}
    </section>
  )
}

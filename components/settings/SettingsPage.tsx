import { type ReactNode, useState } from 'react'
import type { CheckResult, PairingOutcome } from '../../lib/contracts/messages.ts'
import type { Settings } from '../../lib/contracts/settings.ts'
import { createTranslator, type TextKey } from '../../lib/locales/index.ts'
import { Button } from '../ui/Button.tsx'
import { Choice, Field } from '../ui/Field.tsx'
import { Strip } from '../ui/Strip.tsx'
import { AccountSection } from './AccountSection.tsx'
import type { AccountActions } from './account-actions.ts'
import { type FormField, formOf, isSignedIn, type SettingsForm, settingsOf } from './form.ts'
import { PairingField } from './PairingField.tsx'
import styles from './SettingsPage.module.css'

export interface Checks {
  portal: CheckResult
  relay: CheckResult
  sip: CheckResult
}

export interface SettingsActions {
  /** Asks the browser for the portal's origin; must run within the click. `new` = just granted. */
  allow(origin: string): Promise<'known' | 'new' | 'refused'>
  /** Null when it was saved, else why not. */
  save(settings: Settings): Promise<string | null>
  check(settings: Settings): Promise<Checks | null>
  /** Trades a pairing code for a token; address and token are then saved already. */
  pair(address: string, code: string): Promise<PairingOutcome>
  account: AccountActions
}

type Progress = 'idle' | 'checking' | 'saved' | 'not_allowed' | { failed: string }

/** Set-up of one operator's extension: portal, relay, telephony, looks. */
export function SettingsPage({
  stored,
  lostEarlier,
  actions,
}: {
  stored: Settings
  /** Earlier settings could not be read and were put aside. */
  lostEarlier: boolean
  actions: SettingsActions
}) {
  const [form, setForm] = useState(() => formOf(stored))
  const [wrong, setWrong] = useState<Set<FormField>>(new Set())
  const [progress, setProgress] = useState<Progress>('idle')
  const [checks, setChecks] = useState<Checks | null>(null)
  const [saved, setSaved] = useState(stored)
  /** The portal's open tabs know nothing of us yet (docs/adr/0009). */
  const [needsReload, setNeedsReload] = useState(false)
  const t = createTranslator(form.language)

  async function saveAndCheck(): Promise<void> {
    const settings = settingsOf(form, saved)
    setWrong(settings.ok ? new Set() : settings.reason)
    if (!settings.ok) return setProgress('idle')
    const { portal } = settings.value
    // The browser asks only within the click: nothing may be awaited before.
    const access = portal && (await actions.allow(portal.origin))
    if (access === 'refused') return setProgress('not_allowed')
    setProgress('checking')
    setChecks(null)
    const failure = await actions.save(settings.value)
    if (failure !== null) return setProgress({ failed: failure })
    setSaved(settings.value)
    if (access === 'new' || (portal && portal.origin !== saved.portal?.origin)) setNeedsReload(true)
    setChecks(await actions.check(settings.value))
    setProgress('saved')
  }

  async function pair(code: string): Promise<PairingOutcome> {
    const address = form.relayAddress.trim()
    const isAddress = URL.canParse(address) && /^https?:/.test(address)
    setWrong(isAddress ? new Set() : new Set<FormField>(['relayAddress']))
    if (!isAddress) return { state: 'away' }
    const outcome = await actions.pair(address, code)
    if (outcome.state === 'paired') {
      const { token } = outcome
      setForm((before) => ({ ...before, relayToken: token }))
      setSaved((before) => ({ ...before, relay: { address, token } }))
    }
    return outcome
  }

  /** Signing in and out change the settings by themselves; what is being typed stays. */
  function take(settings: Settings): void {
    const { portalAddress, webhook, relayAddress, relayToken } = formOf(settings)
    setForm((before) => ({ ...before, portalAddress, webhook, relayAddress, relayToken }))
    setSaved(settings)
    setChecks(null)
  }

  const isAccount = isSignedIn(saved)
  const text = (
    name: FormField,
    label: TextKey,
    extra: { hint?: TextKey; secret?: boolean } = {},
  ) => (
    <Field
      label={t(label)}
      value={form[name]}
      type={extra.secret ? 'password' : 'text'}
      {...(extra.hint && { hint: t(extra.hint) })}
      problem={wrong.has(name) ? t('options.invalid') : null}
      onChange={(value) => setForm((before): SettingsForm => ({ ...before, [name]: value }))}
    />
  )

  return (
    <main className={styles.page} lang={form.language}>
      <h1 className={styles.title}>{t('options.title')}</h1>
      {lostEarlier && saved.portal === null && (
        <div className={styles.note}>
          <Strip tone="waiting" icon="warning">
            {t('options.lostEarlier')}
          </Strip>
        </div>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void saveAndCheck()
        }}
      >
        <AccountSection
          settings={saved}
          actions={actions.account}
          allow={actions.allow}
          onChange={take}
          onNewPortal={() => setNeedsReload(true)}
          t={t}
        />
        {needsReload && (
          <div className={styles.note}>
            <Strip tone="brand" icon="layers">
              {t('options.reloadTabs')}
            </Strip>
          </div>
        )}
        {!isAccount && (
          <>
            <Section title={t('options.portalSection')} check={checks?.portal} t={t}>
              <p className={styles.lacks}>{t('options.webhookLacks')}</p>
              {text('portalAddress', 'options.portalAddress', {
                hint: 'options.portalAddressHint',
              })}
              {text('webhook', 'options.webhook', { hint: 'options.webhookHint', secret: true })}
            </Section>
            <Section title={t('options.relaySection')} check={checks?.relay} t={t}>
              {text('relayAddress', 'options.relayAddress')}
              {text('relayToken', 'options.relayToken', { secret: true })}
              <PairingField pair={pair} t={t} />
            </Section>
          </>
        )}
        <Section title={t('options.sipSection')} check={checks?.sip} t={t}>
          {text('sipServer', 'options.sipServer', { hint: 'options.sipServerHint' })}
          {text('sipDomain', 'options.sipDomain')}
          {text('sipUser', 'options.sipUser')}
          {text('sipPassword', 'options.sipPassword', { secret: true })}
          {text('sipDisplayName', 'options.sipDisplayName')}
        </Section>
        <Section title={t('options.interfaceSection')} check={undefined} t={t}>
          <Choice
            label={t('options.language')}
            value={form.language}
            options={[
              { value: 'ru', label: 'Русский' },
              { value: 'uk', label: 'Українська' },
              { value: 'en', label: 'English' },
            ]}
            onChange={(language) => setForm((before) => ({ ...before, language }))}
          />
          <Choice
            label={t('options.theme')}
            value={form.theme}
            options={[
              { value: 'system', label: t('options.themeSystem') },
              { value: 'light', label: t('options.themeLight') },
              { value: 'dark', label: t('options.themeDark') },
            ]}
            onChange={(theme) => setForm((before) => ({ ...before, theme }))}
          />
        </Section>
        <footer className={styles.footer}>
          <Button
            tone="brand"
            size="large"
            aria-disabled={progress === 'checking'}
            onClick={() => void saveAndCheck()}
          >
            {t('options.saveAndCheck')}
          </Button>
          <p role="status" className={styles.status}>
            {progress === 'checking' && t('options.checking')}
            {progress === 'saved' && t('options.saved')}
            {progress === 'not_allowed' && t('options.permissionRefused')}
            {typeof progress === 'object' && t('options.notSaved', { detail: progress.failed })}
          </p>
        </footer>
      </form>
    </main>
  )
}

function Section({
  title,
  check,
  t,
  children,
}: {
  title: string
  check: CheckResult | undefined
  t: ReturnType<typeof createTranslator>
  children: ReactNode
}) {
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{title}</h2>
      <div className={styles.fields}>{children}</div>
      {check?.state === 'ok' && (
        <Strip tone="success" icon="check">
          {t('options.checkOk')}: {check.detail}
        </Strip>
      )}
      {check?.state === 'failed' && (
        <Strip tone="danger" icon="warning">
          {t('options.checkFailed', { detail: check.detail })}
        </Strip>
      )}
    </section>
  )
}

import type { PanelState } from '../../lib/contracts/panel.ts'
import { AccountStrip } from '../account/AccountStrip.tsx'
import { PhoneTrouble } from '../call/PhoneTrouble.tsx'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import type { PanelActions } from './actions.ts'
import { usePanel } from './context.ts'
import styles from './EmptyState.module.css'

/** No card in hand: what to do next, and whether all is ready for it. */
export function EmptyState({ state, actions }: { state: PanelState; actions: PanelActions }) {
  const { t } = usePanel()
  const isSetUp = state.portal !== 'not_configured'
  return (
    <>
      <header className={styles.bar}>
        <strong>{t('panel.title')}</strong>
        <Button
          size="small"
          tone="quiet"
          icon="collapse"
          iconOnly
          aria-label={t('panel.collapse')}
          title={t('panel.collapse')}
          onClick={() => actions.changeLayout({ ...state.layout, collapsed: true })}
        />
      </header>
      {state.account && (
        <AccountStrip
          trouble={state.account}
          onRemedy={(remedy) =>
            remedy === 'check' ? actions.checkAccount() : actions.openOptions()
          }
          t={t}
        />
      )}
      {isSetUp && <PhoneTrouble softphone={state.softphone} actions={actions} />}
      <main className={styles.empty}>
        <span className={styles.picture}>
          <Icon name={isSetUp ? 'phone' : 'gear'} size={32} />
        </span>
        <h1>{t(isSetUp ? 'empty.noCardTitle' : 'empty.notSetUpTitle')}</h1>
        <p>{t(isSetUp ? 'empty.noCardText' : 'empty.notSetUpText')}</p>
        {!isSetUp && (
          <Button tone="brand" size="large" icon="gear" onClick={() => actions.openOptions()}>
            {t('action.openSettings')}
          </Button>
        )}
        {state.undelivered > 0 && (
          <p className={styles.undelivered}>
            {t('plural.undelivered', { count: state.undelivered })}
          </p>
        )}
      </main>
    </>
  )
}

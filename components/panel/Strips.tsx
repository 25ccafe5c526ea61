import type { CardState, PanelState } from '../../lib/contracts/panel.ts'
import { timeInWords } from '../../lib/locales/dates.ts'
import { AccountStrip } from '../account/AccountStrip.tsx'
import { PhoneTrouble } from '../call/PhoneTrouble.tsx'
import { Button } from '../ui/Button.tsx'
import { Strip } from '../ui/Strip.tsx'
import type { PanelActions } from './actions.ts'
import { usePanel } from './context.ts'
import type { Standing } from './domain.ts'

/** Warnings, only those that matter now, the most binding first. */
export function Strips({
  state,
  card,
  standing,
  isReconnecting,
  actions,
}: {
  state: PanelState
  card: CardState
  standing: Standing | null
  isReconnecting: boolean
  actions: PanelActions
}) {
  const { t, timeZone, language } = usePanel()
  const settings = (
    <Button size="small" onClick={() => actions.openOptions()}>
      {t('action.openSettings')}
    </Button>
  )
  const reload = (
    <Button size="small" onClick={() => actions.reload(card.snapshot.card)}>
      {t('action.reload')}
    </Button>
  )
  // The account's strip says all that there is to say of the portal, and of the relay.
  const { account } = state
  const isRelaySaid = account === 'relay_away' || account === 'relay_signed_out'
  const readAt = card.details && timeInWords(card.details.readAt, timeZone, language)
  return (
    <>
      {isReconnecting && (
        <Strip tone="waiting" icon="cloudOff">
          {t('panel.reconnecting')}
        </Strip>
      )}
      {standing?.stopList && (
        <Strip tone="danger" icon="stop">
          {t(standing.stopList === 'permanent' ? 'strip.stopPermanent' : 'strip.stopUntilReviewed')}
        </Strip>
      )}
      {state.notice && (
        <Strip tone="danger" icon="warning">
          {t(`refusal.${state.notice}`)}
        </Strip>
      )}
      {state.otherCard && (
        <Strip tone="brand" icon="layers">
          {t('strip.otherCard', { title: state.otherCard.title })}
        </Strip>
      )}
      <PhoneTrouble softphone={state.softphone} actions={actions} />
      {card.reading === 'stale' && state.portal !== 'away' && !account && (
        <Strip tone="waiting" icon="cloudOff" action={reload}>
          {readAt ? t('card.stale', { time: readAt }) : t('card.staleNever')}
        </Strip>
      )}
      {card.reading === 'refused' && state.portal !== 'refused' && !account && (
        <Strip tone="danger" icon="warning" action={reload}>
          {card.trouble ?? t('card.refused')}
        </Strip>
      )}
      {card.reading === 'not_found' && (
        <Strip tone="danger" icon="warning" action={reload}>
          {t('card.notFound')}
        </Strip>
      )}
      {account && (
        <AccountStrip
          trouble={account}
          onRemedy={(remedy) =>
            remedy === 'check' ? actions.checkAccount() : actions.openOptions()
          }
          t={t}
        />
      )}
      {!account && state.portal === 'away' && (
        <Strip tone="waiting" icon="cloudOff" action={reload}>
          {t('strip.portalAway')} {readAt && t('card.readAt', { time: readAt })}
        </Strip>
      )}
      {!account && state.portal === 'refused' && (
        <Strip tone="danger" icon="warning" action={settings}>
          {t('strip.portalRefused')}
        </Strip>
      )}
      {state.campaignTrouble && (
        <Strip tone="danger" icon="shield">
          {t(`campaignTrouble.${state.campaignTrouble}`)}
        </Strip>
      )}
      {!isRelaySaid && state.relay === 'away' && (
        <Strip tone="waiting" icon="cloudOff">
          {t('strip.relayAway')}
        </Strip>
      )}
      {!isRelaySaid && state.relay === 'refused' && (
        <Strip tone="danger" icon="warning" action={settings}>
          {t('strip.relayRefused')}
        </Strip>
      )}
    </>
  )
}

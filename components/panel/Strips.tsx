import type { CardState, PanelState } from '../../lib/contracts/panel.ts'
import { timeInWords } from '../../lib/locales/dates.ts'
import { AccountStrip } from '../account/AccountStrip.tsx'
import { PhoneTrouble } from '../call/PhoneTrouble.tsx'
import { Button } from '../ui/Button.tsx'
import { Strip } from '../ui/Strip.tsx'
import type { PanelActions } from './actions.ts'
import { usePanel, useWhen } from './context.ts'
import type { Standing } from './domain.ts'
import { stopListStrip } from './view.ts'

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
  const { t, now, timeZone, language } = usePanel()
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
  const when = useWhen({ clientClock: false })
  const stopListKey = stopListStrip(state.stopList, now)
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
      {stopListKey && (
        <Strip tone={state.stopList?.trouble ? 'danger' : 'waiting'} icon="stop">
          {t(stopListKey, {
            when: state.stopList?.checkedAt ? when(state.stopList.checkedAt) : '',
          })}
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

import type { SoftphoneSnapshot } from '../../lib/contracts/softphone.ts'
import { secondsSince, stateText } from '../call/CallCard.tsx'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Spoken } from '../ui/Spoken.tsx'
import { Timer } from '../ui/Timer.tsx'
import { usePanel } from './context.ts'
import styles from './Rail.module.css'

/** The panel folded to 48 pixels: the call's state and clock stay in view. */
export function Rail({
  softphone,
  onExpand,
}: {
  softphone: SoftphoneSnapshot
  onExpand: () => void
}) {
  const { t, now } = usePanel()
  const call = softphone.call?.state === 'ended' ? null : softphone.call
  const since = call?.facts.answeredAt ?? call?.facts.ringingAt ?? call?.facts.startedAt
  return (
    <main className={styles.rail}>
      <h1 className={styles.title}>
        <Spoken>{t('panel.title')}</Spoken>
      </h1>
      <Button
        tone="quiet"
        icon="expand"
        iconOnly
        aria-label={t('panel.expand')}
        title={t('panel.expand')}
        onClick={onExpand}
      />
      {call ? (
        <div className={styles.call} data-tone={call.held ? 'held' : call.state}>
          <Icon name={call.held ? 'pause' : 'phone'} />
          {since && <Timer label={t('call.timer')} seconds={secondsSince(since, now)} />}
          <span className={styles.words} role="status">
            {stateText(call, t)}
          </span>
        </div>
      ) : (
        softphone.registration !== 'registered' && (
          <div className={styles.call} data-tone="ringing">
            <Icon name="warning" />
            <span className={styles.words} role="status">
              {t(`registration.${softphone.registration}`)}
            </span>
          </div>
        )
      )}
    </main>
  )
}

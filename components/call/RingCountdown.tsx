import { usePanel } from '../panel/context.ts'
import styles from './RingCountdown.module.css'

const RADIUS = 15
const LENGTH = 2 * Math.PI * RADIUS

/** How long it has rung, as a ring that closes at the waiting time (requirement 001-7). */
export function RingCountdown({
  waitSeconds,
  rangSeconds,
}: {
  waitSeconds: number
  rangSeconds: number
}) {
  const { t } = usePanel()
  const left = Math.max(0, waitSeconds - rangSeconds)
  return (
    <div className={styles.countdown}>
      <span className={styles.words}>
        {left > 0 ? t('call.ringLeft', { seconds: left }) : t('call.ringDone')}
      </span>
      <svg width="36" height="36" viewBox="0 0 36 36" aria-hidden="true">
        <circle className={styles.track} cx="18" cy="18" r={RADIUS} />
        <circle
          className={styles.rung}
          cx="18"
          cy="18"
          r={RADIUS}
          strokeDasharray={LENGTH}
          strokeDashoffset={LENGTH * (left / waitSeconds)}
        />
        <text x="18" y="22.5" className={styles.seconds}>
          {rangSeconds}
        </text>
      </svg>
    </div>
  )
}

import { usePanel } from '../panel/context.ts'
import styles from './Stages.module.css'

const STAGES = [1, 2, 3, 4, 5] as const

/** Where we are in the five stages of a talk. */
export function Stages({ at }: { at: number }) {
  const { t } = usePanel()
  return (
    <ol className={styles.stages} aria-label={t('script.stages')}>
      {STAGES.map((stage) => (
        <li
          key={stage}
          data-reached={stage <= at || undefined}
          aria-current={stage === at ? 'step' : undefined}
        >
          <span className={styles.name}>{t(`script.stage.s${stage}`)}</span>
        </li>
      ))}
    </ol>
  )
}

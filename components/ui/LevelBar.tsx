import styles from './LevelBar.module.css'

/** How loud one side is, 0 … 1. */
export function LevelBar({ label, level }: { label: string; level: number }) {
  const percent = Math.round(Math.min(1, Math.max(0, level)) * 100)
  return (
    <div className={styles.row}>
      <span className={styles.label}>{label}</span>
      {/* biome-ignore lint/a11y/useSemanticElements: <meter> can't be drawn alike in all browsers. */}
      <div
        className={styles.track}
        role="meter"
        aria-label={label}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <div className={styles.level} style={{ transform: `scaleX(${percent / 100})` }} />
      </div>
    </div>
  )
}

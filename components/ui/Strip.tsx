import type { ReactNode } from 'react'
import type { Tone } from './Badge.tsx'
import { classes } from './classes.ts'
import { Icon, type IconName } from './Icon.tsx'
import styles from './Strip.module.css'
import tones from './tones.module.css'

/** A warning that matters now: what happened, what is safe, what to do; with at most one button. */
export function Strip({
  tone,
  icon,
  action,
  children,
}: {
  tone: Tone
  icon: IconName
  action?: ReactNode
  children: ReactNode
}) {
  return (
    <div className={classes(styles.strip, tones[tone])} role="status">
      <Icon name={icon} size={16} />
      <span className={styles.text}>{children}</span>
      {action}
    </div>
  )
}

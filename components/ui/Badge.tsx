import type { ReactNode } from 'react'
import styles from './Badge.module.css'
import { classes } from './classes.ts'
import tones from './tones.module.css'

export type Tone = 'neutral' | 'brand' | 'call' | 'hold' | 'danger' | 'waiting' | 'success'

/** A word or two about a state. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={classes(styles.badge, tones[tone])}>{children}</span>
}

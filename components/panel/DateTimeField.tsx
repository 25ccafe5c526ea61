import { useState } from 'react'
import type { Instant } from '../../lib/contracts/common.ts'
import { fromInputs, toInputs } from '../../lib/locales/dates.ts'
import { Problem } from '../ui/Field.tsx'
import { usePanel, useWhen } from './context.ts'
import styles from './DateTimeField.module.css'

/** A date and a time in the campaign's zone, and the same as people say it. */
export function DateTimeField({
  label,
  value,
  onChange,
  hint,
  problem,
}: {
  label: string
  value: Instant | null
  onChange: (value: Instant | null) => void
  hint?: string
  problem?: string | null
}) {
  const { t, timeZone } = usePanel()
  const when = useWhen()
  // Half of it may be typed; a whole value from outside wins over a half of ours.
  const [typed, setTyped] = useState({ date: '', time: '' })
  const shown = value ? toInputs(value, timeZone) : typed

  function set(part: Partial<typeof shown>) {
    const next = { ...shown, ...part }
    setTyped(next)
    onChange(fromInputs(next.date, next.time, timeZone))
  }

  return (
    <fieldset className={styles.field}>
      <legend>{label}</legend>
      <div className={styles.row}>
        <input
          type="date"
          aria-label={t('date.date')}
          aria-invalid={problem ? true : undefined}
          value={shown.date}
          onChange={(event) => set({ date: event.target.value })}
        />
        <input
          type="time"
          aria-label={t('date.time')}
          aria-invalid={problem ? true : undefined}
          value={shown.time}
          onChange={(event) => set({ time: event.target.value })}
        />
      </div>
      {value ? (
        <p className={styles.words}>
          <strong>{when(value)}</strong>
        </p>
      ) : (
        hint && <p className={styles.words}>{hint}</p>
      )}
      <Problem>{problem}</Problem>
    </fieldset>
  )
}

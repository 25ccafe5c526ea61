import { type ReactNode, useId } from 'react'
import styles from './Field.module.css'

/** A labelled line or box of text; `problem` says what to do about it. */
export function Field({
  label,
  value,
  onChange,
  hint,
  problem,
  multiline = false,
  type = 'text',
  id,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  hint?: string
  problem?: string | null
  multiline?: boolean
  type?: 'text' | 'email' | 'password'
  id?: string
}) {
  const ownId = useId()
  const inputId = id ?? ownId
  const shared = {
    id: inputId,
    value,
    placeholder: hint,
    'aria-invalid': problem ? true : undefined,
    'aria-describedby': problem ? `${inputId}-problem` : undefined,
    className: styles.input,
  } as const
  return (
    <div className={styles.field}>
      <label htmlFor={inputId} className={styles.label}>
        {label}
      </label>
      {multiline ? (
        <textarea {...shared} rows={2} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input {...shared} type={type} onChange={(event) => onChange(event.target.value)} />
      )}
      <Problem id={`${inputId}-problem`}>{problem}</Problem>
    </div>
  )
}

/** What is wrong with a field, in words. */
export function Problem({ id, children }: { id?: string; children: ReactNode }) {
  if (!children) return null
  return (
    <p id={id} className={styles.problem}>
      {children}
    </p>
  )
}

/** A box to tick. */
export function Check({
  label,
  checked,
  onChange,
}: {
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
}) {
  return (
    <label className={styles.check}>
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{label}</span>
    </label>
  )
}

/** One of a few, all in view. */
export function Choice<T extends string>({
  label,
  options,
  value,
  onChange,
  problem,
}: {
  label: string
  options: readonly { value: T; label: string }[]
  value: T | null
  onChange: (value: T) => void
  problem?: string | null
}) {
  const name = useId()
  return (
    <fieldset className={styles.choice}>
      <legend className={styles.label}>{label}</legend>
      <div className={styles.options}>
        {options.map((option) => (
          <label key={option.value} className={styles.option}>
            <input
              type="radio"
              name={name}
              checked={value === option.value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      <Problem>{problem}</Problem>
    </fieldset>
  )
}

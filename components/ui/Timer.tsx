/** Minutes and seconds in tabular figures: `4:07`, `1:02:07`. */
export function Timer({ seconds, label }: { seconds: number; label: string }) {
  return (
    <time
      role="timer"
      aria-label={label}
      dateTime={`PT${seconds}S`}
      style={{ fontVariantNumeric: 'tabular-nums' }}
    >
      {clock(seconds)}
    </time>
  )
}

/** Whole seconds as a clock face; negative ones count as none. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const two = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(whole / 60) % 60
  const hours = Math.floor(whole / 3600)
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}

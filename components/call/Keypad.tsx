import { usePanel } from '../panel/context.ts'
import { Button } from '../ui/Button.tsx'
import styles from './Keypad.module.css'

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']

/** Tones for the other side's menu. */
export function Keypad({ onDigit }: { onDigit: (digit: string) => void }) {
  const { t } = usePanel()
  return (
    <div className={styles.keypad}>
      {DIGITS.map((digit) => (
        <Button
          key={digit}
          size="small"
          aria-label={t('call.keypadDigit', { digit })}
          onClick={() => onDigit(digit)}
        >
          {digit}
        </Button>
      ))}
    </div>
  )
}

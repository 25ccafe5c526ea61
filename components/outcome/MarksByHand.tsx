import type { ScriptMark } from '../../lib/contracts/campaign.ts'
import type { TextKey } from '../../lib/locales/index.ts'
import { usePanel } from '../panel/context.ts'
import { Check } from '../ui/Field.tsx'
import styles from './MarksByHand.module.css'

/** An objection that was handled outside of the script has no id of its own. */
const BY_HAND = 'by-hand'

const CHOICES: { mark: ScriptMark; label: TextKey }[] = [
  { mark: { type: 'spoke_with', who: 'secretary' }, label: 'outcome.mark.spoke_secretary' },
  { mark: { type: 'spoke_with', who: 'other' }, label: 'outcome.mark.spoke_other' },
  { mark: { type: 'spoke_with', who: 'dm' }, label: 'outcome.mark.spoke_dm' },
  { mark: { type: 'presentation' }, label: 'outcome.mark.presentation' },
  {
    mark: { type: 'objection_handled', objection: BY_HAND },
    label: 'outcome.mark.objection_handled',
  },
  { mark: { type: 'long_absence' }, label: 'outcome.mark.long_absence' },
  { mark: { type: 'nobody_replaces' }, label: 'outcome.mark.nobody_replaces' },
  { mark: { type: 'future_possible' }, label: 'outcome.mark.future_possible' },
  {
    mark: { type: 'preliminary_call_agreed' },
    label: 'outcome.mark.preliminary_call_agreed',
  },
  { mark: { type: 'confirmed_aloud' }, label: 'outcome.mark.confirmed_aloud' },
]

/** Evidence that the script did not see; it is recorded as «by hand» (decisions: Evidence). */
export function MarksByHand({
  marks,
  onChange,
}: {
  marks: ScriptMark[]
  onChange: (marks: ScriptMark[]) => void
}) {
  const { t } = usePanel()
  return (
    <details className={styles.marks}>
      <summary>
        {t('outcome.marks')}
        {marks.length > 0 && ` · ${marks.length}`}
      </summary>
      <div className={styles.list}>
        {CHOICES.map(({ mark, label }) => (
          <Check
            key={label}
            label={t(label)}
            checked={marks.some((other) => isSame(other, mark))}
            onChange={(on) =>
              onChange(on ? [...marks, mark] : marks.filter((other) => !isSame(other, mark)))
            }
          />
        ))}
      </div>
    </details>
  )
}

function isSame(a: ScriptMark, b: ScriptMark): boolean {
  if (a.type === 'spoke_with' && b.type === 'spoke_with') return a.who === b.who
  return a.type === b.type
}

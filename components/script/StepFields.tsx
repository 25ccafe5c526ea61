import type { DraftInput } from '../../lib/contracts/attempt.ts'
import type { ScriptField } from '../../lib/contracts/campaign.ts'
import { namedTime } from '../../lib/script/named-time.ts'
import { usePanel } from '../panel/context.ts'
import { DateTimeField } from '../panel/DateTimeField.tsx'
import { Field } from '../ui/Field.tsx'
import styles from './StepFields.module.css'

/** What the step asks to be noted down; the same fields as in the result. */
export function StepFields({
  fields,
  input,
  onChange,
}: {
  fields: ScriptField[]
  input: DraftInput
  onChange: (patch: Partial<DraftInput>) => void
}) {
  const { t } = usePanel()
  if (fields.length === 0) return null
  return (
    <div className={styles.fields}>
      {fields.map((field) =>
        field === 'nextContactAt' ? (
          <DateTimeField
            key={field}
            label={t('script.field.nextContactAt')}
            value={input.nextContactAt}
            onChange={(at) => onChange(namedTime(at))}
          />
        ) : (
          <Field
            key={field}
            label={t(`script.field.${field}`)}
            type={field === 'email' ? 'email' : 'text'}
            value={input[field]}
            onChange={(value) => onChange({ [field]: value })}
          />
        ),
      )}
    </div>
  )
}

import type { DraftInput } from '../../lib/contracts/attempt.ts'
import type { ViolationCode } from '../../lib/contracts/outcome.ts'
import type { PanelState } from '../../lib/contracts/panel.ts'
import type { TextKey } from '../../lib/locales/index.ts'
import { usePanel } from '../panel/context.ts'
import { DateTimeField } from '../panel/DateTimeField.tsx'
import type { PanelDomain } from '../panel/domain.ts'
import { Check, Choice, Field } from '../ui/Field.tsx'
import { fieldsOf, type OutcomeField } from './fields.ts'
import { NoteField } from './NoteField.tsx'
import styles from './OutcomeForm.module.css'

/** Fields that hold an instant, and the label of each. */
const DATES = {
  callbackAt: 'outcome.callbackAt',
  nextContactAt: 'outcome.nextContactAt',
  meetingAt: 'outcome.meetingAt',
} as const

const VARIANTS: Record<string, TextKey> = {
  not_interested: 'outcome.variants.not_interested',
  not_relevant: 'outcome.variants.not_relevant',
  former: 'outcome.variants.former',
  home: 'outcome.variants.home',
  unknown: 'outcome.variants.unknown',
  ours: 'outcome.variants.ours',
  other_supplier: 'outcome.variants.other_supplier',
  warm: 'outcome.variants.warm',
  hypothetical: 'outcome.variants.hypothetical',
}

/** What the chosen outcome asks for; problems stand at their fields. */
export function OutcomeForm({
  state,
  input,
  preview,
  onChange,
}: {
  state: PanelState
  input: DraftInput
  preview: ReturnType<PanelDomain['preview']> | null
  onChange: (patch: Partial<DraftInput>) => void
}) {
  const { t } = usePanel()
  const campaign = state.campaign
  const rule = campaign?.outcomes.find(({ id }) => id === input.outcome)
  if (!campaign || !rule) return null
  const cause = campaign.outcomes.find(({ id }) => id === input.cause) ?? null
  const title = (id: string) => campaign.outcomes.find((rule) => rule.id === id)?.title ?? id
  const problem = (field: OutcomeField) => problemOf(preview, field, t)

  return (
    <div className={styles.form}>
      {fieldsOf(rule, cause).map((field) => {
        switch (field) {
          case 'cause':
            return (
              <Choice
                key={field}
                label={t('outcome.cause')}
                options={campaign.causes.map((id) => ({ value: id, label: title(id) }))}
                value={campaign.causes.find((id) => id === input.cause) ?? null}
                onChange={(cause) => onChange({ outcome: input.outcome, cause })}
                problem={problem(field)}
              />
            )
          case 'variant':
            return (
              <Choice
                key={field}
                label={t('outcome.variant')}
                options={rule.variants.map((id) => {
                  const key = VARIANTS[id]
                  return { value: id, label: key ? t(key) : id }
                })}
                value={input.variant ?? (rule.variantRequired ? null : (rule.variants[0] ?? null))}
                onChange={(variant) => onChange({ outcome: input.outcome, variant })}
                problem={problem(field)}
              />
            )
          case 'callbackAt':
          case 'nextContactAt':
          case 'meetingAt':
            return (
              <DateTimeField
                key={field}
                label={t(DATES[field])}
                value={input[field]}
                onChange={(value) => onChange({ outcome: input.outcome, [field]: value })}
                {...(field === 'callbackAt' && { hint: t('outcome.callbackHint') })}
                problem={problem(field)}
              />
            )
          default:
            return (
              <Field
                key={field}
                label={t(`outcome.${field}`)}
                type={field === 'email' ? 'email' : 'text'}
                value={input[field]}
                onChange={(value) => onChange({ outcome: input.outcome, [field]: value })}
                {...(field === 'reason' && { hint: t('outcome.reasonHint') })}
                problem={problem(field)}
              />
            )
        }
      })}
      <NoteField input={input} onChange={onChange} />
      <div className={styles.checks}>
        {(input.callbackAt ?? input.nextContactAt ?? input.meetingAt) && (
          <Check
            label={t('outcome.namedByClient')}
            checked={input.namedByClient}
            onChange={(namedByClient) => onChange({ namedByClient })}
          />
        )}
        {(rule.id === 'dm_refusal' || rule.id === 'secretary_refusal') && (
          <Check
            label={t('outcome.rude')}
            checked={input.rude}
            onChange={(rude) => onChange({ rude })}
          />
        )}
        {rule.type !== 'technical' && rule.type !== 'intermediate' && (
          <Check
            label={t('outcome.optOut')}
            checked={input.optOut}
            onChange={(optOut) => onChange({ optOut })}
          />
        )}
      </div>
    </div>
  )
}

/** The rules name fields by their path in the proposal: `evidence.email` is our `email`. */
function problemOf(
  preview: ReturnType<PanelDomain['preview']> | null,
  field: OutcomeField,
  t: (key: `violation.${ViolationCode}`) => string,
): string | null {
  if (!preview || preview.ok) return null
  const found = preview.reason.find((violation) => lastPart(violation.field) === field)
  return found ? t(`violation.${found.code}`) : null
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}

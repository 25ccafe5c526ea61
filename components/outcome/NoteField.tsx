import type { DraftInput } from '../../lib/contracts/attempt.ts'
import { usePanel } from '../panel/context.ts'
import { Field } from '../ui/Field.tsx'

/** The comment's key brings one here, in whichever tab it stands. */
export const NOTE_ID = 'outcome-note'

/** The operator's own words: at hand from the first ring, long before there is a result. */
export function NoteField({
  input,
  onChange,
}: {
  input: DraftInput
  onChange: (patch: Partial<DraftInput>) => void
}) {
  const { t } = usePanel()
  return (
    <Field
      id={NOTE_ID}
      multiline
      label={t('outcome.note')}
      hint={t('outcome.noteHint')}
      value={input.note}
      onChange={(note) => onChange({ note })}
    />
  )
}

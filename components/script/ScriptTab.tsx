import type { DraftInput } from '../../lib/contracts/attempt.ts'
import type { Script, ScriptStep } from '../../lib/contracts/campaign.ts'
import type { PanelState } from '../../lib/contracts/panel.ts'
import { NoteField } from '../outcome/NoteField.tsx'
import { usePanel } from '../panel/context.ts'
import { letterOf } from '../panel/hotkeys.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { Spoken } from '../ui/Spoken.tsx'
import styles from './ScriptTab.module.css'
import { Stages } from './Stages.tsx'
import { StepFields } from './StepFields.tsx'

/** As the languages call themselves. */
const LANGUAGE_NAMES = { ru: 'РУС', uk: 'УКР' } as const

/** The script: one step, large; what is said and what is only noted look different. */
export function ScriptTab({
  state,
  script,
  step,
  input,
  onAnswer,
  onBack,
  onObjection,
  onLanguage,
  onResult,
  onChange,
}: {
  state: PanelState
  script: Script | null
  /** Null after the last step. */
  step: ScriptStep | null
  input: DraftInput
  onAnswer: (answerId: string) => void
  onBack: () => void
  onObjection: () => void
  onLanguage: () => void
  onResult: () => void
  onChange: (patch: Partial<DraftInput>) => void
}) {
  const { t, domain, language } = usePanel()
  const next = script && step ? nextStep(script, step) : null
  return (
    <div className={styles.tab}>
      <div className={styles.bar}>
        {script && <Stages at={step?.stage ?? 5} />}
        {state.campaign && state.campaign.scripts.length > 1 && (
          <Button
            size="small"
            onClick={onLanguage}
            aria-label={`${t('script.language')}: ${LANGUAGE_NAMES[input.walk.language]}`}
            title={`${t('script.language')} (${letterOf('language', language)})`}
          >
            {LANGUAGE_NAMES[input.walk.language]}
          </Button>
        )}
      </div>
      {!script && <p className={styles.none}>{t('empty.noScript')}</p>}
      {script && !step && (
        <div className={styles.end}>
          <p>{t('script.end')}</p>
          <Button tone="brand" onClick={onResult}>
            {t('script.toResult')}
          </Button>
        </div>
      )}
      {step && (
        <article aria-labelledby="script-step">
          <h2 id="script-step" className={styles.title}>
            {step.title}
          </h2>
          <blockquote
            className={styles.say}
            lang={input.walk.language}
            aria-label={t('script.say')}
          >
            {domain.fill(step.say, state)}
          </blockquote>
          {step.note && (
            <p className={styles.note}>
              <Icon name="note" size={16} />
              <Spoken>{t('script.note')}: </Spoken>
              {domain.fill(step.note, state)}
            </p>
          )}
          <StepFields fields={step.fields} input={input} onChange={onChange} />
          <fieldset className={styles.answers} aria-label={t('script.answers')}>
            {step.answers.map((answer, index) => (
              <Button
                key={answer.id}
                className={styles.answer}
                onClick={() => onAnswer(answer.id)}
                trailing={index < 9 ? <Kbd>{String(index + 1)}</Kbd> : undefined}
              >
                {answer.label}
              </Button>
            ))}
          </fieldset>
          {next && <p className={styles.next}>{t('script.next', { title: next.title })}</p>}
        </article>
      )}
      {state.campaign && <NoteField input={input} onChange={onChange} />}
      {script && (
        <div className={styles.foot}>
          <Button
            size="small"
            tone="quiet"
            icon="back"
            aria-disabled={input.walk.answered.length === 0}
            onClick={onBack}
          >
            {t('script.back')}
          </Button>
          <Button
            size="small"
            icon="shield"
            onClick={onObjection}
            trailing={<Kbd>{letterOf('objection', language)}</Kbd>}
          >
            {t('script.objection')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** Where the first answer, the way the script hopes for, leads. */
function nextStep(script: Script, step: ScriptStep): ScriptStep | null {
  const next = step.answers[0]?.next
  return script.steps.find(({ id }) => id === next) ?? null
}

import type { DraftInput } from '../../lib/contracts/attempt.ts'
import type { PanelState } from '../../lib/contracts/panel.ts'
import { usePanel, useWhen } from '../panel/context.ts'
import type { PanelDomain } from '../panel/domain.ts'
import { Badge } from '../ui/Badge.tsx'
import { Icon } from '../ui/Icon.tsx'
import styles from './Preview.module.css'

const DATES = [
  ['callbackAt', 'outcome.previewCallback'],
  ['nextContactAt', 'outcome.previewContact'],
  ['meetingAt', 'outcome.previewMeeting'],
] as const

/** What saving would write, or all that it still lacks. */
export function Preview({
  state,
  input,
  preview,
}: {
  state: PanelState
  input: DraftInput
  preview: ReturnType<PanelDomain['preview']>
}) {
  const { t } = usePanel()
  const when = useWhen()
  if (!preview.ok) {
    // A single thing is told at its field and beside Save already.
    if (preview.reason.length < 2) return null
    return (
      <div className={styles.missing} role="status">
        <Icon name="warning" size={16} />
        <div>
          <strong>{t('outcome.missing')}</strong>
          <ul>
            {preview.reason.map(({ code }) => (
              <li key={code}>{t(`violation.${code}`)}</li>
            ))}
          </ul>
        </div>
      </div>
    )
  }
  const decision = preview.value
  const title = (id: string) => state.campaign?.outcomes.find((rule) => rule.id === id)?.title ?? id
  return (
    <div className={styles.preview}>
      <p className={styles.label}>{t('outcome.preview')}</p>
      <p className={styles.comment}>{decision.comment}</p>
      <dl className={styles.facts}>
        {DATES.map(([field, label]) => {
          const at = decision[field]
          return (
            at && (
              <div key={field}>
                <dt>{t(label)}</dt>
                <dd>{when(at)}</dd>
              </div>
            )
          )
        })}
      </dl>
      <p className={styles.badges}>
        {decision.outcome !== input.outcome && (
          <Badge>{t('outcome.storedAs', { title: title(decision.outcome) })}</Badge>
        )}
        <Badge tone={decision.kind === 'final' ? 'brand' : 'waiting'}>
          {t(`outcome.kind.${decision.kind}`)}
        </Badge>
        {decision.grade && <Badge>{t(`grade.${decision.grade}`)}</Badge>}
        {decision.stopList && (
          <Badge tone="danger">{t(`outcome.stopList.${decision.stopList}`)}</Badge>
        )}
      </p>
      {decision.warnings.map((warning) => (
        <p key={warning} className={styles.warning}>
          {t(`outcome.warning.${warning}`)}
        </p>
      ))}
    </div>
  )
}

import type { AttemptRecord } from '../../lib/contracts/attempt.ts'
import type { Campaign } from '../../lib/contracts/campaign.ts'
import { usePanel, useWhen } from '../panel/context.ts'
import { Badge } from '../ui/Badge.tsx'
import styles from './History.module.css'

/** Earlier results of all operators, the latest first: who, when, what they wrote. */
export function History({
  records,
  campaign,
}: {
  records: AttemptRecord[]
  campaign: Campaign | null
}) {
  const { t } = usePanel()
  const when = useWhen({ clientClock: false })
  if (records.length === 0) return <p className={styles.none}>{t('empty.noHistory')}</p>
  const title = (outcome: string) =>
    campaign?.outcomes.find((rule) => rule.id === outcome)?.title ?? outcome
  return (
    <ol className={styles.list}>
      {records.toReversed().map((record) => (
        <li key={record.attemptId} className={styles.record}>
          <div className={styles.head}>
            <strong>{title(record.outcome)}</strong>
            {record.grade && <Badge>{t(`grade.${record.grade}`)}</Badge>}
          </div>
          <p className={styles.comment}>{record.comment}</p>
          <p className={styles.meta}>
            {when(record.at)} · {record.operator.name}
            {record.marksByHand.length > 0 && ` · ${t('lead.byHand')}`}
          </p>
        </li>
      ))}
    </ol>
  )
}

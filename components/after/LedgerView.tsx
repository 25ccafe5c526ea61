import type { StoredEffect } from '../../lib/contracts/effect.ts'
import type { Decision } from '../../lib/contracts/outcome.ts'
import type { Ledger, PanelState } from '../../lib/contracts/panel.ts'
import { timeInWords } from '../../lib/locales/dates.ts'
import type { PanelActions } from '../panel/actions.ts'
import { usePanel, useWhen } from '../panel/context.ts'
import type { Tone } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { effectText, headlineOf, messageDetailText, sharedReason, toneOf } from './effect-text.ts'
import styles from './LedgerView.module.css'

const ICONS = {
  call_record: 'phone',
  comment: 'speech',
  todo: 'task',
  todo_done: 'check',
  fields: 'fields',
  notification: 'bell',
  sms: 'sms',
  mail: 'mail',
  stop_list: 'stop',
} as const satisfies Record<StoredEffect['effect']['type'], IconName>

/** After saving: the result as it stands, and one line for each thing that it sets in motion. */
export function LedgerView({
  ledger,
  campaign,
  actions,
}: {
  ledger: Ledger
  campaign: PanelState['campaign']
  actions: Pick<PanelActions, 'retry'>
}) {
  const { t } = usePanel()
  const when = useWhen()
  const { decision } = ledger.attempt
  const headline = headlineOf(ledger.effects)
  const reason = sharedReason(ledger.effects)
  const done = ledger.effects.filter(({ state }) => state === 'done').length
  const title = campaign?.outcomes.find(({ id }) => id === decision.outcome)?.title
  const at = decision.meetingAt ?? decision.callbackAt ?? decision.nextContactAt
  return (
    <div className={styles.after}>
      <div className={`${styles.headline} ${styles[headline.tone]}`} role="status">
        <Icon name={headline.icon} />
        <div>
          <strong>{t(headline.key)}</strong>
          <span className={styles.progress}>
            {t('after.progress', { done, total: ledger.effects.length })}
          </span>
          {reason && <p className={styles.shared}>{t(`delivery.${reason}`)}</p>}
        </div>
      </div>
      <div className={styles.result}>
        <strong>{title ?? decision.outcome}</strong>
        <p>{decision.comment}</p>
        {at && <p className={styles.when}>{when(at)}</p>}
        {decision.warnings.filter(isWithheld).map((warning) => (
          <p key={warning}>{t(`outcome.warning.${warning}`)}</p>
        ))}
      </div>
      <section>
        <h2 className={styles.heading}>{t('after.ledger')}</h2>
        <ul className={styles.effects}>
          {ledger.effects.map((effect) => (
            <EffectLine
              key={effect.id}
              effect={effect}
              hidesReason={reason !== null}
              onRetry={() => actions.retry(effect.id)}
            />
          ))}
        </ul>
      </section>
    </div>
  )
}

/** What is not sent belongs beside what is. */
function isWithheld(warning: Decision['warnings'][number]): boolean {
  return warning === 'sms_withheld' || warning === 'mail_withheld'
}

function EffectLine({
  effect: stored,
  hidesReason,
  onRetry,
}: {
  effect: StoredEffect
  /** It is told above, for all of them. */
  hidesReason: boolean
  onRetry: () => void
}) {
  const { t, now, timeZone, language } = usePanel()
  const { effect } = stored
  const tone: Tone = toneOf(stored)
  const detail = messageDetailText(stored)
  const time = timeInWords(stored.dueAt, timeZone, language)
  return (
    <li className={styles.effect}>
      <Icon name={ICONS[effect.type]} size={16} />
      <span className={styles.what}>
        {t(`after.effect.${effect.type}`, {
          title: effect.type === 'todo' ? effect.title : '',
          to: effect.type === 'sms' || effect.type === 'mail' ? effect.to : '',
        })}
      </span>
      <span className={`${styles.fate} ${styles[tone]}`}>
        {t(effectText(stored, now), { time })}
      </span>
      {stored.reason && stored.state !== 'done' && !hidesReason && (
        <p className={styles.reason}>
          {t(`delivery.${stored.reason}`)}
          {stored.detail && ` (${stored.detail})`}
        </p>
      )}
      {detail && <p className={styles.reason}>{t(detail)}</p>}
      {stored.state === 'refused' && (
        <div className={styles.question}>
          <p>{t('after.question')}</p>
          <Button size="small" onClick={onRetry}>
            {t('action.retry')}
          </Button>
        </div>
      )}
    </li>
  )
}

import { useId } from 'react'
import type { CallFacts } from '../../lib/contracts/attempt.ts'
import type { CardPhone } from '../../lib/contracts/card.ts'
import { timeInWords } from '../../lib/locales/dates.ts'
import type { TextKey } from '../../lib/locales/index.ts'
import { usePanel } from '../panel/context.ts'
import { Button } from '../ui/Button.tsx'
import { Group } from '../ui/Group.tsx'
import styles from './PhoneChoice.module.css'

const LABELS: Record<string, TextKey> = {
  WORK: 'phoneLabel.WORK',
  MOBILE: 'phoneLabel.MOBILE',
  HOME: 'phoneLabel.HOME',
  FAX: 'phoneLabel.FAX',
}

/** The card's numbers; the chosen one is what the primary action dials. */
export function PhoneChoice({
  phones,
  calls,
  chosen,
  onChoose,
  onReload,
}: {
  phones: CardPhone[]
  calls: CallFacts[]
  chosen: string | null
  onChoose: (raw: string) => void
  /** Reads the card again: a number may have been added meanwhile. */
  onReload: () => void
}) {
  const { t, domain } = usePanel()
  const name = useId()
  if (phones.length === 0) {
    return (
      <div className={styles.none}>
        <p>{t('empty.noPhones')}</p>
        <Button size="small" onClick={onReload}>
          {t('action.reload')}
        </Button>
      </div>
    )
  }
  return (
    <Group title={t('lead.phones')}>
      <div className={styles.phones}>
        {phones.map((phone) => (
          <label key={phone.raw} className={styles.phone} data-unusable={!phone.e164 || undefined}>
            <input
              type="radio"
              name={name}
              checked={phone.raw === chosen}
              disabled={!phone.e164}
              onChange={() => onChoose(phone.raw)}
            />
            <span className={styles.number}>{domain.formatPhone(phone)}</span>
            <span className={styles.label}>{t(LABELS[phone.label] ?? 'phoneLabel.OTHER')}</span>
            <span className={styles.last}>
              {phone.e164 ? <LastCall calls={calls} number={phone.e164} /> : t('lead.unusable')}
            </span>
          </label>
        ))}
      </div>
    </Group>
  )
}

/** How the last call to a number ended, as far as this browser knows. */
function LastCall({ calls, number }: { calls: CallFacts[]; number: string }) {
  const { t, timeZone, language } = usePanel()
  const call = calls.findLast((facts) => facts.number === number && facts.endedAt)
  if (!call) return null
  const ended = call.answeredAt
    ? t('call.state.talking')
    : t(call.sipStatus === 486 ? 'call.end.busy' : 'call.end.no_answer')
  return `${ended}, ${timeInWords(call.startedAt, timeZone, language)}`
}

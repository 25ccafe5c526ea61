import { useId } from 'react'
import type { CallFacts } from '../../lib/contracts/attempt.ts'
import type { CardPhone } from '../../lib/contracts/card.ts'
import type { CardStop } from '../../lib/contracts/panel-stop-list.ts'
import { timeInWords } from '../../lib/locales/dates.ts'
import type { TextKey } from '../../lib/locales/index.ts'
import { usePanel } from '../panel/context.ts'
import { Button } from '../ui/Button.tsx'
import { Group } from '../ui/Group.tsx'
import styles from './PhoneChoice.module.css'
import { useStopText } from './stop-text.ts'

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
  stopOf,
  chosen,
  onChoose,
  onReload,
}: {
  phones: CardPhone[]
  calls: CallFacts[]
  /** What of the stop list bars a number from being called. */
  stopOf: (number: string) => CardStop | undefined
  chosen: string | null
  onChoose: (raw: string) => void
  /** Reads the card again: a number may have been added meanwhile. */
  onReload: () => void
}) {
  const { t, domain } = usePanel()
  const tellStop = useStopText()
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
        {phones.map((phone, index) => {
          const stop = phone.e164 ? stopOf(phone.e164) : undefined
          const stopId = `${name}-stop-${index}`
          return (
            <label
              key={phone.raw}
              className={styles.phone}
              data-unusable={!phone.e164 || undefined}
              data-stopped={stop ? true : undefined}
            >
              {/* A barred number can be chosen: only so keyboard and screen reader get to the why. */}
              <input
                type="radio"
                name={name}
                checked={phone.raw === chosen}
                disabled={!phone.e164}
                aria-describedby={stop && stopId}
                onChange={() => onChoose(phone.raw)}
              />
              <span className={styles.number}>{domain.formatPhone(phone)}</span>
              <span className={styles.label}>{t(LABELS[phone.label] ?? 'phoneLabel.OTHER')}</span>
              <span className={styles.last}>
                {phone.e164 ? <LastCall calls={calls} number={phone.e164} /> : t('lead.unusable')}
              </span>
              {stop && (
                <span className={styles.stop} id={stopId}>
                  {tellStop(stop)}
                </span>
              )}
            </label>
          )
        })}
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

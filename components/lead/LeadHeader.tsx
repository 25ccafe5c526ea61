import type { PanelState } from '../../lib/contracts/panel.ts'
import { timeInWords } from '../../lib/locales/dates.ts'
import { usePanel } from '../panel/context.ts'
import type { Standing } from '../panel/domain.ts'
import { Badge, type Tone } from '../ui/Badge.tsx'
import { Icon } from '../ui/Icon.tsx'
import styles from './LeadHeader.module.css'

const GRADE_TONES = {
  hot: 'danger',
  warm: 'waiting',
  hypothetical: 'brand',
  not_interested: 'neutral',
  client: 'success',
  prejudiced: 'danger',
  wrong_target: 'neutral',
} as const satisfies Record<NonNullable<Standing['grade']>, Tone>

/** Who is on the line: company, person, their clock, and where the work on them stands. */
export function LeadHeader({
  card,
  standing,
}: {
  card: NonNullable<PanelState['card']>
  standing: Standing | null
}) {
  const { t } = usePanel()
  const { snapshot, details } = card
  const contact = details?.contact ?? snapshot.contact
  return (
    <header className={styles.header}>
      <div className={styles.names}>
        <h1 className={styles.company}>{details?.company ?? snapshot.company ?? snapshot.title}</h1>
        {standing?.grade && (
          <Badge tone={GRADE_TONES[standing.grade]}>{t(`grade.${standing.grade}`)}</Badge>
        )}
      </div>
      <p className={styles.contact}>
        <Icon name="person" size={16} />
        <span className={styles.person}>
          {contact ?? t('card.noContact')}
          {details?.role && <span className={styles.role}> · {details.role}</span>}
        </span>
      </p>
      <div className={styles.facts}>
        <LocalTime card={card} />
        {standing && (
          <span className={styles.attempt}>
            {t('lead.attempt', { n: standing.attempt, max: standing.attempts })}
            {standing.pass > 1 && ` · ${t('lead.pass', { n: standing.pass })}`}
          </span>
        )}
      </div>
    </header>
  )
}

/** «Новосибирск, 16:41 у клиента»; nothing while the card is being read. */
function LocalTime({ card }: { card: NonNullable<PanelState['card']> }) {
  const { t, now, clientZone, language } = usePanel()
  if (!card.details) return null
  if (!clientZone) return <span>{t('lead.timeUnknown')}</span>
  const time = timeInWords(now, clientZone, language)
  return (
    <span className={styles.time}>
      <Icon name="clock" size={16} />
      {card.details.city
        ? t('lead.cityTime', { city: card.details.city, time })
        : t('lead.localTime', { time })}
    </span>
  )
}

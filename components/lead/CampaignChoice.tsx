import { type ReactNode, useState } from 'react'
import type { CampaignOption, PanelState } from '../../lib/contracts/panel.ts'
import { usePanel } from '../panel/context.ts'
import { Button } from '../ui/Button.tsx'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import styles from './CampaignChoice.module.css'

/**
 * Which campaign the lead is called in: a choice where several fit, what to do where none does, a
 * quiet line where it could be another one. Nothing where there is nothing to choose.
 */
export function CampaignChoice({
  state,
  onChoose,
  onReload,
  onSettings,
}: {
  state: PanelState
  onChoose: (campaign: string) => void
  onReload: () => void
  onSettings: () => void
}) {
  const { t } = usePanel()
  const { leadCampaign: standing, campaign } = state
  switch (standing.state) {
    case 'settled':
      if (!campaign || standing.others.length === 0) return null
      return <Settled title={campaign.title} others={standing.others} onChoose={onChoose} />
    case 'reading':
      return <Case icon="clock" title={t('campaign.reading')} />
    case 'choose':
      return (
        <Case
          icon="layers"
          title={t('campaign.choose')}
          text={t(standing.isUnread ? 'campaign.chooseUnread' : 'campaign.chooseText')}
        >
          <Options options={standing.options} hasDigits onChoose={onChoose} />
        </Case>
      )
    case 'none':
      return (
        <Case icon="warning" title={t('campaign.none')} text={t('campaign.noneText')}>
          <p className={styles.quiet}>
            {t('campaign.published', {
              titles: standing.published.map(({ title }) => title).join(', '),
            })}
          </p>
          <Button onClick={onReload}>{t('action.reload')}</Button>
        </Case>
      )
    case 'none_published':
      return (
        <Case icon="warning" title={t('empty.noCampaignTitle')} text={t('campaign.nonePublished')}>
          <Button icon="gear" onClick={onSettings}>
            {t('action.openSettings')}
          </Button>
        </Case>
      )
  }
}

/** «Кампания: …» with the way to another one that fits as well. */
function Settled({
  title,
  others,
  onChoose,
}: {
  title: string
  others: CampaignOption[]
  onChoose: (campaign: string) => void
}) {
  const { t } = usePanel()
  const [isOpen, setOpen] = useState(false)
  return (
    <section className={styles.settled}>
      <div className={styles.line}>
        <span>{t('campaign.current', { title })}</span>
        <Button size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t('campaign.change')}
        </Button>
      </div>
      {isOpen && (
        <Options
          options={others}
          onChoose={(id) => {
            setOpen(false)
            onChoose(id)
          }}
        />
      )}
    </section>
  )
}

function Case({
  icon,
  title,
  text,
  children,
}: {
  icon: IconName
  title: string
  text?: string
  children?: ReactNode
}) {
  return (
    <section className={styles.case} role="status">
      <h2 className={styles.title}>
        <Icon name={icon} />
        {title}
      </h2>
      {text && <p className={styles.quiet}>{text}</p>}
      {children}
    </section>
  )
}

/** Digits work while nothing is chosen: then they mean no answer of a script. */
function Options({
  options,
  hasDigits = false,
  onChoose,
}: {
  options: CampaignOption[]
  hasDigits?: boolean
  onChoose: (campaign: string) => void
}) {
  return (
    <ul className={styles.options}>
      {options.map(({ id, title, customer }, index) => (
        <li key={id}>
          <button type="button" className={styles.option} onClick={() => onChoose(id)}>
            <span className={styles.name}>{title}</span>
            <span className={styles.customer}>{customer}</span>
            {hasDigits && index < 9 && <Kbd>{String(index + 1)}</Kbd>}
          </button>
        </li>
      ))}
    </ul>
  )
}

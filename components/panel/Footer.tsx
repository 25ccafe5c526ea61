import type { MouseEvent } from 'react'
import { unreachable } from '../../lib/contracts/common.ts'
import type { TextKey } from '../../lib/locales/index.ts'
import type { ResultBar } from '../../lib/outcomes/call-bar.ts'
import { Button, type ButtonTone } from '../ui/Button.tsx'
import type { IconName } from '../ui/Icon.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { usePanel } from './context.ts'
import styles from './Footer.module.css'
import { letterOf } from './hotkeys.ts'
import type { Refusal } from './use-actions.ts'
import type { Phase, PrimaryKind } from './view.ts'

interface FooterProps {
  primary: PrimaryKind
  phase: Phase
  /** The number to be dialled, as people write it. */
  number: string | null
  /** Why it can't be called now, in words. */
  obstacle: string | null
  /** Why it can't be saved now. */
  saveObstacle: TextKey | null
  /** What stands against every result of the attempt in hand. */
  bar: ResultBar | null
  refusal: Refusal | null
  undelivered: number
  onCall: () => void
  onHangUp: () => void
  onSave: () => void
  onClose: () => void
  onDone: () => void
}

/** The one primary action, always in the same place and the same element, so focus stays on it. */
export function Footer(props: FooterProps) {
  const { t, language } = usePanel()
  const { primary, refusal, undelivered } = props
  const button = describe(props)
  const obstacle =
    primary === 'call'
      ? props.obstacle
      : primary === 'save'
        ? props.saveObstacle && t(props.saveObstacle)
        : null
  // The second click of a double click must not hang up the call that the first one began.
  const onClick = (event: MouseEvent) => {
    if (event.detail <= 1) button.onClick()
  }
  return (
    <footer className={styles.footer}>
      {refusal && (
        <p className={styles.refusal} role="alert">
          {t(`refusal.${refusal}`)}
        </p>
      )}
      {primary === 'close' && props.bar && (
        <p className={styles.obstacle}>{t(`outcome.noResult.${props.bar}`)}</p>
      )}
      {obstacle && (
        <p className={styles.obstacle} id="primary-obstacle">
          {obstacle}
        </p>
      )}
      <div className={styles.row}>
        <Button
          className={styles.primary}
          size="large"
          tone={button.tone}
          icon={button.icon}
          aria-disabled={obstacle !== null}
          aria-describedby={obstacle ? 'primary-obstacle' : undefined}
          data-primary={primary}
          onClick={onClick}
          trailing={button.key && !obstacle ? <Kbd>{button.key(language)}</Kbd> : undefined}
        >
          {t(button.label, { number: props.number ?? '' })}
        </Button>
        {primary === 'save' && (
          <Button
            size="large"
            icon="phone"
            iconOnly
            aria-label={t('action.callAgain')}
            title={t('action.callAgain')}
            aria-disabled={props.obstacle !== null}
            onClick={props.onCall}
          />
        )}
      </div>
      {undelivered > 0 && (
        <p className={styles.undelivered}>{t('plural.undelivered', { count: undelivered })}</p>
      )}
    </footer>
  )
}

interface Description {
  label: TextKey
  tone: ButtonTone
  icon: IconName
  key: ((language: 'ru' | 'uk' | 'en') => string) | null
  onClick: () => void
}

function describe(props: FooterProps): Description {
  switch (props.primary) {
    case 'call':
      return {
        label: props.number ? 'action.callNumber' : 'action.call',
        tone: 'call',
        icon: 'phone',
        key: (language) => letterOf('call', language),
        onClick: props.onCall,
      }
    case 'hangUp':
      return {
        label: props.phase === 'talking' ? 'action.hangUp' : 'action.hangUpRinging',
        tone: 'danger',
        icon: 'hangUp',
        key: (language) => letterOf('hangUp', language),
        onClick: props.onHangUp,
      }
    case 'save':
      return {
        label: 'action.save',
        tone: 'brand',
        icon: 'check',
        key: () => 'Ctrl ↵',
        onClick: props.onSave,
      }
    case 'close':
      return {
        label: 'action.closeWithoutResult',
        tone: 'brand',
        icon: 'forward',
        key: null,
        onClick: props.onClose,
      }
    case 'done':
      return {
        label: 'action.done',
        tone: 'brand',
        icon: 'forward',
        key: null,
        onClick: props.onDone,
      }
    default:
      return unreachable(props.primary)
  }
}

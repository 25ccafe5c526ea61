import { useState } from 'react'
import type { AudioLevels, CallSnapshot } from '../../lib/contracts/softphone.ts'
import type { PanelActions } from '../panel/actions.ts'
import { usePanel } from '../panel/context.ts'
import { letterOf } from '../panel/hotkeys.ts'
import { Button } from '../ui/Button.tsx'
import { LevelBar } from '../ui/LevelBar.tsx'
import { Timer } from '../ui/Timer.tsx'
import styles from './CallCard.module.css'
import { Keypad } from './Keypad.tsx'
import { RingCountdown } from './RingCountdown.tsx'

/** The call in hand: state in words, clock, and what can be done to it. */
export function CallCard({
  call,
  levels,
  actions,
}: {
  call: CallSnapshot
  levels: AudioLevels | null
  actions: Pick<PanelActions, 'mute' | 'hold' | 'sendDigits'>
}) {
  const { t, now, language, domain } = usePanel()
  const [showsKeypad, setShowsKeypad] = useState(false)
  const { facts } = call
  const isTalking = call.state === 'talking'
  const tone = call.state === 'ended' ? 'ended' : call.held ? 'held' : call.state
  return (
    <section className={styles.card} data-tone={tone} aria-label={t('call.title')}>
      <div className={styles.line}>
        <span className={styles.dot} aria-hidden="true" />
        <div className={styles.words}>
          <strong role="status">{stateText(call, t)}</strong>
          <span className={styles.number}>
            {facts.direction === 'in' && `${t('call.incoming')} · `}
            {domain.formatPhone({ raw: facts.number, e164: facts.number })}
          </span>
        </div>
        {call.state === 'ringing' && facts.ringingAt ? (
          <RingCountdown
            waitSeconds={call.waitSeconds}
            rangSeconds={secondsSince(facts.ringingAt, now)}
          />
        ) : (
          facts.answeredAt && (
            <span className={styles.clock}>
              <Timer
                label={t('call.timer')}
                seconds={secondsSince(
                  facts.answeredAt,
                  facts.endedAt ? Date.parse(facts.endedAt) : now,
                )}
              />
            </span>
          )
        )}
      </div>
      {isTalking && (
        <>
          <div className={styles.controls}>
            <Button
              size="small"
              tone="hold"
              icon={call.muted ? 'microphoneOff' : 'microphone'}
              iconOnly
              pressed={call.muted}
              aria-label={t(call.muted ? 'call.unmute' : 'call.mute')}
              title={`${t(call.muted ? 'call.unmute' : 'call.mute')} (${letterOf('mute', language)})`}
              onClick={() => actions.mute(!call.muted)}
            />
            <Button
              size="small"
              tone="hold"
              icon={call.held ? 'play' : 'pause'}
              iconOnly
              pressed={call.held}
              aria-label={t(call.held ? 'call.resume' : 'call.hold')}
              title={`${t(call.held ? 'call.resume' : 'call.hold')} (${letterOf('hold', language)})`}
              onClick={() => actions.hold(!call.held)}
            />
            <Button
              size="small"
              icon="keypad"
              iconOnly
              pressed={showsKeypad}
              aria-label={t('call.keypad')}
              title={t('call.keypad')}
              onClick={() => setShowsKeypad(!showsKeypad)}
            />
            <div className={styles.levels}>
              <LevelBar label={t('call.levelMicrophone')} level={levels?.microphone ?? 0} />
              <LevelBar label={t('call.levelSpeaker')} level={levels?.speaker ?? 0} />
            </div>
          </div>
          {(call.muted || call.held) && (
            <p className={styles.hint}>{t(call.held ? 'call.heldHint' : 'call.muted')}</p>
          )}
          {showsKeypad && <Keypad onDigit={(digit) => actions.sendDigits(digit)} />}
        </>
      )}
    </section>
  )
}

/** The state in words: an ended call says how it ended. */
export function stateText(call: CallSnapshot, t: ReturnType<typeof usePanel>['t']): string {
  if (call.state === 'ended') return t(call.end ? `call.end.${call.end}` : 'call.state.ended')
  return t(call.held ? 'call.state.held' : `call.state.${call.state}`)
}

/** Whole seconds from an instant to `now` (epoch milliseconds), never negative. */
export function secondsSince(at: string, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(at)) / 1000))
}

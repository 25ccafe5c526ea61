import type { ReactNode } from 'react'
import type { DraftInput } from '../../lib/contracts/attempt.ts'
import type { OutcomeId } from '../../lib/contracts/outcome.ts'
import type { PanelState } from '../../lib/contracts/panel.ts'
import { usePanel } from '../panel/context.ts'
import type { Offer } from '../panel/domain.ts'
import { Button } from '../ui/Button.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { type arrange, orderedOutcomes } from './groups.ts'
import { MarksByHand } from './MarksByHand.tsx'
import { NoteField } from './NoteField.tsx'
import { OutcomeForm } from './OutcomeForm.tsx'
import { Preview } from './Preview.tsx'
import styles from './ResultTab.module.css'

/** How the attempt ended: proposed outcome first, then the others, then what they ask for. */
export function ResultTab({
  state,
  input,
  offers,
  proposed,
  arranged,
  preview,
  onChange,
}: {
  state: PanelState
  input: DraftInput
  offers: Offer[]
  proposed: OutcomeId | null
  arranged: ReturnType<typeof arrange>
  preview: ReturnType<ReturnType<typeof usePanel>['domain']['preview']> | null
  onChange: (patch: Partial<DraftInput>) => void
}) {
  const { t } = usePanel()
  const chosen = input.outcome ?? proposed
  const digits = orderedOutcomes(proposed, arranged.groups).slice(0, 9)
  const choose = (outcome: OutcomeId) => onChange({ outcome, variant: null, cause: null })
  if (!state.campaign) return <p>{t('empty.noCampaignText')}</p>

  const button = (offer: Offer) => (
    <OutcomeButton
      key={offer.outcome}
      offer={offer}
      isChosen={offer.outcome === chosen}
      digit={digits.indexOf(offer.outcome) + 1}
      onChoose={() => choose(offer.outcome)}
    />
  )
  const chosenOffer = offers.find(({ outcome }) => outcome === chosen)
  const proposal = offers.find(({ outcome }) => outcome === proposed)
  return (
    <div className={styles.tab}>
      {proposal && (
        <Group title={t('outcome.proposed')} wide>
          {button(proposal)}
        </Group>
      )}
      {chosen && (
        <Form
          title={chosen === proposed ? null : (chosenOffer?.title ?? null)}
          state={state}
          input={{ ...input, outcome: chosen }}
          preview={preview}
          onChange={onChange}
        />
      )}
      {arranged.groups.map(({ group, offers }) => (
        <Group key={group} title={t(`outcome.group.${group}`)}>
          {offers.map(button)}
        </Group>
      ))}
      {!chosen && <NoteField input={input} onChange={onChange} />}
      <MarksByHand
        marks={input.marksByHand}
        onChange={(marksByHand) => onChange({ marksByHand })}
      />
      {arranged.barred.length > 0 && <Barred offers={arranged.barred} />}
    </div>
  )
}

/** The comment as it will stand in Bitrix24, and what can still be changed about it. */
function Form({ title, ...props }: Parameters<typeof OutcomeForm>[0] & { title: string | null }) {
  return (
    <section className={styles.form}>
      {title && <h2>{title}</h2>}
      {props.preview && <Preview state={props.state} input={props.input} preview={props.preview} />}
      <OutcomeForm {...props} />
    </section>
  )
}

function Group({ title, wide, children }: { title: string; wide?: boolean; children: ReactNode }) {
  return (
    <fieldset className={styles.group}>
      <legend>{title}</legend>
      <div className={wide ? styles.wide : styles.grid}>{children}</div>
    </fieldset>
  )
}

function OutcomeButton({
  offer,
  isChosen,
  digit,
  onChoose,
}: {
  offer: Offer
  isChosen: boolean
  digit: number
  onChoose: () => void
}) {
  return (
    <Button
      className={styles.outcome}
      size="small"
      pressed={isChosen}
      onClick={onChoose}
      aria-keyshortcuts={digit > 0 ? `Alt+${digit}` : undefined}
      trailing={digit > 0 ? <Kbd>{digit === 1 ? 'Alt 1' : String(digit)}</Kbd> : undefined}
    >
      {offer.title}
    </Button>
  )
}

/** Grey outcomes, each with the reason; still reachable by keyboard, so that it can be read. */
function Barred({ offers }: { offers: Offer[] }) {
  const { t } = usePanel()
  return (
    <details className={styles.barred}>
      <summary>{t('plural.unavailable', { count: offers.length })}</summary>
      <ul>
        {offers.map(({ outcome, title, violations }) => (
          <li key={outcome}>
            <Button
              className={styles.outcome}
              size="small"
              aria-disabled
              aria-describedby={`why-${outcome}`}
            >
              {title}
            </Button>
            <p id={`why-${outcome}`}>
              {violations.map(({ code }) => t(`violation.${code}`)).join(' ')}
            </p>
          </li>
        ))}
      </ul>
    </details>
  )
}

import { useMemo, useState } from 'react'
import { isSameCard } from '../../lib/contracts/card.ts'
import type { CardState } from '../../lib/contracts/panel.ts'
import { LedgerView } from '../after/LedgerView.tsx'
import { CallCard } from '../call/CallCard.tsx'
import { CampaignChoice } from '../lead/CampaignChoice.tsx'
import { ClientTab } from '../lead/ClientTab.tsx'
import { LeadHeader } from '../lead/LeadHeader.tsx'
import { useStopText } from '../lead/stop-text.ts'
import { NOTE_ID } from '../outcome/NoteField.tsx'
import { ResultTab } from '../outcome/ResultTab.tsx'
import { ObjectionDialog } from '../script/ObjectionDialog.tsx'
import { ScriptTab } from '../script/ScriptTab.tsx'
import { Button } from '../ui/Button.tsx'
import styles from './CardPanel.module.css'
import { useDay, usePanel } from './context.ts'
import { Footer } from './Footer.tsx'
import { type Hotkey, useHotkeys } from './hotkeys.ts'
import { KeysDialog } from './KeysDialog.tsx'
import type { PanelProps } from './props.ts'
import { Strips } from './Strips.tsx'
import { Tabs } from './Tabs.tsx'
import { useActions } from './use-actions.ts'
import type { useDraft } from './use-draft.ts'
import { useResult } from './use-result.ts'
import { useScript } from './use-script.ts'
import { callObstacle, phaseOf, primaryOf, type Tab, tabOf } from './view.ts'

/** The clock moves every second; what follows from the day is looked at once a minute. */
const MINUTE_MS = 60_000

/** The panel with a card in hand, from top to bottom: who, the call, one tab, the one action. */
export function CardPanel({
  card,
  draft,
  ...props
}: PanelProps & { card: CardState; draft: ReturnType<typeof useDraft> }) {
  const { state, levels } = props
  const { t, domain, now } = usePanel()
  const { input, change } = draft
  const { actions, refusal } = useActions(props.actions)
  const [dismissed, setDismissed] = useState<string | null>(null)
  const [picked, setPicked] = useState<{ by: Tab; tab: Tab } | null>(null)
  const [number, setNumber] = useState<string | null>(null)
  const [dialog, setDialog] = useState<'keys' | 'objection' | null>(null)

  const phase = phaseOf(state, dismissed)
  const suggestedTab = tabOf(phase)
  // A tab that the operator picked holds until the work moves on.
  const tab = picked?.by === suggestedTab ? picked.tab : suggestedTab
  const showTab = (tab: Tab) => setPicked({ by: suggestedTab, tab })

  const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS
  const standing = useMemo(
    () => (card.details || card.history.length > 0 ? domain.standing(state, minute) : null),
    [domain, state, card.details, card.history, minute],
  )
  const phones = card.details?.phones ?? card.snapshot.phones
  const stopsFor = (e164: string) => domain.stopsFor(state, e164, now)
  const dialled =
    phones.find(({ raw, e164 }) => raw === number && e164) ??
    phones.find(({ e164 }) => e164 && stopsFor(e164).length === 0) ??
    phones.find(({ e164 }) => e164)
  const stop = dialled?.e164 ? stopsFor(dialled.e164)[0] : undefined
  const script = useScript(state, input, change)
  const result = useResult(state, input)
  const primary = primaryOf(phase, result.bar)
  const call = state.softphone.call
  const callHere = call && (isSameCard(call.card, card.snapshot.card) || call.card === null)

  const { leadCampaign } = state
  const options = leadCampaign.state === 'choose' ? leadCampaign.options : []
  const chooseCampaign = (id: string) => void actions.chooseCampaign(card.snapshot.card, id)

  const tellStop = useStopText()
  const dayOf = useDay()
  const barred = callObstacle(state, standing)
  const obstacle = barred
    ? t(barred, { when: standing?.callableFrom ? dayOf(standing.callableFrom) : '' })
    : stop
      ? `${tellStop(stop)} ${t('stopList.whatToDo')}`
      : null
  const startCall = () => {
    if (dialled && !obstacle) void actions.call(card.snapshot.card, dialled.raw)
  }
  async function save() {
    const attemptId = state.draft?.attemptId
    if (phase !== 'result' || !attemptId || !result.preview?.ok) return
    // A proposed outcome becomes the operator's by saving it; what is typed goes first.
    const chosen = { ...input, outcome: result.chosen }
    const isNew = input.outcome !== result.chosen
    if (isNew) change({ outcome: result.chosen })
    const { card: ref } = card.snapshot
    const revision = draft.revision + (isNew ? 1 : 0)
    const isKept = state.draft?.revision === revision
    if (isKept || (await actions.changeDraft(ref, chosen, revision)).ok) {
      await actions.save(ref, attemptId)
    }
  }
  function close() {
    const attemptId = state.draft?.attemptId
    if (attemptId) void actions.closeDraft(card.snapshot.card, attemptId)
  }
  function finish() {
    setDismissed(state.ledger?.attempt.attemptId ?? null)
    setPicked(null)
  }
  function writeComment() {
    const focus = () => document.getElementById(NOTE_ID)?.focus()
    if (document.getElementById(NOTE_ID)) return focus()
    showTab('result')
    requestAnimationFrame(focus)
  }

  function onHotkey(hotkey: Hotkey): boolean {
    switch (hotkey.type) {
      case 'help':
        return act(() => setDialog('keys'))
      case 'answer': {
        const option = options[hotkey.digit - 1]
        if (option) return act(() => chooseCampaign(option.id))
        return act(() => script.answerAt(hotkey.digit - 1), tab === 'script')
      }
      case 'outcome': {
        const outcome = result.order[hotkey.digit - 1]
        return act(
          () => {
            showTab('result')
            if (outcome) change({ outcome, variant: null, cause: null })
          },
          outcome !== undefined && phase !== 'after',
        )
      }
      case 'call':
        return act(startCall, phase === 'ready' || phase === 'result')
      case 'hangUp':
        return act(() => void actions.hangUp(), primary === 'hangUp')
      case 'mute':
        return act(() => void actions.mute(!call?.muted), phase === 'talking')
      case 'hold':
        return act(() => void actions.hold(!call?.held), phase === 'talking')
      case 'objection':
        return act(() => setDialog('objection'), script.script !== null)
      case 'comment':
        return act(writeComment, phase !== 'after')
      case 'save':
        return act(() => void save(), phase === 'result')
      case 'language':
        return act(script.switchLanguage)
      case 'scriptBack':
        return act(script.back, tab === 'script')
    }
  }
  useHotkeys(onHotkey)

  return (
    <>
      <div className={styles.top}>
        <LeadHeader card={card} standing={standing} />
        <div className={styles.tools}>
          <Button
            size="small"
            tone="quiet"
            icon="collapse"
            iconOnly
            aria-label={t('panel.collapse')}
            title={t('panel.collapse')}
            onClick={() => actions.changeLayout({ ...state.layout, collapsed: true })}
          />
          <Button
            size="small"
            tone="quiet"
            icon="keyboard"
            iconOnly
            aria-label={t('panel.keys')}
            title={`${t('panel.keys')} (?)`}
            onClick={() => setDialog('keys')}
          />
        </div>
      </div>
      <Strips
        state={state}
        card={card}
        standing={standing}
        isReconnecting={props.isReconnecting ?? false}
        actions={actions}
      />
      {call && callHere && phase !== 'after' && phase !== 'ready' && (
        <CallCard call={call} levels={levels} actions={actions} />
      )}
      <main className={styles.work}>
        <Tabs tab={tab} onTab={showTab} />
        <div
          className={styles.content}
          id="panel-content"
          role="tabpanel"
          aria-labelledby={`tab-${tab}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable.
          tabIndex={0}
        >
          {(tab === 'client' || !state.campaign) && (
            <CampaignChoice
              state={state}
              onChoose={chooseCampaign}
              onReload={() => void actions.reload(card.snapshot.card)}
              onSettings={() => void actions.openOptions()}
            />
          )}
          {tab === 'client' && (
            <ClientTab
              state={state}
              card={card}
              standing={standing}
              number={dialled?.raw ?? null}
              onNumber={setNumber}
              onReload={() => void actions.reload(card.snapshot.card)}
            />
          )}
          {tab === 'script' && state.campaign && (
            <ScriptTab
              state={state}
              script={script.script}
              step={script.step}
              input={input}
              onAnswer={script.answer}
              onBack={script.back}
              onObjection={() => setDialog('objection')}
              onLanguage={script.switchLanguage}
              onResult={() => showTab('result')}
              onChange={change}
            />
          )}
          {tab === 'result' &&
            (state.campaign || phase === 'after') &&
            (phase === 'after' && state.ledger ? (
              <LedgerView ledger={state.ledger} campaign={state.campaign} actions={actions} />
            ) : (
              <ResultTab state={state} input={input} onChange={change} {...result} />
            ))}
        </div>
      </main>
      {primary && (
        <Footer
          primary={primary}
          phase={phase}
          number={dialled ? domain.formatPhone(dialled) : null}
          obstacle={obstacle}
          saveObstacle={result.obstacle}
          bar={result.bar}
          refusal={refusal}
          undelivered={state.undelivered}
          onCall={startCall}
          onHangUp={() => void actions.hangUp()}
          onSave={() => void save()}
          onClose={close}
          onDone={finish}
        />
      )}
      {dialog === 'keys' && <KeysDialog onClose={() => setDialog(null)} />}
      {dialog === 'objection' && script.script && (
        <ObjectionDialog
          state={state}
          objections={script.script.objections}
          onNote={script.noteObjection}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  )
}

/** Does it if it may be done now; tells whether it did. */
function act(doIt: () => void, may = true): boolean {
  if (may) doIt()
  return may
}

import { useEffect, useMemo } from 'react'
import { cardKey } from '../../lib/contracts/card.ts'
import type { PanelState } from '../../lib/contracts/panel.ts'
import { createTranslator } from '../../lib/locales/index.ts'
import '../ui/tokens.css'
import { CardPanel } from './CardPanel.tsx'
import { PanelProvider, type PanelSurroundings } from './context.ts'
import type { PanelDomain } from './domain.ts'
import { EmptyState } from './EmptyState.tsx'
import styles from './Panel.module.css'
import type { PanelProps } from './props.ts'
import { Rail } from './Rail.tsx'
import { useDraft } from './use-draft.ts'

/** What stands for the campaign's zone while there is no campaign. */
const NO_CAMPAIGN_ZONE = 'Europe/Moscow'

/** The whole panel: everything comes in by props, everything asked goes out by `actions`. */
export function Panel(props: PanelProps) {
  const { state, now, domain, actions, connection = 0 } = props
  const card = state.card?.snapshot.card ?? null
  const surroundings = useSurroundings(state, now, domain)
  const draft = useDraft({
    card: card && cardKey(card),
    draft: state.draft,
    language: state.campaign?.language ?? 'ru',
    connection,
    send: (input, revision) => {
      if (card) void actions.changeDraft(card, input, revision)
    },
  })

  useEffect(() => {
    document.documentElement.lang = state.language
  }, [state.language])

  return (
    <PanelProvider value={surroundings}>
      <div className={styles.panel} data-theme={state.theme}>
        {state.layout.collapsed ? (
          <Rail
            softphone={state.softphone}
            onExpand={() => actions.changeLayout({ ...state.layout, collapsed: false })}
          />
        ) : state.card ? (
          <CardPanel {...props} card={state.card} draft={draft} />
        ) : (
          <EmptyState state={state} actions={actions} />
        )}
      </div>
    </PanelProvider>
  )
}

function useSurroundings(state: PanelState, now: number, domain: PanelDomain): PanelSurroundings {
  const t = useMemo(() => createTranslator(state.language), [state.language])
  const timeZone = state.campaign?.timeZone ?? NO_CAMPAIGN_ZONE
  const clientZone = state.card?.details?.timeZone ?? null
  const { language } = state
  return useMemo(
    () => ({ t, language, domain, now, timeZone, clientZone }),
    [t, language, domain, now, timeZone, clientZone],
  )
}

import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import type { PanelActions } from '../../components/panel/actions.ts'
import { Panel } from '../../components/panel/Panel.tsx'
import type { PanelState } from '../../lib/contracts/panel.ts'
import { sampleDomain } from './sample-domain.ts'
import { NOW } from './sample-state.ts'
import { STATE_NAMES, STATES } from './states.ts'

declare global {
  interface Window {
    /** What the panel asked for, for the browser tests. */
    asked: { name: string; values: unknown[] }[]
  }
}

/** One state of the panel, chosen by `?state=`; drafts are echoed as the background would. */
function Gallery({ initial }: { initial: PanelState }) {
  const [state, setState] = useState(initial)
  const [actions] = useState(() => recordingActions(setState))
  const levels = { microphone: 0.62, speaker: 0.34 }
  return <Panel state={state} levels={levels} now={NOW} actions={actions} domain={sampleDomain} />
}

function recordingActions(setState: (change: (state: PanelState) => PanelState) => void) {
  window.asked = []
  const recorded =
    (name: string) =>
    async (...values: unknown[]) => {
      window.asked.push({ name, values })
      return { ok: true, value: null } as const
    }
  const actions: PanelActions = {
    call: recorded('call'),
    hangUp: recorded('hangUp'),
    mute: recorded('mute'),
    hold: recorded('hold'),
    sendDigits: recorded('sendDigits'),
    async changeDraft(card, input, revision) {
      setState((state) => ({
        ...state,
        draft: state.draft && { ...state.draft, input, revision },
      }))
      return recorded('changeDraft')(card, input, revision)
    },
    async save(card, attemptId) {
      await recorded('save')(card, attemptId)
      return { ok: false, reason: 'nothing_to_save' }
    },
    closeDraft: recorded('closeDraft'),
    retry: recorded('retry'),
    reload: recorded('reload'),
    chooseCampaign: recorded('chooseCampaign'),
    changeLayout: recorded('changeLayout'),
    requestMicrophone: recorded('requestMicrophone'),
    openOptions: recorded('openOptions'),
    checkAccount: recorded('checkAccount'),
  }
  return actions
}

const asked = new URL(location.href).searchParams.get('state')
const name = STATE_NAMES.find((name) => name === asked) ?? 'ready'
const root = document.getElementById('root')
if (root) createRoot(root).render(<Gallery initial={STATES[name]()} />)

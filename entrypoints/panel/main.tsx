import '../../lib/extension/zod-without-eval.ts'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { createRoot } from 'react-dom/client'
import { Panel } from '../../components/panel/Panel.tsx'
import { rules } from '../../components/panel/rules.ts'
import { createTranslator } from '../../lib/locales/index.ts'
import { messageActions } from './actions.ts'
import { connect, UNCONNECTED } from './connection.ts'

const SECOND_MS = 1000

// The background is asked before anything is drawn: it answers while React starts.
let connection = UNCONNECTED
const listeners = new Set<() => void>()
connect(location.hash.slice(1), (changed) => {
  connection = changed
  for (const listen of listeners) listen()
})
const readConnection = () => connection

function listenToConnection(listen: () => void): () => void {
  listeners.add(listen)
  return () => listeners.delete(listen)
}

/** The panel at the end of its port; says nothing of anybody until the background has said it. */
function ConnectedPanel() {
  const connection = useSyncExternalStore(listenToConnection, readConnection)
  const [actions] = useState(messageActions)
  const now = useNow()

  if (connection.phase === 'refused') return <Refused />
  if (!connection.state) return null
  return (
    <Panel
      state={connection.state}
      levels={connection.levels}
      now={now}
      actions={actions}
      domain={rules}
      connection={connection.count}
      isReconnecting={connection.phase === 'away'}
    />
  )
}

/** Any page may frame the panel: without a ticket it shows one neutral line. */
function Refused() {
  return <p>{createTranslator('ru')('common.refused')}</p>
}

/** The clock, once a second. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}

const root = document.getElementById('root')
if (root) createRoot(root).render(<ConnectedPanel />)

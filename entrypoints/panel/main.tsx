import '../../lib/extension/zod-without-eval.ts'
import { useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { Panel } from '../../components/panel/Panel.tsx'
import { rules } from '../../components/panel/rules.ts'
import { createTranslator } from '../../lib/locales/index.ts'
import { messageActions } from './actions.ts'
import { type Connection, connect, UNCONNECTED } from './connection.ts'

const SECOND_MS = 1000

/** The panel at the end of its port; says nothing of anybody until the background has said it. */
function ConnectedPanel({ nonce }: { nonce: string }) {
  const [connection, setConnection] = useState<Connection>(UNCONNECTED)
  const [actions] = useState(messageActions)
  const now = useNow()

  useEffect(() => connect(nonce, setConnection), [nonce])

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
if (root) createRoot(root).render(<ConnectedPanel nonce={location.hash.slice(1)} />)

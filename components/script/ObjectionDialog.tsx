import { useState } from 'react'
import type { Objection } from '../../lib/contracts/campaign.ts'
import type { PanelState } from '../../lib/contracts/panel.ts'
import { usePanel } from '../panel/context.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import styles from './ObjectionDialog.module.css'

const MOVES = ['listen', 'clarify', 'answer', 'decide'] as const

/** One key, a few letters, and the four moves stand there; Esc returns to the exact word. */
export function ObjectionDialog({
  state,
  objections,
  onNote,
  onClose,
}: {
  state: PanelState
  objections: Objection[]
  onNote: (objectionId: string, handled: boolean) => void
  onClose: () => void
}) {
  const { t } = usePanel()
  const [filter, setFilter] = useState('')
  const [chosen, setChosen] = useState<Objection | null>(null)
  const found = objections.filter(({ title }) => title.toLowerCase().includes(filter.toLowerCase()))

  if (chosen) {
    return (
      <Dialog key="moves" title={chosen.title} closeLabel={t('common.close')} onClose={onClose}>
        <Moves
          state={state}
          objection={chosen}
          onDone={(handled) => {
            onNote(chosen.id, handled)
            onClose()
          }}
        />
      </Dialog>
    )
  }
  return (
    <Dialog
      key="list"
      title={t('script.objectionTitle')}
      closeLabel={t('common.close')}
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (found[0]) setChosen(found[0])
        }}
      >
        <Field
          id="objection-filter"
          label={t('script.objectionFilter')}
          value={filter}
          onChange={setFilter}
        />
      </form>
      <ul className={styles.list}>
        {found.map((objection) => (
          <li key={objection.id}>
            <Button className={styles.item} tone="quiet" onClick={() => setChosen(objection)}>
              {objection.title}
            </Button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p>{t('script.objectionNone')}</p>}
    </Dialog>
  )
}

function Moves({
  state,
  objection,
  onDone,
}: {
  state: PanelState
  objection: Objection
  onDone: (handled: boolean) => void
}) {
  const { t, domain } = usePanel()
  return (
    <>
      <ol className={styles.moves}>
        {MOVES.map((move) => (
          <li key={move}>
            <h3>{t(`script.${move}`)}</h3>
            <p>{domain.fill(objection[move], state)}</p>
          </li>
        ))}
      </ol>
      <div className={styles.foot}>
        <Button tone="brand" icon="check" onClick={() => onDone(true)}>
          {t('script.handled')}
        </Button>
        <Button onClick={() => onDone(false)}>{t('script.notHandled')}</Button>
      </div>
    </>
  )
}

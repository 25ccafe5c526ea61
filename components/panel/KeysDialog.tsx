import { Dialog } from '../ui/Dialog.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { Spoken } from '../ui/Spoken.tsx'
import { usePanel } from './context.ts'
import { HOTKEYS, type HotkeyName, letterOf } from './hotkeys.ts'
import styles from './KeysDialog.module.css'

/** The card of all keys, under `?`. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t, language } = usePanel()
  const rows: [string, string][] = [
    ...(Object.keys(HOTKEYS) as HotkeyName[]).map((name): [string, string] => [
      name === 'save' ? `${letterOf(name, language)} · Ctrl ↵` : letterOf(name, language),
      t(`keys.${name}`),
    ]),
    ['1 … 9', t('keys.answers')],
    ['Alt 1 … 9', t('keys.outcomes')],
    ['?', t('keys.help')],
  ]
  return (
    <Dialog title={t('keys.title')} closeLabel={t('common.close')} onClose={onClose}>
      <p className={styles.hint}>{t('keys.hint')}</p>
      <dl className={styles.keys}>
        {rows.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              <Kbd>{keys}</Kbd>
              <Spoken>{keys}</Spoken>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}

import type { KeyboardEvent } from 'react'
import { usePanel } from './context.ts'
import styles from './Tabs.module.css'
import type { Tab } from './view.ts'

const TABS = [
  ['client', 'panel.tabClient'],
  ['script', 'panel.tabScript'],
  ['result', 'panel.tabResult'],
] as const

/** Client, script, result: all within reach at any time; arrows walk, as in any row of tabs. */
export function Tabs({ tab, onTab }: { tab: Tab; onTab: (tab: Tab) => void }) {
  const { t } = usePanel()

  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    const index = TABS.findIndex(([name]) => name === tab)
    const next = TABS[(index + step + TABS.length) % TABS.length]
    if (!next) return
    event.preventDefault()
    onTab(next[0])
    document.getElementById(`tab-${next[0]}`)?.focus()
  }

  return (
    <div className={styles.tabs} role="tablist" aria-label={t('panel.tabs')}>
      {TABS.map(([name, label]) => (
        <button
          key={name}
          id={`tab-${name}`}
          type="button"
          role="tab"
          aria-selected={tab === name}
          aria-controls="panel-content"
          tabIndex={tab === name ? 0 : -1}
          className={styles.tab}
          onClick={() => onTab(name)}
          onKeyDown={onKeyDown}
        >
          {t(label)}
        </button>
      ))}
    </div>
  )
}

import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Button } from './Button.tsx'
import styles from './Dialog.module.css'

/** A modal `<dialog>`; Esc and its cross call `onClose`, focus returns to where it was. */
export function Dialog({
  title,
  closeLabel,
  onClose,
  children,
}: {
  title: string
  closeLabel: string
  onClose: () => void
  children: ReactNode
}) {
  const ref = useRef<HTMLDialogElement>(null)
  const titleId = useId()

  useEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    // The first thing to do in it, not the cross above it.
    dialog?.querySelector<HTMLElement>('[data-body] :is(input, button)')?.focus()
    return () => dialog?.close()
  }, [])

  return (
    <dialog
      ref={ref}
      className={styles.dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <header className={styles.header}>
        <h2 id={titleId} className={styles.title}>
          {title}
        </h2>
        <Button
          tone="quiet"
          size="small"
          icon="cross"
          iconOnly
          aria-label={closeLabel}
          onClick={onClose}
        />
      </header>
      <div className={styles.body} data-body>
        {children}
      </div>
    </dialog>
  )
}

import styles from './Kbd.module.css'

/** A key as it stands on the operator's keyboard; a hint for eyes only. */
export function Kbd({ children }: { children: string }) {
  return (
    <span className={styles.kbd} aria-hidden="true">
      {children}
    </span>
  )
}

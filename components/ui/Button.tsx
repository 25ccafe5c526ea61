import type { ComponentProps, ReactNode } from 'react'
import styles from './Button.module.css'
import { classes } from './classes.ts'
import { Icon, type IconName } from './Icon.tsx'

export type ButtonTone = 'plain' | 'brand' | 'call' | 'danger' | 'hold' | 'quiet'

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  tone?: ButtonTone
  size?: 'small' | 'normal' | 'large'
  icon?: IconName
  /** An icon alone; then `aria-label` names it. */
  iconOnly?: boolean
  /** Pressed state of a toggle, told to screen readers too. */
  pressed?: boolean
  trailing?: ReactNode
}

/** The one button. A button that can't act now stays focusable: use `aria-disabled` and say why. */
export function Button({
  tone = 'plain',
  size = 'normal',
  icon,
  iconOnly = false,
  pressed,
  trailing,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const isBarred = rest['aria-disabled'] === true || rest['aria-disabled'] === 'true'
  return (
    <button
      {...rest}
      type="button"
      aria-pressed={pressed}
      className={classes(
        styles.button,
        styles[tone],
        styles[size],
        iconOnly && styles.iconOnly,
        className,
      )}
      onClick={isBarred ? undefined : onClick}
    >
      {icon && <Icon name={icon} />}
      {!iconOnly && <span className={styles.label}>{children}</span>}
      {trailing}
    </button>
  )
}

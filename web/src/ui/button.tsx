/**
 * Buttons. `primary` names the one act of a screen, `plain` stands beside it, `quiet` lives in rows and toolbars,
 * `link` runs in a sentence, `problem` is for what destroys, `tool` holds an icon and therefore needs a label.
 */
import { Link, type LinkProps } from '@tanstack/react-router'
import type { ButtonHTMLAttributes, ReactElement, ReactNode, Ref } from 'react'
import styles from './button.module.css'

export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'link' | 'problem' | 'tool'

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  readonly look?: ButtonLook
  /** The act is under way: shown by the text that the caller gives, refused twice. */
  readonly busy?: boolean
  readonly wide?: boolean
  readonly ref?: Ref<HTMLButtonElement>
}

/** Classes of a button's look, for links that must look like one. */
export function buttonClass(look: ButtonLook, wide = false): string {
  return [styles['button'], styles[look], wide ? styles['wide'] : undefined].filter(Boolean).join(' ')
}

export function Button({ look = 'plain', busy, wide, type, disabled, ...rest }: ButtonProps): ReactElement {
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      aria-busy={busy || undefined}
      disabled={disabled || busy}
      className={buttonClass(look, wide)}
    />
  )
}

export function ButtonLink({
  look = 'plain',
  children,
  ...rest
}: LinkProps & { readonly look?: ButtonLook; readonly children: ReactNode }): ReactElement {
  return (
    <Link {...rest} className={buttonClass(look)}>
      {children}
    </Link>
  )
}

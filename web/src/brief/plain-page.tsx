/** A page without a brand: for links that lead nowhere, and for stopping emails. */
import type { ReactElement, ReactNode } from 'react'
import styles from './brief.module.css'

export interface PlainPageProps {
  readonly title: string
  readonly body?: string
  readonly act?: { readonly label: string; readonly run: () => void; readonly running?: boolean }
  readonly children?: ReactNode
}

export function PlainPage({ title, body, act, children }: PlainPageProps): ReactElement {
  return (
    <main className={styles['plain']}>
      <h1>{title}</h1>
      {body ? <p>{body}</p> : null}
      {children}
      {act ? (
        <button type="button" className={styles['primary']} onClick={act.run} disabled={act.running === true}>
          {act.label}
        </button>
      ) : null}
    </main>
  )
}

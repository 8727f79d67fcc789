/** Running text that somebody wrote: serif, 16/26, at most 68 characters wide. And the fold that keeps the rest near. */
import type { ReactElement, ReactNode } from 'react'
import styles from './letter.module.css'

/** Plain text keeps its line breaks; anything else is set as given. */
export function Letter({
  children,
  lang,
}: {
  readonly children: ReactNode
  readonly lang?: string
}): ReactElement {
  const plain = typeof children === 'string'
  return (
    <div className={`${styles['letter']} ${plain ? (styles['text'] ?? '') : ''}`} lang={lang}>
      {children}
    </div>
  )
}

interface FoldProps {
  readonly title: ReactNode
  readonly children: ReactNode
  readonly open?: boolean
}

/** Folded away, never lost. */
export function Fold({ title, children, open }: FoldProps): ReactElement {
  return (
    <details className={styles['fold']} open={open}>
      <summary>{title}</summary>
      {children}
    </details>
  )
}

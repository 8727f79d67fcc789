/** How far something long is. What it is about is said beside it. */
import type { ReactElement } from 'react'
import styles from './progress.module.css'

interface ProgressProps {
  readonly value: number
  readonly max: number
  /** For readers, where no label stands around it. */
  readonly label?: string
}

export function Progress({ value, max, label }: ProgressProps): ReactElement {
  return (
    <progress className={styles['progress']} value={value} max={Math.max(max, value, 1)} aria-label={label} />
  )
}

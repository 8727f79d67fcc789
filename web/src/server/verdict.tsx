/** What a check found: one sentence, and below it the other side's own words for who knows them. */
import type { ReactElement } from 'react'
import { Banner } from '../ui/states.tsx'
import styles from './server.module.css'

interface VerdictProps {
  readonly good: boolean
  readonly sentence: string
  readonly detail?: string | undefined
}

export function Verdict({ good, sentence, detail }: VerdictProps): ReactElement {
  return (
    <Banner tone={good ? 'note' : 'problem'}>
      {sentence}
      {detail ? <code className={styles['detail']}>{detail}</code> : null}
    </Banner>
  )
}

/** Taking something away: last on its page, apart from the rest, and asked about once. */
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import styles from './removal.module.css'

interface RemovalProps {
  readonly words: {
    readonly act: string
    readonly title: string
    readonly body: string
    readonly keep: string
  }
  readonly remove: {
    readonly mutate: (nothing: undefined, then: { readonly onSuccess: () => void }) => void
    readonly isPending: boolean
    readonly error: Error | null
  }
  /** Once it is gone. */
  readonly removed: () => void
}

export function Removal({ words, remove, removed }: RemovalProps): ReactElement {
  const sentence = useProblemSentence()
  const [asking, ask] = useState(false)
  return (
    <div className={styles['removal']}>
      <Button look="problem" onClick={() => ask(true)}>
        {words.act}
      </Button>
      <Dialog
        title={words.title}
        opened={asking}
        close={() => ask(false)}
        acts={
          <>
            <Button
              look="problem"
              busy={remove.isPending}
              onClick={() => remove.mutate(undefined, { onSuccess: removed })}
            >
              {words.act}
            </Button>
            <Button onClick={() => ask(false)}>{words.keep}</Button>
          </>
        }
      >
        {remove.error ? <ProblemBanner sentence={sentence(remove.error)} /> : null}
        <p>{words.body}</p>
      </Dialog>
    </div>
  )
}

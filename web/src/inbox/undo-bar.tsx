/** Ten seconds in which a reply that was just sent can be taken back; counted down, by button or by key Z. */
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { every, now } from '../client/clock.ts'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { useKeys } from '../ui/keys.ts'
import { useTakeBack } from './tells.ts'
import styles from './inbox.module.css'

/** A reply that may still be taken back. */
export interface Undoable {
  readonly conversationId: string
  readonly submissionId: string
  readonly name: string
  /** Epoch milliseconds. */
  readonly until: number
}

// a second less than the server gives, so that what is offered also works
const undoMs = 9000

export function undoUntil(): number {
  return now() + undoMs
}

interface BarProps {
  readonly sent: Undoable
  readonly over: () => void
  /** Goes to the conversation whose mail came back. */
  readonly open: (conversationId: string) => void
}

export function UndoBar({ sent, over, open }: BarProps): ReactElement {
  const { t } = useTranslation('inbox')
  const sentence = useProblemSentence()
  const back = useTakeBack()
  const [left, setLeft] = useState(() => secondsTo(sent.until))
  useEffect(
    () =>
      every(250, () => {
        const seconds = secondsTo(sent.until)
        setLeft(seconds)
        if (seconds <= 0) over()
      }),
    [sent.until, over],
  )
  function undo(): void {
    back.mutate(sent, {
      onSuccess: () => {
        over()
        open(sent.conversationId)
      },
    })
  }
  useKeys({ z: undo })
  return (
    <div className={styles['undo']} role="status">
      <span>
        {back.error
          ? sentence(back.error)
          : t('undo.leaves', { name: sent.name, seconds: Math.max(1, left) })}
      </span>
      {back.error ? null : (
        <Button look="link" aria-keyshortcuts="z" busy={back.isPending} onClick={undo}>
          {t('undo.act')}
        </Button>
      )}
    </div>
  )
}

function secondsTo(until: number): number {
  return Math.ceil((until - now()) / 1000)
}

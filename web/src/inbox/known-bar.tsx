/** A mail that was sent again was there already: when it really leaves or left, and the way to change that. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import type { KnownMail } from '../parts/known-mail.ts'
import { useKnownSentence } from '../parts/known-mail.ts'
import { Button } from '../ui/button.tsx'
import { useTakeBack } from './tells.ts'
import styles from './inbox.module.css'

/** A reply that had been sent before. */
export interface SentBefore {
  readonly conversationId: string
  readonly submissionId: string
  readonly name: string
  readonly known: KnownMail
}

interface BarProps {
  readonly sent: SentBefore
  readonly over: () => void
  /** Goes to the conversation whose mail came back. */
  readonly open: (conversationId: string) => void
}

export function KnownBar({ sent, over, open }: BarProps): ReactElement {
  const { t } = useTranslation('inbox')
  const sentence = useProblemSentence()
  const known = useKnownSentence()
  const back = useTakeBack()
  const { state } = sent.known
  function takeBack(): void {
    back.mutate(sent, {
      onSuccess: () => {
        over()
        open(sent.conversationId)
      },
    })
  }
  return (
    <div className={styles['undo']} role="status">
      <span>{back.error ? sentence(back.error) : known(sent.known, sent.name)}</span>
      {!back.error && (state === 'queued' || state === 'held') ? (
        <Button look="link" busy={back.isPending} onClick={takeBack}>
          {t('undo.change')}
        </Button>
      ) : null}
      <Button look="link" onClick={over}>
        {t('undo.close')}
      </Button>
    </div>
  )
}

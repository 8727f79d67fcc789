/**
 * Where an answer or a note is written. Both are drafts that survive leaving the screen. Whoever writes is shown
 * to the others; whoever was slower is asked before a second answer leaves.
 */
import type { Conversation } from '@kontor/api/inbox'
import { useEffect, useRef, useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { every } from '../client/clock.ts'
import { useDraft } from '../client/draft.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { useKeys } from '../ui/keys.ts'
import { AnswerForm } from './answer-form.tsx'
import { noAnswer } from './answer-draft.ts'
import { NoteForm } from './note-form.tsx'
import styles from './inbox.module.css'

/** Presence lasts 20 seconds on the server; it is renewed well before. */
const presenceMs = 8000

interface DeskProps {
  readonly conversation: Conversation
  readonly tellAnswering: () => void
}

export function AnswerDesk({ conversation, tellAnswering }: DeskProps): ReactElement {
  const { t } = useTranslation('inbox')
  const draft = useDraft(`answer.${conversation.id}`, noAnswer)
  const note = useDraft(`note.${conversation.id}`, '')
  const [mode, setMode] = useState<'closed' | 'answer' | 'note'>(() => {
    if (draft[0].text !== '') return 'answer'
    return note[0] === '' ? 'closed' : 'note'
  })
  useKeys({
    r: (event) => {
      event.preventDefault()
      if (conversation.senders.length > 0) setMode('answer')
    },
  })
  usePresence(mode === 'answer', tellAnswering)

  if (mode === 'answer')
    return (
      <div className={styles['desk']}>
        <AnswerForm conversation={conversation} draft={draft} close={() => setMode('closed')} />
      </div>
    )
  if (mode === 'note')
    return (
      <div className={styles['desk']}>
        <NoteForm id={conversation.id} draft={note} close={() => setMode('closed')} />
      </div>
    )
  return (
    <div className={styles['desk']}>
      <div className={styles['deskActs']}>
        {conversation.senders.length > 0 ? (
          <Button look="primary" aria-keyshortcuts="r" onClick={() => setMode('answer')}>
            {t('answer.open')}
          </Button>
        ) : (
          <>
            <span className={styles['quietText']}>{t('answer.noSender')}</span>
            <ButtonLink to="/settings/integrations">{t('answer.noSenderAct')}</ButtonLink>
          </>
        )}
        <Button onClick={() => setMode('note')}>{t('note.open')}</Button>
      </div>
    </div>
  )
}

function usePresence(writing: boolean, tell: () => void): void {
  const latest = useRef(tell)
  useEffect(() => {
    latest.current = tell
  })
  useEffect(() => {
    if (!writing) return undefined
    latest.current()
    return every(presenceMs, () => latest.current())
  }, [writing])
}

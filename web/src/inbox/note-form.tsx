/** A note for the team beside the mails. Kept as a draft until it is saved. */
import { useEffect, useRef } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { useDraft } from '../client/draft.ts'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { TextArea } from '../ui/field.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useAddNote } from './asks.ts'
import styles from './inbox.module.css'

interface NoteProps {
  readonly id: string
  readonly draft: ReturnType<typeof useDraft<string>>
  readonly close: () => void
}

export function NoteForm({ id, draft: [text, keep, forget], close }: NoteProps): ReactElement {
  const { t } = useTranslation('inbox')
  const { t: shell } = useTranslation('shell')
  const sentence = useProblemSentence()
  const note = useAddNote(id)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])

  function save(): void {
    if (text.trim() === '') return
    note.mutate(text, {
      onSuccess: () => {
        forget()
        close()
      },
    })
  }
  return (
    <form
      className={styles['answer']}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save()
        if (event.key === 'Escape') close()
      }}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      {note.error ? <ProblemBanner sentence={t('note.failed', { why: sentence(note.error) })} /> : null}
      <TextArea
        ref={field}
        label={t('note.label')}
        hint={t('note.placeholder')}
        rows={3}
        value={text}
        onText={keep}
      />
      <div className={styles['deskActs']}>
        <Button type="submit" look="primary" busy={note.isPending} disabled={text.trim() === ''}>
          {t('note.add')}
        </Button>
        <Button onClick={close}>{shell('act.close')}</Button>
      </div>
    </form>
  )
}

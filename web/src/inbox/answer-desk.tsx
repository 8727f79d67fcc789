/**
 * Where an answer or a note is written. An answer is a draft that the team shares; drafts of colleagues stand above and
 * can be gone on with. Whoever writes is shown to the others; whoever was slower is asked before a second answer leaves.
 */
import type { Conversation, Draft } from '@kontor/api/inbox'
import { useEffect, useRef, useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { every } from '../client/clock.ts'
import { useDraft } from '../client/draft.ts'
import { useSession } from '../client/session.ts'
import { holdsWords } from '../parts/composer/use-shared-draft.ts'
import { wordsOf } from '../parts/composer/letter.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { useKeys } from '../ui/keys.ts'
import { NoteForm } from './note-form.tsx'
import { Reply } from './reply.tsx'
import type { Sent } from './reply.tsx'
import type { useWhispers } from './tells.ts'
import styles from './inbox.module.css'

/** Presence lasts 20 seconds on the server; it is renewed well before. */
const presenceMs = 8000

interface DeskProps {
  readonly conversation: Conversation
  readonly whispers: ReturnType<typeof useWhispers>
  readonly sent: (sent: Sent) => void
  /** Opens the next conversation. */
  readonly next: () => void
}

type Mode =
  | { readonly write: 'nothing' | 'note' }
  | { readonly write: 'answer'; readonly draftId: string | undefined }

export function AnswerDesk({ conversation, whispers, sent, next }: DeskProps): ReactElement {
  const me = useSession().person.id
  const mine = conversation.drafts.find((draft) => draft.authorId === me)
  const note = useDraft(`note.${conversation.id}`, '')
  const [mode, setMode] = useState<Mode>(() => {
    if (mine || holdsWords(placeName(conversation, undefined))) return { write: 'answer', draftId: undefined }
    return { write: note[0] === '' ? 'nothing' : 'note' }
  })
  const able = conversation.senders.length > 0 || conversation.closedSender !== undefined
  useKeys({
    r: (event) => {
      event.preventDefault()
      if (able) setMode({ write: 'answer', draftId: undefined })
    },
  })
  usePresence(mode.write === 'answer', whispers)
  // A mail that was taken back comes as a draft while nothing is open here.
  const had = useRef(mine?.id)
  useEffect(() => {
    if (mine && mine.id !== had.current && mode.write === 'nothing')
      setMode({ write: 'answer', draftId: undefined })
    had.current = mine?.id
  }, [mine, mode.write])

  const close = (): void => setMode({ write: 'nothing' })
  const chosen = mode.write === 'answer' && mode.draftId ? mode.draftId : undefined
  const others = conversation.drafts.filter((draft) => draft.authorId !== me && draft.id !== chosen)
  const server = chosen ? conversation.drafts.find((draft) => draft.id === chosen) : mine
  return (
    <div className={styles['desk']}>
      {others.map((draft) => (
        <TheirDraft
          key={draft.id}
          draft={draft}
          me={me}
          open={() => setMode({ write: 'answer', draftId: draft.id })}
        />
      ))}
      {mode.write === 'answer' ? (
        <Reply
          key={chosen ?? 'mine'}
          name={placeName(conversation, chosen)}
          conversation={conversation}
          server={server}
          close={close}
          sent={sent}
          next={next}
        />
      ) : null}
      {mode.write === 'note' ? <NoteForm id={conversation.id} draft={note} close={close} /> : null}
      {mode.write === 'nothing' ? (
        <Begin
          able={able}
          draft={mine}
          answer={() => setMode({ write: 'answer', draftId: undefined })}
          note={() => setMode({ write: 'note' })}
        />
      ) : null}
    </div>
  )
}

function placeName(conversation: Conversation, draftId: string | undefined): string {
  return `${conversation.id}.${draftId ?? 'mine'}`
}

function Begin(props: {
  readonly able: boolean
  readonly draft: Draft | undefined
  readonly answer: () => void
  readonly note: () => void
}): ReactElement {
  const { t } = useTranslation('inbox')
  return (
    <div className={styles['deskActs']}>
      {props.able ? (
        <Button look="primary" aria-keyshortcuts="r" onClick={props.answer}>
          {props.draft ? t('answer.goOn') : t('answer.open')}
        </Button>
      ) : (
        <>
          <span className={styles['quietText']}>{t('answer.noSender')}</span>
          <ButtonLink to="/settings/integrations">{t('answer.noSenderAct')}</ButtonLink>
        </>
      )}
      <Button onClick={props.note}>{t('note.open')}</Button>
    </div>
  )
}

/** A colleague's draft: its first words, and the way into it; louder when this person is asked to send it. */
function TheirDraft({
  draft,
  me,
  open,
}: {
  readonly draft: Draft
  readonly me: string
  readonly open: () => void
}): ReactElement {
  const { t } = useTranslation('inbox')
  const asked = draft.approverId === me
  const words = wordsOf({ html: draft.html, text: draft.text }).replaceAll(/\s+/g, ' ')
  return (
    <div className={styles['theirs']} data-asked={asked ? 'true' : undefined}>
      <p>
        <strong>
          {asked
            ? t('draft.asksYou', { name: draft.authorName })
            : t('draft.theirs', { name: draft.authorName })}
        </strong>{' '}
        <span className={styles['theirWords']}>{words}</span>
      </p>
      <Button look={asked ? 'primary' : 'plain'} onClick={open}>
        {asked ? t('draft.review') : t('draft.open')}
      </Button>
    </div>
  )
}

function usePresence(writing: boolean, whispers: DeskProps['whispers']): void {
  const latest = useRef(whispers)
  useEffect(() => {
    latest.current = whispers
  })
  useEffect(() => {
    if (!writing) return undefined
    latest.current.answering()
    const stop = every(presenceMs, () => latest.current.answering())
    return () => {
      stop()
      latest.current.notAnswering()
    }
  }, [writing])
}

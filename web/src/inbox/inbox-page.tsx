/**
 * The team inbox: conversations, the open one, the person. Three columns on a desk, one at a time on a phone.
 * The chosen conversation and the filters stand in the address; J and K walk through the list.
 */
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMediaQuery } from '@mantine/hooks'
import { useCallback, useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../ui/keys.ts'
import { useTitle } from '../ui/page.tsx'
import { useConversations } from './asks.ts'
import { ConversationColumn } from './conversation.tsx'
import { ConversationList } from './conversation-list.tsx'
import { type InboxFilter, neighbour, readFilter } from './list.ts'
import { PersonColumn } from './person.tsx'
import { KnownBar } from './known-bar.tsx'
import type { Sent } from './reply.tsx'
import { UndoBar } from './undo-bar.tsx'
import styles from './inbox.module.css'

export function InboxPage({ conversationId }: { readonly conversationId?: string }): ReactElement {
  const { t } = useTranslation('inbox')
  const filter = readFilter(useSearch({ strict: false }))
  const found = useConversations(filter)
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? []
  const open = useOpener(filter, conversationId)
  const [person, togglePerson] = usePersonShown()
  const heading = useTitle(t('title'))
  const [sent, setSent] = useState<Sent>()
  const over = useCallback(() => setSent(undefined), [])

  function step(by: 1 | -1): void {
    const next = neighbour(rows, conversationId, by)
    if (next) open.conversation(next)
    else if (by === 1 && found.hasNextPage) void found.fetchNextPage()
  }
  useKeys({
    j: () => step(1),
    arrowdown: (event) => {
      event.preventDefault()
      step(1)
    },
    k: () => step(-1),
    arrowup: (event) => {
      event.preventDefault()
      step(-1)
    },
  })

  return (
    <div
      className={styles['inbox']}
      data-open={conversationId ? 'true' : undefined}
      data-person={person ? 'true' : undefined}
    >
      <h1 className="unseen" tabIndex={-1} ref={heading}>
        {t('title')}
      </h1>
      <ConversationList
        filter={filter}
        narrow={open.filter}
        rows={rows}
        chosen={conversationId}
        failed={found.error}
        loading={found.isPending}
        retry={() => void found.refetch()}
        more={found.hasNextPage ? () => void found.fetchNextPage() : undefined}
      />
      {conversationId ? (
        <ConversationColumn
          key={conversationId}
          id={conversationId}
          filter={filter}
          personShown={person}
          togglePerson={togglePerson}
          next={() => step(1)}
          sent={setSent}
        />
      ) : (
        <p className={styles['unchosen']}>{rows.length > 0 ? t('empty.unchosen') : null}</p>
      )}
      {sent && 'until' in sent ? (
        <UndoBar key={sent.submissionId} sent={sent} over={over} open={open.conversation} />
      ) : null}
      {sent && 'known' in sent ? (
        <KnownBar key={sent.submissionId} sent={sent} over={over} open={open.conversation} />
      ) : null}
      {conversationId && person ? (
        <PersonColumn key={`person-${conversationId}`} id={conversationId} fold={togglePerson} />
      ) : null}
    </div>
  )
}

const folded = 'kontor.inbox.person'

/** Beside the conversation the choice is remembered; where it lies over the conversation it starts closed. */
function usePersonShown(): readonly [boolean, () => void] {
  const beside = useMediaQuery('(min-width: 1241px)', undefined, { getInitialValueInEffect: false })
  const [shown, show] = useState(() => localStorage.getItem(folded) !== 'folded')
  const [over, lay] = useState(false)
  if (!beside) return [over, () => lay(!over)]
  return [
    shown,
    () => {
      localStorage.setItem(folded, shown ? 'folded' : 'shown')
      show(!shown)
    },
  ]
}

interface Opener {
  readonly conversation: (id: string) => void
  readonly filter: (filter: InboxFilter) => void
}

/** Moves through the address; a narrowed list keeps the conversation that is open. */
function useOpener(filter: InboxFilter, open: string | undefined): Opener {
  const navigate = useNavigate()
  return {
    conversation: (conversationId) =>
      void navigate({ to: '/inbox/$conversationId', params: { conversationId }, search: { ...filter } }),
    filter: (next) =>
      void (open === undefined
        ? navigate({ to: '/inbox', search: { ...next }, replace: true })
        : navigate({
            to: '/inbox/$conversationId',
            params: { conversationId: open },
            search: { ...next },
            replace: true,
          })),
  }
}

/**
 * One conversation: who, in which campaign, who takes care; the whole history; the answer below it.
 * Marks it read once it is on the screen, and again when something arrives while it is open.
 */
import type { Conversation } from '@kontor/api/inbox'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../client/http.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { AnswerDesk } from './answer-desk.tsx'
import { useConversation } from './asks.ts'
import { ConversationActs, StateWord } from './conversation-acts.tsx'
import { History } from './history-list.tsx'
import type { InboxFilter } from './list.ts'
import { Suggestions } from './suggestions.tsx'
import { useStayAtEnd } from './stay-at-end.ts'
import { useWhispers } from './tells.ts'
import type { Sent } from './reply.tsx'
import styles from './inbox.module.css'

interface ColumnProps {
  readonly id: string
  readonly filter: InboxFilter
  readonly personShown: boolean
  readonly togglePerson: () => void
  /** Opens the next conversation of the list. */
  readonly next: () => void
  readonly sent: (sent: Sent) => void
}

export function ConversationColumn(props: ColumnProps): ReactElement {
  const { t } = useTranslation('inbox')
  const sentence = useProblemSentence()
  const found = useConversation(props.id)
  const gone = found.error instanceof ProblemError && [403, 404].includes(found.error.status)
  return (
    <section className={styles['conversation']} aria-label={found.data?.contactName ?? t('title')}>
      {found.data && !gone ? <Opened {...props} conversation={found.data} /> : null}
      {found.isPending ? (
        <div className={styles['none']}>
          <Loading />
        </div>
      ) : null}
      {found.error && (gone || !found.data) ? (
        <div className={styles['none']}>
          {gone ? (
            <EmptyState sentence={t('error.gone')} act={<BackLink filter={props.filter} />} />
          ) : (
            <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
          )}
        </div>
      ) : null}
    </section>
  )
}

function Opened(props: ColumnProps & { readonly conversation: Conversation }): ReactElement {
  const { t } = useTranslation('inbox')
  const { conversation } = props
  const whispers = useWhispers(props.id)
  const here = useHere()
  const scroller = useStayAtEnd(conversation.version)
  const { read } = whispers
  const latest = useRef(read)
  useEffect(() => {
    latest.current = read
  })
  useEffect(() => {
    latest.current(conversation.version)
  }, [conversation.version])
  return (
    <>
      <Head {...props} />
      <div
        className={styles['historyScroll']}
        ref={scroller}
        role="region"
        aria-label={t('conversation.history')}
        tabIndex={0}
      >
        <History conversation={conversation} />
      </div>
      <Suggestions conversation={conversation} />
      {here.may.act ? (
        <AnswerDesk
          key={props.id}
          conversation={conversation}
          whispers={whispers}
          sent={props.sent}
          next={props.next}
        />
      ) : null}
    </>
  )
}

function Head(props: ColumnProps & { readonly conversation: Conversation }): ReactElement {
  const { t } = useTranslation('inbox')
  const { conversation } = props
  const here = useHere()
  return (
    <header className={styles['head']}>
      <div className={styles['headBack']}>
        <BackLink filter={props.filter} />
      </div>
      <div className={styles['headTop']}>
        <h2 className={styles['name']}>{conversation.contactName}</h2>
        <p className={styles['about']}>
          {conversation.campaignId ? (
            <Link to="/campaigns/$campaignId" params={{ campaignId: conversation.campaignId }}>
              {conversation.campaignName}
            </Link>
          ) : (
            t('conversation.outside')
          )}
        </p>
        <div className={styles['headPerson']}>
          <Button look="quiet" onClick={props.togglePerson} aria-expanded={props.personShown}>
            {props.personShown ? t('conversation.hidePerson') : t('conversation.showPerson')}
          </Button>
        </div>
      </div>
      <div className={styles['headActs']}>
        {here.may.act ? (
          <ConversationActs conversation={conversation} next={props.next} />
        ) : (
          <StateWord conversation={conversation} />
        )}
        <p className={styles['presence']} role="status">
          {conversation.answering.length > 0
            ? t('conversation.answering', {
                count: conversation.answering.length,
                names: conversation.answering.join(', '),
              })
            : null}
        </p>
      </div>
    </header>
  )
}

function BackLink({ filter }: { readonly filter: InboxFilter }): ReactElement {
  const { t } = useTranslation('inbox')
  return (
    <Link to="/inbox" search={{ ...filter }}>
      {t('conversation.back')}
    </Link>
  )
}

/**
 * One conversation: who, in which campaign, who takes care; the whole history; the answer below it.
 * Marks it read once it is on the screen, and again when something arrives while it is open.
 */
import type { Conversation, TeamState } from '@kontor/api/inbox'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../client/http.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { Button } from '../ui/button.tsx'
import { Select } from '../ui/field.tsx'
import { useKeys } from '../ui/keys.ts'
import { EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { AnswerDesk } from './answer-desk.tsx'
import { useAssign, useConversation, useSetState, useTeam, useWhispers } from './asks.ts'
import { History } from './history-list.tsx'
import type { InboxFilter } from './list.ts'
import styles from './inbox.module.css'
import { useStayAtEnd } from './stay-at-end.ts'

interface ColumnProps {
  readonly id: string
  readonly filter: InboxFilter
  readonly personShown: boolean
  readonly togglePerson: () => void
  /** Opens the next conversation of the list. */
  readonly next: () => void
}

export function ConversationColumn(props: ColumnProps): ReactElement {
  const { t } = useTranslation('inbox')
  const sentence = useProblemSentence()
  const found = useConversation(props.id)
  const gone = found.error instanceof ProblemError && [403, 404].includes(found.error.status)
  return (
    <section className={styles['conversation']} aria-label={found.data?.contactName ?? t('title')}>
      {found.data ? <Opened {...props} conversation={found.data} /> : null}
      {found.isPending ? (
        <div className={styles['none']}>
          <Loading />
        </div>
      ) : null}
      {found.error && !found.data ? (
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
    latest.current()
  }, [conversation.version])
  return (
    <>
      <Head {...props} />
      <div className={styles['historyScroll']} ref={scroller}>
        <History conversation={conversation} />
      </div>
      {here.may.act ? (
        <AnswerDesk key={props.id} conversation={conversation} tellAnswering={whispers.answering} />
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
          <Acts conversation={conversation} next={props.next} />
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

function StateWord({ conversation }: { readonly conversation: Conversation }): ReactElement {
  const { t } = useTranslation('inbox')
  return <span className={styles['quietText']}>{t(`state.${conversation.teamState}`)}</span>
}

/** Done and assignee, by button and by key: E closes and turns to the next one, A goes to the assignee. */
function Acts({
  conversation,
  next,
}: {
  readonly conversation: Conversation
  readonly next: () => void
}): ReactElement {
  const { t } = useTranslation('inbox')
  const sentence = useProblemSentence()
  const state = useSetState(conversation.id)
  const assign = useAssign(conversation.id)
  const team = useTeam()
  const picker = useRef<HTMLDivElement>(null)
  const done = conversation.teamState === 'done'

  function turn(to: TeamState): void {
    state.mutate(to)
    if (to === 'done') next()
  }
  useKeys({
    e: () => turn('done'),
    a: (event) => {
      event.preventDefault()
      picker.current?.querySelector('select')?.focus()
    },
  })
  const failed = state.error ?? assign.error
  return (
    <>
      {failed ? (
        <span role="alert" className={styles['problemText']}>
          {t('conversation.stateFailed', { why: sentence(failed) })}
        </span>
      ) : null}
      <div ref={picker} className={styles['assignee']}>
        <span aria-hidden="true">{t('conversation.assignee')}</span>
        <Select
          label={t('conversation.assignee')}
          hideLabel
          compact
          value={conversation.assigneeId ?? ''}
          options={[{ value: '', label: t('conversation.nobody') }, ...assignees(conversation, team)]}
          onChoose={(personId) => assign.mutate(personId === '' ? null : personId)}
        />
      </div>
      <Button
        aria-keyshortcuts="e"
        busy={state.isPending}
        onClick={() => turn(done ? 'needs_reply' : 'done')}
      >
        {done ? t('conversation.reopen') : t('conversation.done')}
      </Button>
    </>
  )
}

/** Somebody who has left the team stays shown as long as the conversation is theirs. */
function assignees(
  conversation: Conversation,
  team: readonly { readonly personId: string; readonly name: string }[],
): { readonly value: string; readonly label: string }[] {
  const people = team.map((member) => ({ value: member.personId, label: member.name }))
  const { assigneeId, assigneeName } = conversation
  if (!assigneeId || people.some((person) => person.value === assigneeId)) return people
  return [...people, { value: assigneeId, label: assigneeName ?? assigneeId }]
}

function BackLink({ filter }: { readonly filter: InboxFilter }): ReactElement {
  const { t } = useTranslation('inbox')
  return (
    <Link to="/inbox" search={{ ...filter }}>
      {t('conversation.back')}
    </Link>
  )
}

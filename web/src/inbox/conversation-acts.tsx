/**
 * What the team does with a conversation, by button and by key: E done and on to the next, A assign, H snooze, U unread.
 */
import type { Conversation, TeamState } from '@kontor/api/inbox'
import { useRef, useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { LaterMenu } from '../parts/composer/later-menu.tsx'
import { Button } from '../ui/button.tsx'
import { Select } from '../ui/field.tsx'
import { useKeys } from '../ui/keys.ts'
import { Kebab, Menu } from '../ui/overlay.tsx'
import { useTeam } from './asks.ts'
import { useAssign, useMarkUnread, useSetState, useSnooze, useWithdraw } from './tells.ts'
import styles from './inbox.module.css'

export function StateWord({ conversation }: { readonly conversation: Conversation }): ReactElement {
  const { t } = useTranslation('inbox')
  return <span className={styles['quietText']}>{t(`state.${conversation.teamState}`)}</span>
}

interface ActsProps {
  readonly conversation: Conversation
  readonly next: () => void
}

export function ConversationActs({ conversation, next }: ActsProps): ReactElement {
  const { t } = useTranslation('inbox')
  const sentence = useProblemSentence()
  const times = useTimes()
  const state = useSetState(conversation.id)
  const assign = useAssign(conversation.id)
  const snooze = useSnooze(conversation.id)
  const withdraw = useWithdraw(conversation.id)
  const unread = useMarkUnread(conversation.id)
  const team = useTeam().filter((member) => member.role !== 'viewer')
  const picker = useRef<HTMLDivElement>(null)
  const [snoozing, setSnoozing] = useState(false)
  const done = conversation.teamState === 'done'
  const asleep = conversation.snoozedUntil

  function turn(to: TeamState): void {
    state.mutate(to)
    if (to === 'done') next()
  }
  function leaveUnread(): void {
    unread.mutate()
    next()
  }
  useKeys({
    e: () => turn('done'),
    h: (event) => {
      event.preventDefault()
      setSnoozing(true)
    },
    u: leaveUnread,
    a: (event) => {
      event.preventDefault()
      picker.current?.querySelector('select')?.focus()
    },
  })
  const failed = state.error ?? assign.error ?? snooze.error ?? withdraw.error ?? unread.error
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
      <LaterMenu
        title={t('snooze.title')}
        opened={snoozing}
        onOpened={setSnoozing}
        position="bottom-end"
        first={asleep ? [{ label: t('snooze.wake'), act: () => snooze.mutate(undefined) }] : []}
        choose={(at) => {
          snooze.mutate(at)
          next()
        }}
        target={
          <Button aria-keyshortcuts="h" busy={snooze.isPending}>
            {asleep ? t('snooze.until', { when: times.short(asleep) }) : t('snooze.open')}
          </Button>
        }
      />
      <Button
        aria-keyshortcuts="e"
        busy={state.isPending}
        onClick={() => turn(done ? 'needs_reply' : 'done')}
      >
        {done ? t('conversation.reopen') : t('conversation.done')}
      </Button>
      <Menu
        target={
          <Button look="tool" aria-label={t('conversation.more')} title={t('conversation.more')}>
            <Kebab />
          </Button>
        }
        groups={[
          [{ label: t('conversation.unread'), act: leaveUnread }],
          conversation.mayWithdraw
            ? [
                conversation.withdrawn
                  ? { label: t('conversation.giveBack'), act: () => withdraw.mutate(false) }
                  : { label: t('conversation.withdraw'), act: () => withdraw.mutate(true) },
              ]
            : [],
        ]}
      />
      {conversation.withdrawn ? (
        <span className={styles['quietText']}>{t('conversation.withdrawn')}</span>
      ) : null}
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

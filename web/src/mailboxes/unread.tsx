/** Messages of our conversations that could not be read: who wrote, why, what happens next, and a way to ask again. */
import type { Mailbox, Unread } from '@kontor/api/mailboxes'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { Note } from '../ui/form.tsx'
import { Section } from '../ui/page.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { Timetable, TimetableRow } from '../ui/timetable.tsx'
import { useUnread, useUnreadAct } from './asks-privacy.ts'
import styles from './mailboxes.module.css'

export function UnreadMessages({ mailbox }: { readonly mailbox: Mailbox }): ReactElement | null {
  const { t } = useTranslation('mailbox')
  const sentence = useProblemSentence()
  const times = useTimes(mailbox.zone)
  const unread = useUnread(mailbox.id)
  const act = useUnreadAct(mailbox.id)
  const rows = unread.data ?? []
  if (rows.length === 0) return null
  return (
    <Section
      title={t('unread.title', { count: rows.length })}
      id="unread"
      acts={
        mailbox.maySteer ? (
          <>
            <Button busy={act.isPending} onClick={() => act.mutate('again')}>
              {t('unread.again')}
            </Button>
            <Button look="quiet" busy={act.isPending} onClick={() => act.mutate('leave')}>
              {t('unread.leave')}
            </Button>
          </>
        ) : null
      }
    >
      <div className={styles['firstNote']}>
        <Note>{t('unread.sentence')}</Note>
      </div>
      {act.error ? <ProblemBanner sentence={sentence(act.error)} /> : null}
      <Timetable label={t('unread.title', { count: rows.length })}>
        {rows.map((row) => (
          <TimetableRow key={`${row.firstAt} ${row.contactId}`} gutter={times.gutter(row.firstAt)}>
            <Who row={row} /> {t(`unread.why.${row.reason}`)}{' '}
            {row.nextAt ? t('unread.next', { when: times.about(row.nextAt) }) : t('unread.asks')}
          </TimetableRow>
        ))}
      </Timetable>
    </Section>
  )
}

function Who({ row }: { readonly row: Unread }): ReactElement {
  const { t } = useTranslation('mailbox')
  if (row.contactId === undefined) return <>{t('unread.somebody')}:</>
  return (
    <>
      <Link to="/influencers/$contactId" params={{ contactId: row.contactId }}>
        {row.contactName}
      </Link>
      :
    </>
  )
}

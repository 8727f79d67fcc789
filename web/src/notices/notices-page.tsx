/** What the person was told, newest first: each line leads to where something can be done about it. */
import type { Notice } from '@kontor/api/notices'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { noticeHref, useNoticeSentence } from '../parts/notice-sentence.ts'
import { Button } from '../ui/button.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Page } from '../ui/page.tsx'
import { EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { Timetable, TimetableRow } from '../ui/timetable.tsx'
import { useNoticeReading, useNotices } from './asks.ts'
import styles from './notices.module.css'

export function NoticesPage(): ReactElement {
  const { t } = useTranslation('notices')
  const sentence = useProblemSentence()
  const notices = useNotices()
  const read = useNoticeReading()
  const rows = notices.data?.pages.flatMap((page) => page.rows) ?? []
  const open = rows.some((notice) => !notice.read && !notice.settled)
  const failed = notices.error ?? read.error
  return (
    <Page
      title={t('title')}
      width="narrow"
      acts={
        <>
          {open ? (
            <Button look="link" busy={read.isPending} onClick={() => read.mutate(undefined)}>
              {t('readAll')}
            </Button>
          ) : null}
          <Link to="/settings/notifications" className={styles['choose']}>
            {t('choose')}
          </Link>
        </>
      }
    >
      {failed ? <ProblemBanner sentence={sentence(failed)} retry={() => void notices.refetch()} /> : null}
      {notices.isPending ? <Loading /> : null}
      {notices.data && rows.length === 0 ? <EmptyState sentence={t('empty')} /> : null}
      <Timetable label={t('title')}>
        {rows.map((notice) => (
          <NoticeRow key={notice.id} notice={notice} read={() => read.mutate(notice.id)} />
        ))}
      </Timetable>
      <MoreRows of={notices} className={styles['more']} />
    </Page>
  )
}

function NoticeRow({ notice, read }: { readonly notice: Notice; readonly read: () => void }): ReactElement {
  const { t } = useTranslation('notices')
  const times = useTimes()
  const sentence = useNoticeSentence()(notice)
  const fresh = !notice.read && !notice.settled
  return (
    <TimetableRow gutter={times.gutter(notice.at)} past={!fresh} height="tall">
      <div className={styles['notice']} data-fresh={fresh ? 'true' : undefined}>
        <Link to={noticeHref(notice)} onClick={fresh ? read : undefined}>
          {sentence}
        </Link>
        {notice.settled ? <small>{t('settled')}</small> : null}
        {fresh ? <span className="unseen">{t('unread')}</span> : null}
      </div>
    </TimetableRow>
  )
}

/** The people of a launch by when their next follow-up is due; those of whom a person is reminded come first. */
import type { Course, Followed } from '@kontor/api/follow-ups'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../../client/language.ts'
import { useProblemSentence } from '../../client/problem.ts'
import { useHere } from '../../client/session.ts'
import { Button } from '../../ui/button.tsx'
import { MoreRows } from '../../ui/more-rows.tsx'
import { Kebab, Menu } from '../../ui/overlay.tsx'
import { Loading, ProblemBanner } from '../../ui/states.tsx'
import { Timetable, TimetableRow } from '../../ui/timetable.tsx'
import { useCourses, useEndFollowUps } from './follow-up-asks.ts'
import { useCourseSentence } from './course-sentence.ts'
import { SendReminded } from './send-reminded.tsx'
import styles from './follow-ups.module.css'

export function CoursePeople({ launch }: { readonly launch: Followed }): ReactElement {
  const { t } = useTranslation('followups')
  const here = useHere()
  const sentence = useProblemSentence()
  const found = useCourses(launch.launchId, undefined)
  const end = useEndFollowUps(launch.launchId)
  const [writing, write] = useState<readonly Course[]>()
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? []
  const reminders = rows.filter(({ state }) => state === 'reminder')
  const failed = found.error ?? end.error
  return (
    <>
      {failed ? <ProblemBanner sentence={sentence(failed)} retry={() => void found.refetch()} /> : null}
      {found.isPending ? <Loading /> : null}
      {here.may.act && reminders.length > 1 ? (
        <div className={styles['remindBar']}>
          <span>{t('remind.sentence', { count: reminders.length })}</span>
          <Button onClick={() => write(reminders)}>{t('remind.write', { count: reminders.length })}</Button>
        </div>
      ) : null}
      <Timetable label={t('list.people')}>
        {rows.map((course) => (
          <CourseRow
            key={course.id}
            course={course}
            busy={end.isPending}
            end={(why) => end.mutate({ why, ids: [course.id] })}
            write={() => write([course])}
          />
        ))}
      </Timetable>
      <MoreRows of={found} className={styles['more']} />
      {writing ? <SendReminded launch={launch} courses={writing} close={() => write(undefined)} /> : null}
    </>
  )
}

function CourseRow(props: {
  readonly course: Course
  readonly busy: boolean
  readonly end: (why: 'stopped' | 'answered') => void
  readonly write: () => void
}): ReactElement {
  const { t } = useTranslation('followups')
  const here = useHere()
  const times = useTimes()
  const say = useCourseSentence()
  const { course } = props
  const { state, dueAt, settledAt, name, address, conversationId } = course
  const at = state === 'waiting' || state === 'reminder' ? dueAt : settledAt
  const open = state === 'waiting' || state === 'reminder'
  return (
    <TimetableRow gutter={at ? times.gutter(at) : null} past={!open} height="tall">
      <div className={styles['course']} data-state={state}>
        <span>
          <Link to="/influencers/$contactId" params={{ contactId: course.contactId }}>
            {name || address}
          </Link>
          <small>{say(course)}</small>
        </span>
        {open && here.may.act ? (
          <span className={styles['courseActs']}>
            {state === 'reminder' ? (
              <>
                <Button look="quiet" onClick={props.write}>
                  {t('act.write')}
                </Button>
                <Button look="quiet" busy={props.busy} onClick={() => props.end('answered')}>
                  {t('act.answered')}
                </Button>
              </>
            ) : null}
            <Menu
              target={
                <Button look="tool" aria-label={t('act.more', { name: name || address })}>
                  <Kebab />
                </Button>
              }
              groups={[
                [
                  ...(state === 'waiting'
                    ? [{ label: t('act.answered'), act: () => props.end('answered') }]
                    : []),
                  { label: t('act.stop'), act: () => props.end('stopped') },
                ],
              ]}
            />
          </span>
        ) : conversationId ? (
          <span className={styles['courseActs']}>
            <Link to="/inbox/$conversationId" params={{ conversationId }}>
              {t('act.conversation')}
            </Link>
          </span>
        ) : null}
      </div>
    </TimetableRow>
  )
}

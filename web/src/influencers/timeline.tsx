/** Every conversation with one person on one time line: the future in ink on top, the past in grey below. */
import type { TimelineEntry } from '@kontor/api/contacts'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useReasonSentence } from '../parts/reason.ts'
import { EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { Timetable, TimetableRow } from '../ui/timetable.tsx'
import { useTimeline } from './asks.ts'
import styles from './influencers.module.css'
import { entryWord, newestFirst } from './timeline-view.ts'

export function PersonTimeline({ contactId }: { readonly contactId: string }): ReactElement {
  const { t } = useTranslation('influencers')
  const sentence = useProblemSentence()
  const found = useTimeline(contactId)
  if (found.isPending) return <Loading />
  if (!found.data)
    return <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
  if (found.data.length === 0) return <EmptyState sentence={t('person.timelineEmpty')} />
  return (
    <Timetable label={t('person.timeline')}>
      {newestFirst(found.data).map((entry) => (
        <Entry key={`${entry.at}.${entry.kind}.${entry.title}`} entry={entry} />
      ))}
    </Timetable>
  )
}

function Entry({ entry }: { readonly entry: TimelineEntry }): ReactElement {
  const { t } = useTranslation('influencers')
  const times = useTimes()
  const why = useReasonSentence()
  const word = entryWord(entry)
  const title = entry.title || entry.campaignName
  return (
    <TimetableRow
      gutter={
        <time dateTime={entry.at} title={times.full(entry.at)}>
          {times.gutter(entry.at)}
        </time>
      }
      past={!entry.future}
      linked={entry.conversationId !== undefined}
    >
      <div className={styles['entry']}>
        <span className={styles['entryWord']}>{t(word)}</span>
        <span className={styles['entryTitle']}>
          {entry.conversationId ? (
            <Link
              to="/inbox/$conversationId"
              params={{ conversationId: entry.conversationId }}
              className={styles['entryLink']}
            >
              {title}
            </Link>
          ) : (
            title
          )}
        </span>
        {entry.campaignName && entry.campaignName !== title ? (
          <span className={styles['entryCampaign']}>{entry.campaignName}</span>
        ) : null}
        {entry.future ? (
          <span className={styles['entryWhen']}>
            {[
              entry.expectedAt ? `${times.about(entry.expectedAt)}.` : '',
              entry.reason ? why(entry.reason) : '',
            ]
              .filter(Boolean)
              .join(' ')}
          </span>
        ) : null}
      </div>
    </TimetableRow>
  )
}

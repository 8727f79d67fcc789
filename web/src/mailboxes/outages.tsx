/** What was checked after each outage: from when to when, what was found, and what is still missing. */
import type { Mailbox, OutageReport } from '@kontor/api/mailboxes'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import type { Times } from '../client/time.ts'
import { Note } from '../ui/form.tsx'
import { Section } from '../ui/page.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { Timetable, TimetableRow } from '../ui/timetable.tsx'
import { useOutages } from './asks.ts'
import styles from './mailboxes.module.css'

export function Outages({ mailbox }: { readonly mailbox: Mailbox }): ReactElement | null {
  const { t } = useTranslation('mailbox')
  const sentence = useProblemSentence()
  const times = useTimes(mailbox.zone)
  const outages = useOutages(mailbox.id)
  if (mailbox.level === 'send_only') return null
  const reports = outages.data ?? []
  return (
    <Section title={t('outages.title')} id="outages">
      {outages.error ? (
        <ProblemBanner sentence={sentence(outages.error)} retry={() => void outages.refetch()} />
      ) : null}
      {outages.data && reports.length === 0 ? (
        <div className={styles['firstNote']}>
          <Note>{t('outages.empty')}</Note>
        </div>
      ) : null}
      <Timetable label={t('outages.title')}>
        {reports.map((report) => (
          <TimetableRow key={report.id} gutter={times.gutter(report.to)} past={report.complete}>
            <Report report={report} times={times} />
          </TimetableRow>
        ))}
      </Timetable>
    </Section>
  )
}

function Report({ report, times }: { readonly report: OutageReport; readonly times: Times }): ReactElement {
  const { t } = useTranslation('mailbox')
  const { from: began, to: ended, recovered: count, setAside, complete, reason, heldBy } = report
  const sameDay = times.dayKey(began) === times.dayKey(ended)
  const span = { from: times.short(began), to: sameDay ? times.clock(ended) : times.short(ended) }
  if (!complete) {
    const why = heldBy === undefined ? '' : t(`outages.heldBy.${heldBy}`)
    return <>{[t(`outages.open.${reason}`, { ...span, count }), why].filter(Boolean).join(' ')}</>
  }
  if (reason === 'earlier') return <>{t('outages.earlier', { from: times.full(began), count })}</>
  const found = setAside > 0 ? t('outages.found', { ...span, count }) : t('outages.line', { ...span, count })
  const rest = setAside > 0 ? t('outages.unread', { count: setAside }) : ''
  return <>{[found, rest].filter(Boolean).join(' ')}</>
}

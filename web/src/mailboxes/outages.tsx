/** After an outage: what was checked, and what was recovered. */
import type { Mailbox } from '@kontor/api/mailboxes'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
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
        <div className={styles['stack']} style={{ paddingTop: 12 }}>
          <Note>{t('outages.empty')}</Note>
        </div>
      ) : null}
      <Timetable label={t('outages.title')}>
        {reports.map((report) => (
          <TimetableRow key={report.id} gutter={times.gutter(report.to)} past>
            {t(report.complete ? 'outages.line' : 'outages.open', {
              from: times.short(report.from),
              to: times.short(report.to),
              count: report.recovered,
            })}
          </TimetableRow>
        ))}
      </Timetable>
    </Section>
  )
}

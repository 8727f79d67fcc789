/** Workspace → Logs: who did what, newest first, under the headings of the days. Only owners and admins see it. */
import type { ActivityEntry } from '@kontor/api/activity'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { byDay } from '../parts/by-day.ts'
import { WorkspaceTabs } from '../parts/workspace-tabs.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Page } from '../ui/page.tsx'
import { EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { DayHead, Timetable, TimetableRow } from '../ui/timetable.tsx'
import styles from './activity.module.css'
import { useActivity } from './asks.ts'
import { inOneGo } from './in-one-go.ts'
import { roleIn, valuesOf } from './values.ts'

export function ActivityPage(): ReactElement {
  const { t } = useTranslation('activity')
  const here = useHere()
  const times = useTimes()
  const sentence = useProblemSentence()
  const found = useActivity()
  const rows = inOneGo(found.data?.pages.flatMap((page) => page.rows) ?? [])
  return (
    <Page title={here.name} meta={t('title')}>
      <WorkspaceTabs />
      {here.may.steer ? null : <EmptyState sentence={t('onlyAdmins')} />}
      {found.error ? (
        <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
      ) : null}
      {here.may.steer && found.isPending ? <Loading /> : null}
      {found.data && rows.length === 0 ? <EmptyState sentence={t('empty')} /> : null}
      <Timetable label={t('title')}>
        {byDay(rows, (row) => times.dayKey(row.at)).flatMap((group) => [
          <DayHead key={group.day} title={times.day(group.rows[0]?.at ?? '')} />,
          ...group.rows.map((entry) => <Deed key={entry.id} entry={entry} clock={times.clock(entry.at)} />),
        ])}
      </Timetable>
      <MoreRows of={found} className={styles['more']} />
    </Page>
  )
}

function Deed({ entry, clock }: { readonly entry: ActivityEntry; readonly clock: string }): ReactElement {
  return (
    <TimetableRow gutter={clock} past>
      <span className={styles['deed']}>
        <strong>{entry.actor}</strong> {useDeedSentence(entry)}
      </span>
    </TimetableRow>
  )
}

function useDeedSentence(entry: ActivityEntry): string {
  const { t } = useTranslation('activity')
  const { subject, count, from, to } = valuesOf(entry)
  const roleWord = (code: string | undefined): string | undefined => {
    const role = roleIn(code)
    return role && t(`role.${role}`)
  }
  if (entry.action === 'workspace.started')
    return t(subject === 'real' ? 'did.workspace.started_real' : 'did.workspace.started_practice')
  return t(`did.${entry.action}`, {
    subject,
    count,
    from: roleWord(from) ?? from,
    to: roleWord(to) ?? to ?? t('nobody'),
    role: roleWord(subject) ?? subject,
    setting: settings.includes(subject as Setting) ? t(`setting.${subject as Setting}`) : subject,
  })
}

const settings = ['google', 'googlePush', 'microsoft', 'publicAddress', 'systemMail', 'support'] as const
type Setting = (typeof settings)[number]

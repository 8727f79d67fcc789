/** Workspace → Team: who is here in which role, and invitations by link. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { WorkspaceTabs } from '../parts/workspace-tabs.tsx'
import { Note } from '../ui/form.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Loading, ProblemBanner } from '../ui/states.tsx'
import { Timetable } from '../ui/timetable.tsx'
import { useTeam } from './asks.ts'
import { Invitations } from './invitations.tsx'
import { MemberRow } from './member-row.tsx'

export function TeamPage(): ReactElement {
  const { t } = useTranslation('team')
  const here = useHere()
  const sentence = useProblemSentence()
  const team = useTeam()
  return (
    <Page title={here.name} meta={t('tab')}>
      <WorkspaceTabs />
      <Section title={t('members')}>
        {team.isPending ? <Loading /> : null}
        {team.error ? (
          <ProblemBanner sentence={sentence(team.error)} retry={() => void team.refetch()} />
        ) : null}
        <Timetable label={t('members')}>
          {(team.data ?? []).map((member) => (
            <MemberRow key={member.personId} member={member} />
          ))}
        </Timetable>
      </Section>
      {here.may.steer ? <Invitations /> : <Note>{t('onlyAdmins')}</Note>}
    </Page>
  )
}

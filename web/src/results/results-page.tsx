/** Results: what campaigns came to, and what each mailbox sent and got back. Sentences and small tables, no gauges. */
import { Results } from '@kontor/api/results'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../client/http.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { ButtonLink } from '../ui/button.tsx'
import { Page, Section } from '../ui/page.tsx'
import { EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { CampaignFigures } from './campaign-figures.tsx'
import { MailboxFigures } from './mailbox-figures.tsx'
import styles from './results.module.css'

export function ResultsPage(): ReactElement {
  const { t } = useTranslation('results')
  const here = useHere()
  const sentence = useProblemSentence()
  const found = useQuery({
    queryKey: here.key('results'),
    queryFn: ({ signal }) => api.get(here.path('/results'), Results, signal),
  })
  const figures = found.data
  return (
    <Page title={t('title')} width="full">
      {found.error && !figures ? (
        <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
      ) : null}
      {found.isPending ? <Loading /> : null}
      {figures && figures.campaigns.length === 0 && figures.mailboxes.length === 0 ? (
        <EmptyState sentence={t('empty')} act={<ButtonLink to="/campaigns">{t('emptyAct')}</ButtonLink>} />
      ) : null}
      {figures && figures.campaigns.length > 0 ? <CampaignFigures campaigns={figures.campaigns} /> : null}
      {figures && figures.mailboxes.length > 0 ? (
        <Section title={t('mailboxes', { count: figures.mailboxes[0]?.days.length ?? 0 })}>
          <MailboxFigures mailboxes={figures.mailboxes} />
        </Section>
      ) : null}
      {figures && figures.campaigns.length > 0 && figures.mailboxes.length === 0 ? (
        <p className={styles['note']}>{t('noMailbox')}</p>
      ) : null}
    </Page>
  )
}

/** Every follow-up that is still to come, over all campaigns and outside them; those to decide on come first in each. */
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { FollowedList } from '../parts/follow-ups/followed-list.tsx'
import { useFollowed } from '../parts/follow-ups/follow-up-asks.ts'
import { Page } from '../ui/page.tsx'
import { EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'

export function FollowUpsPage(): ReactElement {
  const { t } = useTranslation('followups')
  const sentence = useProblemSentence()
  const found = useFollowed(undefined)
  return (
    <Page title={t('title')} back={<Link to="/outbox">{t('back')}</Link>}>
      {found.error ? (
        <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
      ) : null}
      {found.isPending ? <Loading /> : null}
      {found.data?.length === 0 ? <EmptyState sentence={t('list.empty')} /> : null}
      <FollowedList rows={found.data ?? []} naming="campaign" />
    </Page>
  )
}

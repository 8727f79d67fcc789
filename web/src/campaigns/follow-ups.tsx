/** What follows the mails of a campaign: each launch with its follow-ups and people, and one act that stops them all. */
import type { Campaign } from '@kontor/api/campaigns'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { FollowedList } from '../parts/follow-ups/followed-list.tsx'
import { useEndInCampaign, useFollowed } from '../parts/follow-ups/follow-up-asks.ts'
import { Button } from '../ui/button.tsx'
import { StopAll } from '../parts/follow-ups/stop-all.tsx'
import { EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'

export function FollowUps({ campaign }: { readonly campaign: Campaign }): ReactElement {
  const { t } = useTranslation('followups')
  const here = useHere()
  const sentence = useProblemSentence()
  const found = useFollowed(campaign.id)
  const end = useEndInCampaign(campaign.id)
  const [asking, ask] = useState(false)
  const rows = found.data ?? []
  const open = rows.reduce((sum, { counts }) => sum + counts.waiting + counts.reminder, 0)
  const several = rows.filter(({ counts }) => counts.waiting + counts.reminder > 0).length > 1
  const stopAll = t('stopCampaign', { count: open })
  return (
    <>
      {found.error ? (
        <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
      ) : null}
      {found.isPending ? <Loading /> : null}
      {found.data && rows.length === 0 ? <EmptyState sentence={t('list.emptyCampaign')} /> : null}
      {several && here.may.act ? (
        <p>
          <Button onClick={() => ask(true)}>{stopAll}</Button>
        </p>
      ) : null}
      <FollowedList rows={rows} naming="nothing" />
      {asking ? <StopAll act={stopAll} count={open} stop={end} close={() => ask(false)} /> : null}
    </>
  )
}

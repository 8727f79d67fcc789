/** Sending the gathered decisions: the same plan as for invitations, approvals before rejections as ranks have it. */
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { freshKey } from '../client/clock.ts'
import { useHere } from '../client/session.ts'
import { LastLaunch } from '../parts/last-launch.tsx'
import { longPlanDays, planLength } from '../parts/plan-view.ts'
import { SendingPlan } from '../parts/sending-plan.tsx'
import { ButtonLink } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { EmptyState, Loading } from '../ui/states.tsx'
import { PromisedBy } from './promised-by.tsx'
import { useApplications, useDecisionsPlan, useSendDecisions, useSenders } from './asks.ts'
import { tally } from './desk.ts'

export function DecisionsPage({ campaignId }: { readonly campaignId: string }): ReactElement {
  const { t } = useTranslation('applications')
  const here = useHere()
  const found = useApplications(campaignId)
  const counts = tally(found.data ?? [])
  const count = counts.approved + counts.rejected
  const [mailboxId, choose] = useState<string>()
  const [key] = useState(freshKey)
  const send = useSendDecisions(campaignId)
  const [promised, promise] = useState('')
  const wish = { ...(mailboxId ? { mailboxId } : {}), ...(promised ? { promisedFor: promised } : {}) }
  const plan = useDecisionsPlan(campaignId, wish, count > 0 && !send.isSuccess)
  const senders = useSenders()
  const offered = plan.data !== undefined && planLength(plan.data.days) > longPlanDays
  const back = (
    <ButtonLink to="/campaigns/$campaignId/applications" params={{ campaignId }}>
      {t('plan.back')}
    </ButtonLink>
  )
  const nothing = found.data !== undefined && count === 0 && !send.isSuccess
  return (
    <Page
      title={count > 0 ? t('plan.heading', { count }) : t('title')}
      back={
        <Link to="/campaigns/$campaignId/applications" params={{ campaignId }}>
          {t('plan.back')}
        </Link>
      }
    >
      {found.isPending ? <Loading /> : null}
      {nothing || !here.may.act ? (
        <>
          <EmptyState sentence={t('plan.none')} act={back} />
          <LastLaunch campaignId={campaignId} />
        </>
      ) : null}
      {found.data && !nothing && here.may.act ? (
        <SendingPlan
          what="decision"
          plan={plan}
          question={{
            path: `/campaigns/${campaignId}/decisions/plan`,
            wish: promised ? { promisedFor: promised } : {},
          }}
          senders={senders}
          chosen={mailboxId}
          choose={choose}
          schedule={() => send.mutate({ key, ...wish })}
          scheduling={send.isPending}
          refused={send.error}
          scheduled={send.data}
          done={back}
        >
          <PromisedBy day={promised} offered={offered} choose={promise} />
        </SendingPlan>
      ) : null}
    </Page>
  )
}

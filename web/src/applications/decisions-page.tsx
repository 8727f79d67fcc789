/** Sending the gathered decisions: the same plan as for invitations, approvals before rejections as ranks have it. */
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { freshKey } from '../client/clock.ts'
import { useHere } from '../client/session.ts'
import { SendingPlan } from '../parts/sending-plan.tsx'
import { ButtonLink } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { EmptyState, Loading } from '../ui/states.tsx'
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
  const plan = useDecisionsPlan(campaignId, mailboxId, count > 0 && !send.isSuccess)
  const senders = useSenders()
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
      {nothing || !here.may.act ? <EmptyState sentence={t('plan.none')} act={back} /> : null}
      {found.data && !nothing && here.may.act ? (
        <SendingPlan
          what="decision"
          plan={plan.data}
          question={{ path: `/campaigns/${campaignId}/decisions/plan`, wish: {} }}
          failed={plan.error}
          retry={() => void plan.refetch()}
          senders={senders}
          choose={choose}
          schedule={() => send.mutate({ key, ...(mailboxId ? { mailboxId } : {}) })}
          scheduling={send.isPending}
          refused={send.error}
          scheduled={send.data}
          done={back}
        />
      ) : null}
    </Page>
  )
}

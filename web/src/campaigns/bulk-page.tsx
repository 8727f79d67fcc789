/** One message to the selected people of a campaign. */
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useHere } from '../client/session.ts'
import { BulkMessage } from '../parts/bulk-message.tsx'
import { LastLaunch } from '../parts/last-launch.tsx'
import { audienceOf, useSelection } from '../parts/selection.ts'
import { ButtonLink } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { EmptyState, Loading } from '../ui/states.tsx'
import type { PeopleQuery } from './asks.ts'
import { useCampaign } from './asks.ts'

interface BulkPageProps {
  readonly campaignId: string
  readonly step: 'write' | 'plan'
}

export function BulkPage({ campaignId, step }: BulkPageProps): ReactElement {
  const { t } = useTranslation('bulk')
  const here = useHere()
  const found = useCampaign(campaignId)
  const selection = useSelection<PeopleQuery>(campaignId)
  const [people] = useState(selection)
  const campaign = found.data
  const toCampaign = (
    <ButtonLink to="/campaigns/$campaignId" params={{ campaignId }}>
      {t('backToCampaign')}
    </ButtonLink>
  )
  return (
    <Page
      title={t('title', { count: people.count })}
      back={
        step === 'plan' ? (
          <Link to="/campaigns/$campaignId/message" params={{ campaignId }}>
            {t('backToText')}
          </Link>
        ) : (
          <Link to="/campaigns/$campaignId" params={{ campaignId }}>
            {campaign?.name ?? t('backToCampaign')}
          </Link>
        )
      }
    >
      {found.isPending ? <Loading /> : null}
      {people.count === 0 || !here.may.act ? (
        <>
          <EmptyState sentence={t('nobody')} act={toCampaign} />
          <LastLaunch campaignId={campaignId} kind="bulk" />
        </>
      ) : campaign ? (
        <BulkMessage
          campaignId={campaignId}
          mailboxId={campaign.mailboxId}
          audience={audienceOf(people.chosen)}
          step={step}
          draftName={`message.${campaignId}`}
          scheduled={selection.clear}
          done={toCampaign}
        />
      ) : null}
    </Page>
  )
}

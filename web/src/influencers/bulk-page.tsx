/** One message to the selected influencers, outside any campaign. */
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
import { EmptyState } from '../ui/states.tsx'
import type { ContactFilter } from './asks.ts'

export function BulkPage({ step }: { readonly step: 'write' | 'plan' }): ReactElement {
  const { t } = useTranslation('bulk')
  const here = useHere()
  const selection = useSelection<ContactFilter>('contacts')
  const [people] = useState(selection)
  const toList = <ButtonLink to="/influencers">{t('backToList')}</ButtonLink>
  return (
    <Page
      title={t('title', { count: people.count })}
      back={
        step === 'plan' ? (
          <Link to="/influencers/message">{t('backToText')}</Link>
        ) : (
          <Link to="/influencers">{t('backToList')}</Link>
        )
      }
    >
      {people.count === 0 || !here.may.act ? (
        <>
          <EmptyState sentence={t('nobodyInList')} act={toList} />
          <LastLaunch kind="bulk" />
        </>
      ) : (
        <BulkMessage
          audience={audienceOf(people.chosen)}
          step={step}
          draftName="message.contacts"
          scheduled={selection.clear}
          done={toList}
        />
      )}
    </Page>
  )
}

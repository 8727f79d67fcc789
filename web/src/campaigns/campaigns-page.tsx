/** All campaigns, newest first, each with the figures that matter for the next step. */
import type { Campaign } from '@kontor/api/campaigns'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage, useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { localeOf } from '../client/time.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { useCampaigns } from './asks.ts'
import styles from './campaigns.module.css'
import { NewCampaign } from './new-campaign.tsx'
import { reached } from '../parts/reached.ts'

const columns = ['invited', 'applied', 'approved', 'waiting'] as const

export function CampaignsPage(): ReactElement {
  const { t } = useTranslation('campaigns')
  const sentence = useProblemSentence()
  const here = useHere()
  const navigate = useNavigate()
  const found = useCampaigns()
  const [adding, setAdding] = useState(false)
  const add = here.may.act ? (
    <Button look="primary" onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  ) : null
  const empty = found.data?.length === 0
  return (
    <Page title={t('title')} acts={empty ? null : add}>
      {found.error && !found.data ? (
        <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
      ) : null}
      {found.isPending ? <Loading /> : null}
      {empty ? <EmptyState sentence={t('list.empty')} act={add} /> : null}
      {found.data && found.data.length > 0 ? <CampaignTable campaigns={found.data} /> : null}
      <NewCampaign
        opened={adding}
        close={() => setAdding(false)}
        created={(campaignId) =>
          void navigate({ to: '/campaigns/$campaignId/$tab', params: { campaignId, tab: 'brief' } })
        }
      />
    </Page>
  )
}

function CampaignTable({ campaigns }: { readonly campaigns: readonly Campaign[] }): ReactElement {
  const { t } = useTranslation('campaigns')
  return (
    <div className={styles['tableWrap']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col" className={styles['gutter']}>
              {t('list.created')}
            </th>
            <th scope="col">{t('list.name')}</th>
            <th scope="col">{t('list.status')}</th>
            {columns.map((column) => (
              <th key={column} scope="col" className={styles['figure']}>
                {t(`list.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {campaigns.map((campaign) => (
            <CampaignRow key={campaign.id} campaign={campaign} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function CampaignRow({ campaign }: { readonly campaign: Campaign }): ReactElement {
  const { t } = useTranslation('campaigns')
  const times = useTimes()
  const number = new Intl.NumberFormat(localeOf(useLanguage()))
  const figures = { ...reached(campaign.counts), waiting: campaign.waiting }
  return (
    <tr className={styles['linkedRow']} data-past={campaign.status === 'closed' ? 'true' : undefined}>
      <td className={styles['gutter']}>
        <time dateTime={campaign.createdAt}>{times.gutter(campaign.createdAt)}</time>
      </td>
      <th scope="row">
        <Link to="/campaigns/$campaignId" params={{ campaignId: campaign.id }} className={styles['rowLink']}>
          {campaign.name}
        </Link>
      </th>
      <td>{t(`status.${campaign.status}`)}</td>
      {columns.map((column) => (
        <td key={column} className={styles['figure']} data-zero={figures[column] === 0 ? 'true' : undefined}>
          {number.format(figures[column])}
        </td>
      ))}
    </tr>
  )
}

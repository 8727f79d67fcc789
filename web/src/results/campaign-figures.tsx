/** One row per campaign. A dash where a Send Only mailbox cannot know, never 0. */
import type { CampaignResult } from '@kontor/api/results'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../client/language.ts'
import { localeOf } from '../client/time.ts'
import { reached } from '../parts/reached.ts'
import { spoken } from './figures-view.ts'
import styles from './results.module.css'

const columns = ['viewed', 'replied', 'applied', 'approved', 'declined', 'bounced'] as const

export function CampaignFigures({
  campaigns,
}: {
  readonly campaigns: readonly CampaignResult[]
}): ReactElement {
  const { t } = useTranslation('results')
  const blind = campaigns.some((campaign) => campaign.replied === undefined)
  return (
    <>
      <div className={styles['wrap']}>
        <table className={styles['table']}>
          <caption className="unseen">{t('campaigns')}</caption>
          <thead>
            <tr>
              <th scope="col" className={styles['gutter']}>
                {t('invited')}
              </th>
              <th scope="col">{t('campaign')}</th>
              {columns.map((column) => (
                <th key={column} scope="col" className={styles['figure']}>
                  {t(column)}
                </th>
              ))}
              <th scope="col" className={styles['figure']}>
                {t('time')}
              </th>
            </tr>
          </thead>
          <tbody>
            {campaigns.map((campaign) => (
              <Row key={campaign.id} campaign={campaign} />
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles['note']}>
        {t('note')} {blind ? t('blind') : ''}
      </p>
    </>
  )
}

function Row({ campaign }: { readonly campaign: CampaignResult }): ReactElement {
  const { t } = useTranslation('results')
  const number = new Intl.NumberFormat(localeOf(useLanguage()))
  const sums = reached(campaign.counts)
  const figures = { ...sums, replied: campaign.replied, bounced: campaign.bounced }
  const span = campaign.minutesToReply === undefined ? undefined : spoken(campaign.minutesToReply)
  return (
    <tr data-past={campaign.status === 'closed' ? 'true' : undefined}>
      <td className={styles['gutter']}>{number.format(sums.invited)}</td>
      <th scope="row">
        <Link to="/campaigns/$campaignId/$tab" params={{ campaignId: campaign.id, tab: 'results' }}>
          {campaign.name}
        </Link>
      </th>
      {columns.map((column) => (
        <td
          key={column}
          className={styles['figure']}
          data-zero={figures[column] === 0 || figures[column] === undefined ? 'true' : undefined}
        >
          {figures[column] === undefined ? t('unknown') : number.format(figures[column])}
        </td>
      ))}
      <td className={styles['figure']} data-zero={span === undefined ? 'true' : undefined}>
        {span === undefined ? t('unknown') : t(span.unit, { count: span.count })}
      </td>
    </tr>
  )
}

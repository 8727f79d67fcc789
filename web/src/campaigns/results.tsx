/** The campaign in figures: one sentence and one small table. What a send-only mailbox cannot know is a dash, never 0. */
import type { Campaign } from '@kontor/api/campaigns'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../client/language.ts'
import { localeOf } from '../client/time.ts'
import { useMailboxes } from './asks.ts'
import styles from './campaigns.module.css'
import { reached, share } from '../parts/reached.ts'

const steps = ['invited', 'viewed', 'applied', 'approved', 'rejected', 'withdrawn', 'declined'] as const

export function Results({ campaign }: { readonly campaign: Campaign }): ReactElement {
  const { t } = useTranslation('campaigns')
  const locale = localeOf(useLanguage())
  const number = new Intl.NumberFormat(locale)
  const percent = new Intl.NumberFormat(locale, { style: 'percent' })
  const sender = useMailboxes().find((mailbox) => mailbox.id === campaign.mailboxId)
  const blind = sender?.level === 'send_only'
  const sum = reached(campaign.counts)
  const rows = [
    ...steps.slice(0, 2).map((step) => ({ step, people: sum[step] })),
    { step: 'replied' as const, people: blind ? undefined : campaign.replied },
    ...steps.slice(2).map((step) => ({ step, people: sum[step] })),
  ]
  function portion(people: number | undefined): string {
    const part = people === undefined ? undefined : share(people, sum.invited)
    if (part === undefined) return t('results.unknown')
    return part > 0 && part < 0.005 ? `< ${percent.format(0.01)}` : percent.format(part)
  }
  return (
    <div className={styles['results']}>
      <p className={styles['resultSentence']}>
        {sum.invited === 0
          ? t('results.none')
          : `${t('results.appliedOf', { count: sum.applied, invited: sum.invited })} ${t('results.approvedNow', { count: sum.approved })}`}
      </p>
      <table className={styles['table']}>
        <caption className="unseen">{t('results.caption')}</caption>
        <thead>
          <tr>
            <th scope="col" className={styles['gutter']}>
              {t('results.people')}
            </th>
            <th scope="col">{t('results.step')}</th>
            <th scope="col" className={styles['figure']}>
              {t('results.share')}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td className={styles['gutter']}>{number.format(sum.inCampaign)}</td>
            <th scope="row">{t('results.inCampaign')}</th>
            <td className={styles['figure']} />
          </tr>
          {rows.map(({ step, people }) => (
            <tr key={step}>
              <td className={styles['gutter']}>
                {people === undefined ? t('results.unknown') : number.format(people)}
              </td>
              <th scope="row">{t(`results.${step}`)}</th>
              <td className={styles['figure']}>{step === 'invited' ? null : portion(people)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles['quietText']}>{t('results.note')}</p>
      {blind && sender ? (
        <p className={styles['quietText']}>{t('results.sendOnly', { address: sender.address })}</p>
      ) : null}
    </div>
  )
}

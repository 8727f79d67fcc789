/**
 * One row per mailbox with a bar per day, all on one scale so that mailboxes compare. The bars are for the eye; the
 * same figures stand in a table that opens.
 */
import type { MailboxResult } from '@kontor/api/results'
import { Link } from '@tanstack/react-router'
import type { CSSProperties, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage, useTimes } from '../client/language.ts'
import { localeOf } from '../client/time.ts'
import { fullestDay, sumOf } from './figures-view.ts'
import styles from './results.module.css'

const columns = ['sent', 'replies', 'bounces'] as const

export function MailboxFigures({
  mailboxes,
}: {
  readonly mailboxes: readonly MailboxResult[]
}): ReactElement {
  const { t } = useTranslation('results')
  const fullest = fullestDay(mailboxes)
  return (
    <>
      <div className={styles['wrap']}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col" className={styles['gutter']}>
                {t('sent')}
              </th>
              <th scope="col">{t('mailbox')}</th>
              <th scope="col" className={styles['figure']}>
                {t('replies')}
              </th>
              <th scope="col" className={styles['figure']}>
                {t('bounces')}
              </th>
              <th scope="col" className={styles['strip']}>
                {t('byDay')}
              </th>
            </tr>
          </thead>
          <tbody>
            {mailboxes.map((mailbox) => (
              <Row key={mailbox.id} mailbox={mailbox} fullest={fullest} />
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles['note']}>{t('fullest', { count: fullest })}</p>
      {mailboxes.map((mailbox) => (
        <DayByDay key={mailbox.id} mailbox={mailbox} />
      ))}
    </>
  )
}

function useNumber(): (figure: number | undefined) => string {
  const { t } = useTranslation('results')
  const number = new Intl.NumberFormat(localeOf(useLanguage()))
  return (figure) => (figure === undefined ? t('unknown') : number.format(figure))
}

function Row({
  mailbox,
  fullest,
}: {
  readonly mailbox: MailboxResult
  readonly fullest: number
}): ReactElement {
  const { t } = useTranslation('results')
  const shown = useNumber()
  const sum = sumOf(mailbox)
  return (
    <tr data-past={mailbox.connected ? undefined : 'true'}>
      <td className={styles['gutter']}>{shown(sum.sent)}</td>
      <th scope="row">
        <Link to="/settings/integrations/$mailboxId" params={{ mailboxId: mailbox.id }}>
          {mailbox.address}
        </Link>
        {mailbox.connected ? null : <small>{t('disconnected')}</small>}
      </th>
      <td className={styles['figure']}>{shown(sum.replies)}</td>
      <td className={styles['figure']}>{shown(sum.bounces)}</td>
      <td className={styles['strip']}>
        <span className={styles['bars']} aria-hidden="true">
          {mailbox.days.map((day) => {
            const height: CSSProperties & Record<'--height', string> = {
              '--height': `${(day.sent / fullest) * 100}%`,
            }
            return <span key={day.date} className={styles['bar']} style={height} />
          })}
        </span>
      </td>
    </tr>
  )
}

function DayByDay({ mailbox }: { readonly mailbox: MailboxResult }): ReactElement {
  const { t } = useTranslation('results')
  const times = useTimes()
  const shown = useNumber()
  return (
    <details className={styles['days']}>
      <summary>{t('dayByDayOf', { address: mailbox.address })}</summary>
      <table className={styles['table']}>
        <caption className="unseen">{t('dayByDayOf', { address: mailbox.address })}</caption>
        <thead>
          <tr>
            <th scope="col" className={styles['dayGutter']}>
              {t('day')}
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" className={styles['figure']}>
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {mailbox.days.toReversed().map((day) => (
            <tr key={day.date}>
              <th scope="row" className={styles['dayGutter']}>
                <time dateTime={day.date}>{times.date(day.date)}</time>
              </th>
              {columns.map((column) => (
                <td
                  key={column}
                  className={styles['figure']}
                  data-zero={day[column] === 0 ? 'true' : undefined}
                >
                  {shown(day[column])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

/** The line between past and future: the last mails of today that have left, in grey, above those that wait. */
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { now } from '../client/clock.ts'
import { useTimes } from '../client/language.ts'
import { useHere } from '../client/session.ts'
import { useLastSent } from './asks.ts'
import { MailLine } from './mail-line.tsx'
import styles from './outbox.module.css'

const shown = 3

export function SentToday(): ReactElement | null {
  const { t } = useTranslation('outbox')
  const times = useTimes()
  const here = useHere()
  const today = times.dayKey(new Date(now()).toISOString())
  const rows = (useLastSent(true).data?.rows ?? [])
    .filter((row) => row.acceptedAt !== undefined && times.dayKey(row.acceptedAt) === today)
    .slice(0, shown)
    .toReversed()
  if (rows.length === 0) return null
  return (
    <div className={styles['sentToday']}>
      <div className={styles['day']}>
        <span />
        <span>
          {t('sentToday')}
          <small>
            <Link to="/outbox" search={{ section: 'past' }}>
              {t('sentTodayAll')}
            </Link>
          </small>
        </span>
      </div>
      <ul className={styles['plainList']} aria-label={t('sentToday')}>
        {rows.map((row) => (
          <li key={row.id}>
            <MailLine row={row} part="past" current={false} selected={false} aligned={here.may.act} />
          </li>
        ))}
      </ul>
    </div>
  )
}

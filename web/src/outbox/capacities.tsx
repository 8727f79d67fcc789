/** Today's capacity of each mailbox that has sent or has something waiting, always as the same rule. */
import type { OutboxSummary } from '@kontor/api/outbox'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { CapacityRule } from '../parts/capacity-rule.tsx'
import styles from './outbox.module.css'

export function Capacities({
  summary,
}: {
  readonly summary: OutboxSummary | undefined
}): ReactElement | null {
  const { t } = useTranslation('outbox')
  const { t: settings } = useTranslation('settings')
  const times = useTimes()
  if (!summary || summary.mailboxes.length === 0) return null
  return (
    <ul className={styles['capacities']} aria-label={t('capacity')}>
      {summary.mailboxes.map(({ mailboxId, address, capacity, lastAt }) => (
        <li key={mailboxId}>
          <p>
            <b>{address}</b>
            <span>
              {` ${settings('provider.line', { ...capacity })}`}
              {lastAt && capacity.waiting > 0 ? ` · ${t('lastOf', { when: times.short(lastAt) })}` : ''}
            </span>
          </p>
          <CapacityRule capacity={capacity} />
        </li>
      ))}
    </ul>
  )
}

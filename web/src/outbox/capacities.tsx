/**
 * Today's capacity of each mailbox that has sent or has something waiting, always as the same rule. Of many those with the
 * longest queues, and the rest when somebody asks.
 */
import type { OutboxSummary } from '@kontor/api/outbox'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { CapacityRule } from '../parts/capacity-rule.tsx'
import { Button } from '../ui/button.tsx'
import styles from './outbox.module.css'

const shownAtFirst = 4

export function Capacities({
  summary,
}: {
  readonly summary: OutboxSummary | undefined
}): ReactElement | null {
  const { t } = useTranslation('outbox')
  const { t: settings } = useTranslation('settings')
  const times = useTimes()
  const [open, setOpen] = useState(false)
  if (!summary || summary.mailboxes.length === 0) return null
  const { mailboxes } = summary
  const shown = open || mailboxes.length <= shownAtFirst ? mailboxes : longestQueues(mailboxes)
  return (
    <ul className={styles['capacities']} aria-label={t('capacity')}>
      {shown.map(({ mailboxId, address, capacity, lastAt }) => (
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
      {shown.length < mailboxes.length ? (
        <li>
          <Button look="quiet" onClick={() => setOpen(true)}>
            {t('allMailboxes', { count: mailboxes.length })}
          </Button>
        </li>
      ) : null}
    </ul>
  )
}

function longestQueues(mailboxes: OutboxSummary['mailboxes']): OutboxSummary['mailboxes'] {
  return mailboxes.toSorted((a, b) => b.capacity.waiting - a.capacity.waiting).slice(0, shownAtFirst)
}

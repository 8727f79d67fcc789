/** One mail of the outbox: time, person, kind, sender, reason. */
import type { OutboxRow } from '@kontor/api/outbox'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useReasonSentence } from '../parts/reason.ts'
import styles from './outbox.module.css'
import { timeOf } from './lines.ts'

interface MailLineProps {
  readonly row: OutboxRow
  readonly current: boolean
  readonly selected: boolean
  readonly toggle: ((extend: 'one' | 'range') => void) | undefined
}

const past = new Set<OutboxRow['state']>(['accepted', 'failed', 'cancelled', 'suppressed'])

export function MailLine({ row, current, selected, toggle }: MailLineProps): ReactElement {
  const { t } = useTranslation('outbox')
  const { t: part } = useTranslation('parts')
  const times = useTimes()
  const reason = useReasonSentence()
  const at = timeOf(row)
  const name = row.toName || row.to
  const gone = past.has(row.state)
  const why = reason(row.reason)
  const sentence = row.state === 'queued' ? why : `${part(`state.${row.state}`)}. ${why}`
  return (
    <div
      className={styles['mail']}
      data-past={gone ? 'true' : undefined}
      data-current={current ? 'true' : undefined}
      data-selected={selected ? 'true' : undefined}
      data-select={toggle ? 'true' : undefined}
    >
      <time className={styles['gutter']} dateTime={at}>
        {at ? times.clock(at) : '–'}
      </time>
      {toggle ? (
        <input
          type="checkbox"
          checked={selected}
          aria-label={t('select', { name })}
          onChange={() => undefined}
          onClick={(event) => toggle(event.shiftKey ? 'range' : 'one')}
        />
      ) : null}
      <span className={styles['person']} title={row.to}>
        {row.contactId ? (
          <Link to="/influencers/$contactId" params={{ contactId: row.contactId }}>
            {name}
          </Link>
        ) : (
          name
        )}
      </span>
      <span className={styles['kind']}>{part(`kind.${row.kind}`)}</span>
      <span className={styles['sender']} title={row.mailboxAddress}>
        {row.mailboxAddress}
      </span>
      <span className={styles['reason']} title={`${row.subject}\n${sentence}`} data-state={row.state}>
        {sentence}
      </span>
    </div>
  )
}

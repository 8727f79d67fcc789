/** Addresses that were disconnected, folded: their certificates and access logs stay readable. */
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { Timetable, TimetableRow } from '../ui/timetable.tsx'
import { useDisconnected } from './asks-privacy.ts'
import styles from './mailboxes.module.css'

export function DisconnectedMailboxes(): ReactElement | null {
  const { t } = useTranslation('settings')
  const times = useTimes()
  const rows = useDisconnected().data ?? []
  if (rows.length === 0) return null
  const title = t('provider.disconnected', { count: rows.length })
  return (
    <details className={styles['gone']}>
      <summary>{title}</summary>
      <Timetable label={title}>
        {rows.map((mailbox) => (
          <TimetableRow
            key={mailbox.id}
            gutter={mailbox.disconnectedAt ? times.gutter(mailbox.disconnectedAt) : '–'}
            past
          >
            <Link to="/settings/integrations/$mailboxId" params={{ mailboxId: mailbox.id }}>
              {mailbox.address}
            </Link>
          </TimetableRow>
        ))}
      </Timetable>
    </details>
  )
}

/** Before other limits, times or another zone are saved: what they mean for the mails that wait. */
import { Foreseen as Answer, type Mailbox, type ScheduleChange } from '@kontor/api/mailboxes'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../client/http.ts'
import { useTimes } from '../client/language.ts'
import { useHere } from '../client/session.ts'
import styles from '../ui/form.module.css'

interface ForeseenProps {
  readonly mailbox: Mailbox
  /** What is typed and not saved; empty: nothing. */
  readonly change: ScheduleChange
}

export function Foreseen({ mailbox, change }: ForeseenProps): ReactElement | null {
  const { t } = useTranslation('mailbox')
  const here = useHere()
  const times = useTimes()
  const wish = useDeferredValue(change)
  const asked = Object.keys(change).length > 0 && mailbox.capacity.waiting > 0 && mailbox.maySteer
  const { data, error } = useQuery({
    queryKey: here.key('outbox', 'foreseen', mailbox.id, wish),
    queryFn: ({ signal }) => api.post(here.path(`/mailboxes/${mailbox.id}/foresee`), Answer, wish, signal),
    enabled: asked,
    retry: false,
    placeholderData: keepPreviousData,
  })
  if (!asked || error || !data?.lastAt || !data.thenLastAt) return null
  const { waiting: count, lastAt, thenLastAt, later, earlier } = data
  const [now, then] = [times.about(lastAt), times.about(thenLastAt)]
  const said = [
    now === then ? t('foreseen.same', { count, now }) : t('foreseen.last', { count, now, then }),
    later > 0 ? t('foreseen.later', { count: later }) : '',
    earlier > 0 ? t('foreseen.earlier', { count: earlier }) : '',
  ]
  return (
    <p className={styles['foreseen']} role="status">
      {said.filter(Boolean).join(' ')}
    </p>
  )
}

/** One unconfirmed mail: what is known of it, where to look, and the two answers. */
import type { OutboxRow } from '@kontor/api/outbox'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { TimetableRow } from '../ui/timetable.tsx'
import { Choose } from './choose.tsx'
import styles from './outbox.module.css'
import type { Answer } from './settle-doubts.tsx'

interface DoubtfulProps {
  readonly row: OutboxRow
  readonly selected: boolean
  /** Absent where there is nothing to choose from. */
  readonly toggle: ((extend: 'one' | 'range') => void) | undefined
  /** Absent for people who may not act. */
  readonly answer: ((answer: Answer) => void) | undefined
  readonly busy: boolean
}

export function Doubtful({ row, selected, toggle, answer, busy }: DoubtfulProps): ReactElement {
  const { t } = useTranslation('outbox')
  const times = useTimes()
  const name = row.toName || row.to
  return (
    <TimetableRow gutter={times.gutter(row.doubt?.since ?? row.enqueuedAt)} past height="tall">
      <div className={styles['doubtful']}>
        {toggle ? <Choose name={name} selected={selected} toggle={toggle} /> : null}
        <div>
          <b>{name}</b> <span className={styles['quiet']}>{row.subject}</span>
          <p className={styles['quiet']}>
            <Known row={row} />
          </p>
        </div>
        {answer ? (
          <span className={styles['acts']}>
            {row.sentSearchUrl ? (
              <a className={buttonClass('link')} href={row.sentSearchUrl} target="_blank" rel="noreferrer">
                {t('act.look')}
              </a>
            ) : null}
            <Button busy={busy} onClick={() => answer('confirm_sent')}>
              {t('act.confirm_sent')}
            </Button>
            <Button busy={busy} onClick={() => answer('confirm_unsent')}>
              {t('act.confirm_unsent')}
            </Button>
          </span>
        ) : null}
      </div>
    </TimetableRow>
  )
}

/** What Kontor has done to find out, and the provider's own words. */
function Known({ row }: { readonly row: OutboxRow }): ReactElement | null {
  const { t } = useTranslation('outbox')
  const times = useTimes()
  const { doubt } = row
  if (!doubt) return null
  const said = [
    t('unconfirmed.handed', { when: times.short(doubt.since) }),
    doubt.lookedAt && doubt.found
      ? `${t('unconfirmed.looked', { count: doubt.looks, when: times.clock(doubt.lookedAt) })} ${t(`unconfirmed.${doubt.found}`)}`
      : '',
    doubt.lookAgainAt ? t('unconfirmed.next', { when: times.short(doubt.lookAgainAt) }) : '',
    doubt.diagnostic ? t('unconfirmed.technical', { diagnostic: doubt.diagnostic }) : '',
  ]
  return <>{said.filter(Boolean).join(' ')}</>
}

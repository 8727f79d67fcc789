/** Mails of which nobody knows yet whether they left: what is known, where to look, and the two answers. */
import type { OutboxRow } from '@kontor/api/outbox'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { useReasonSentence } from '../parts/reason.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Note } from '../ui/form.tsx'
import { Dialog } from '../ui/overlay.tsx'
import { Section } from '../ui/page.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { Timetable, TimetableRow } from '../ui/timetable.tsx'
import { useAct, useOutbox } from './asks.ts'
import styles from './outbox.module.css'

export function Unconfirmed(): ReactElement | null {
  const { t } = useTranslation('outbox')
  const found = useOutbox('unconfirmed', {})
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? []
  if (rows.length === 0) return null
  return (
    <div className={styles['unconfirmed']}>
      <Section title={t('unconfirmed.title')} meta={rows.length}>
        <div style={{ padding: '8px 0' }}>
          <Note>{t('unconfirmed.sentence')}</Note>
        </div>
        <Timetable label={t('unconfirmed.title')}>
          {rows.map((row) => (
            <Doubtful key={row.id} row={row} />
          ))}
        </Timetable>
      </Section>
    </div>
  )
}

function Doubtful({ row }: { readonly row: OutboxRow }): ReactElement {
  const { t } = useTranslation('outbox')
  const here = useHere()
  const times = useTimes()
  const reason = useReasonSentence()
  const sentence = useProblemSentence()
  const act = useAct()
  const [asking, setAsking] = useState(false)
  const name = row.toName || row.to
  return (
    <TimetableRow gutter={times.gutter(row.enqueuedAt)} past height="tall">
      <div className={styles['doubtful']}>
        <div>
          <b>{name}</b> <span className={styles['quiet']}>{row.subject}</span>
          <p className={styles['quiet']}>
            {reason(row.reason)} {row.mailboxAddress}
          </p>
        </div>
        {here.may.act ? (
          <span className={styles['acts']}>
            {row.sentSearchUrl ? (
              <a className={buttonClass('link')} href={row.sentSearchUrl} target="_blank" rel="noreferrer">
                {t('act.look')}
              </a>
            ) : null}
            <Button busy={act.isPending} onClick={() => act.mutate({ act: 'confirm_sent', ids: [row.id] })}>
              {t('act.confirm_sent')}
            </Button>
            <Button busy={act.isPending} onClick={() => setAsking(true)}>
              {t('act.send_again')}
            </Button>
          </span>
        ) : null}
      </div>
      {act.error ? <ProblemBanner sentence={sentence(act.error)} /> : null}
      <Dialog
        title={t('unconfirmed.againTitle', { name })}
        opened={asking}
        close={() => setAsking(false)}
        acts={
          <Button
            look="primary"
            onClick={() => {
              setAsking(false)
              act.mutate({ act: 'send_again', ids: [row.id] })
            }}
          >
            {t('act.send_again')}
          </Button>
        }
      >
        <p>{t('unconfirmed.againSentence', { name })}</p>
      </Dialog>
    </TimetableRow>
  )
}

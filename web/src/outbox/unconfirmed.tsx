/** Mails of which nobody knows yet whether they left: what is known, where to look, and the two answers. */
import type { OutboxDeed, OutboxRow } from '@kontor/api/outbox'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useHere } from '../client/session.ts'
import { useReasonSentence } from '../parts/reason.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Note } from '../ui/form.tsx'
import { Dialog } from '../ui/overlay.tsx'
import { Section } from '../ui/page.tsx'
import { Timetable, TimetableRow } from '../ui/timetable.tsx'
import { useActing } from './acting.ts'
import { useOutbox } from './asks.ts'
import { OutcomeBanner } from './outcome-banner.tsx'
import styles from './outbox.module.css'

type Answer = 'confirm_sent' | 'send_again'

export function Unconfirmed(): ReactElement | null {
  const { t } = useTranslation('outbox')
  const found = useOutbox('unconfirmed', {})
  const pages = found.data?.pages ?? []
  const rows = pages.flatMap((page) => page.rows)
  if (rows.length === 0) return null
  return (
    <div className={styles['unconfirmed']}>
      <Section title={t('unconfirmed.title')} meta={pages[0]?.total}>
        <div className={styles['unconfirmedNote']}>
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
  const acting = useActing()
  const [asking, setAsking] = useState<Answer>()
  const name = row.toName || row.to
  const busy = acting.running !== undefined
  return (
    <TimetableRow gutter={times.gutter(row.doubt?.since ?? row.enqueuedAt)} past height="tall">
      <div className={styles['doubtful']}>
        <div>
          <b>{name}</b> <span className={styles['quiet']}>{row.subject}</span>
          <p className={styles['quiet']}>
            {row.mailboxAddress}. {reason(row.reason)} <Known row={row} />
          </p>
        </div>
        {here.may.act ? (
          <span className={styles['acts']}>
            {row.sentSearchUrl ? (
              <a className={buttonClass('link')} href={row.sentSearchUrl} target="_blank" rel="noreferrer">
                {t('act.look')}
              </a>
            ) : null}
            <Button busy={busy} onClick={() => setAsking('confirm_sent')}>
              {t('act.confirm_sent')}
            </Button>
            <Button busy={busy} onClick={() => setAsking('send_again')}>
              {t('act.send_again')}
            </Button>
          </span>
        ) : null}
      </div>
      <OutcomeBanner acting={acting} />
      {asking ? (
        <Really
          answer={asking}
          name={name}
          close={() => setAsking(undefined)}
          run={(deed) => void acting.run([{ ids: [row.id] }], deed, 1)}
        />
      ) : null}
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

function Really({
  answer,
  name,
  close,
  run,
}: {
  readonly answer: Answer
  readonly name: string
  readonly close: () => void
  readonly run: (deed: OutboxDeed) => void
}): ReactElement {
  const { t } = useTranslation('outbox')
  const { t: shell } = useTranslation('shell')
  const sent = answer === 'confirm_sent'
  return (
    <Dialog
      title={sent ? t('unconfirmed.sentTitle') : t('unconfirmed.againTitle', { name })}
      opened
      close={close}
      acts={
        <>
          <Button
            look="primary"
            data-autofocus
            onClick={() => {
              close()
              run({ act: answer })
            }}
          >
            {t(`act.${answer}`)}
          </Button>
          <Button onClick={close}>{shell('act.back')}</Button>
        </>
      }
    >
      <p>{sent ? t('unconfirmed.sentSentence', { name }) : t('unconfirmed.againSentence', { name })}</p>
    </Dialog>
  )
}

/**
 * Mails of which nobody knows yet whether they left, by mailbox: what is known, where to look, and the two answers, for
 * one mail or for many at once. A process that dies with many on their way leaves as many behind.
 */
import type { OutboxDeed, OutboxRow } from '@kontor/api/outbox'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useHere } from '../client/session.ts'
import { useReasonSentence } from '../parts/reason.ts'
import { Button } from '../ui/button.tsx'
import { Note } from '../ui/form.tsx'
import { Section } from '../ui/page.tsx'
import { Timetable } from '../ui/timetable.tsx'
import { useActing } from './acting.ts'
import { useOutbox } from './asks.ts'
import { choicesOf, type Chosen, isChosen, nothing, toggled } from './choice.ts'
import { Doubtful } from './doubtful.tsx'
import { byMailbox, type DoubtsOfMailbox, shownAtFirst } from './doubts.ts'
import { OutcomeBanner } from './outcome-banner.tsx'
import styles from './outbox.module.css'
import { ProgressBar } from './selection-bar.tsx'
import { type Answer, SettleDoubts } from './settle-doubts.tsx'

interface Asking {
  readonly answer: Answer
  /** One mail of its own; otherwise those that are chosen. */
  readonly row?: OutboxRow
}

export function Unconfirmed(): ReactElement | null {
  const { t } = useTranslation('outbox')
  const here = useHere()
  const found = useOutbox('unconfirmed', {})
  const acting = useActing()
  const [chosen, choose] = useState<Chosen>(nothing)
  const [last, setLast] = useState<string>()
  const [asking, ask] = useState<Asking>()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const pages = found.data?.pages ?? []
  const groups = byMailbox(pages.flatMap((page) => page.rows))
  const rows = groups.flatMap((group) => group.rows)
  const shownOf = (group: DoubtsOfMailbox): readonly OutboxRow[] =>
    open.has(group.mailboxId) ? group.rows : group.rows.slice(0, shownAtFirst)
  const many = rows.length > 1 && here.may.act
  const busy = acting.running !== undefined

  async function settle(settled: readonly OutboxRow[], deed: OutboxDeed): Promise<void> {
    const ids = new Set(settled.map((row) => row.id))
    await acting.run(choicesOf({ all: false, ids }, rows, 'unconfirmed', {}), deed, ids.size)
    choose(nothing)
  }
  function toggle(id: string, extend: 'one' | 'range'): void {
    choose(toggled(chosen, groups.flatMap(shownOf), id, extend === 'range' ? (last ?? id) : undefined))
    setLast(id)
  }
  function selectAll(more: readonly OutboxRow[]): void {
    const known = chosen.all ? [] : chosen.ids
    choose({ all: false, ids: new Set([...known, ...more.map((row) => row.id)]) })
  }
  if (rows.length === 0) return <OutcomeBanner acting={acting} />
  const picked = rows.filter((row) => isChosen(chosen, row.id))
  return (
    <div className={styles['unconfirmed']}>
      <Section title={t('unconfirmed.title')} meta={pages[0]?.total}>
        <div className={styles['unconfirmedNote']}>
          <Note>
            {[t('unconfirmed.sentence'), many ? t('unconfirmed.many') : ''].filter(Boolean).join(' ')}
          </Note>
        </div>
        {acting.running && acting.running.total > 1 ? (
          <ProgressBar running={acting.running} stop={acting.stop} />
        ) : picked.length > 0 ? (
          <Answers count={picked.length} answer={(answer) => ask({ answer })} clear={() => choose(nothing)} />
        ) : null}
        <OutcomeBanner acting={acting} />
        {groups.map((group) => {
          const { mailboxId } = group
          const shown = shownOf(group)
          return (
            <div key={mailboxId}>
              <MailboxHead group={group} selectAll={many ? () => selectAll(group.rows) : undefined} />
              <Timetable label={`${t('unconfirmed.title')}: ${group.address}`}>
                {shown.map((row) => (
                  <Doubtful
                    key={row.id}
                    row={row}
                    selected={isChosen(chosen, row.id)}
                    toggle={many ? (extend) => toggle(row.id, extend) : undefined}
                    answer={here.may.act ? (answer) => ask({ answer, row }) : undefined}
                    busy={busy}
                  />
                ))}
              </Timetable>
              {shown.length < group.rows.length ? (
                <Button look="quiet" onClick={() => setOpen(new Set([...open, mailboxId]))}>
                  {t('unconfirmed.showAll', { count: group.rows.length })}
                </Button>
              ) : null}
            </div>
          )
        })}
        {found.hasNextPage ? (
          <Button look="quiet" busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t('unconfirmed.more')}
          </Button>
        ) : null}
      </Section>
      {asking ? (
        <SettleDoubts
          answer={asking.answer}
          rows={asking.row ? [asking.row] : picked}
          close={() => ask(undefined)}
          run={(settled, deed) => void settle(settled, deed)}
        />
      ) : null}
    </div>
  )
}

/** What is the same for every mail of a mailbox: who can find out. */
function MailboxHead({
  group: { address, rows },
  selectAll,
}: {
  readonly group: DoubtsOfMailbox
  readonly selectAll: (() => void) | undefined
}): ReactElement {
  const { t } = useTranslation('outbox')
  const reason = useReasonSentence()
  const [first] = rows
  return (
    <div className={styles['doubtHead']}>
      <p>
        <b>{address}</b> <span className={styles['quiet']}>{first ? reason(first.reason) : ''}</span>
      </p>
      {selectAll && rows.length > 1 ? (
        <Button look="quiet" onClick={selectAll}>
          {t('unconfirmed.selectAll', { count: rows.length })}
        </Button>
      ) : null}
    </div>
  )
}

interface AnswersProps {
  readonly count: number
  readonly answer: (answer: Answer) => void
  readonly clear: () => void
}

function Answers({ count, answer, clear }: AnswersProps): ReactElement {
  const { t } = useTranslation('outbox')
  return (
    <div className={styles['bar']} role="toolbar" aria-label={t('selected', { count })} data-selection="true">
      <b aria-live="polite">{t('selected', { count })}</b>
      <Button onClick={() => answer('confirm_sent')}>
        {count === 1 ? t('act.confirm_sent') : t('unconfirmed.sent.act')}
      </Button>
      <Button onClick={() => answer('confirm_unsent')}>{t('act.confirm_unsent')}</Button>
      <Button look="quiet" onClick={clear}>
        {t('clearSelection')}
      </Button>
    </div>
  )
}

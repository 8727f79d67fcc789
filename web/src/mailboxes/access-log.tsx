/** The access log of a mailbox: every call with its purpose and depth, newest first, and the check of its chain. */
import type { LedgerEntry, Mailbox } from '@kontor/api/mailboxes'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { Note } from '../ui/form.tsx'
import { Section } from '../ui/page.tsx'
import { Banner, EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { DayHead, Timetable, TimetableRow } from '../ui/timetable.tsx'
import { byDay } from '../parts/by-day.ts'
import { useLedger, useLedgerCheck } from './asks.ts'
import styles from './mailboxes.module.css'

export function AccessLog({ mailbox }: { readonly mailbox: Mailbox }): ReactElement {
  const { t } = useTranslation('mailbox')
  const { t: shell } = useTranslation('shell')
  const sentence = useProblemSentence()
  const times = useTimes(mailbox.zone)
  const ledger = useLedger(mailbox.id, mailbox.maySteer)
  const check = useLedgerCheck(mailbox.id)
  const entries = ledger.data?.pages.flatMap((page) => page.rows) ?? []
  if (!mailbox.maySteer)
    return (
      <Section title={t('ledger.title')} id="ledger">
        <Note>{t('ledger.mine')}</Note>
      </Section>
    )
  return (
    <Section
      title={t('ledger.title')}
      id="ledger"
      meta={t('ledger.sentence')}
      acts={
        <Button busy={check.isPending} onClick={() => check.mutate()}>
          {check.isPending ? t('ledger.checking') : t('ledger.check')}
        </Button>
      }
    >
      {check.data ? (
        <Banner tone={check.data.ok ? 'note' : 'problem'}>
          {check.data.ok
            ? t('ledger.ok', { count: check.data.entries })
            : t('ledger.broken', { at: check.data.brokenAt ?? 0 })}
        </Banner>
      ) : null}
      {check.error ? <ProblemBanner sentence={sentence(check.error)} /> : null}
      {ledger.isPending ? <Loading /> : null}
      {ledger.error ? (
        <ProblemBanner sentence={sentence(ledger.error)} retry={() => void ledger.refetch()} />
      ) : null}
      {ledger.data && entries.length === 0 ? <EmptyState sentence={t('ledger.empty')} /> : null}
      <Timetable label={t('ledger.title')}>
        {byDay(entries, (entry) => times.dayKey(entry.at)).flatMap((group) => [
          <DayHead key={group.day} title={times.day(group.rows[0]?.at ?? '')} />,
          ...group.rows.map((entry) => <Entry key={entry.seq} entry={entry} clock={times.clock(entry.at)} />),
        ])}
      </Timetable>
      {ledger.hasNextPage ? (
        <div className={styles['foot']}>
          <Button busy={ledger.isFetchingNextPage} onClick={() => void ledger.fetchNextPage()}>
            {shell('act.more')}
          </Button>
        </div>
      ) : null}
    </Section>
  )
}

function Entry({ entry, clock }: { readonly entry: LedgerEntry; readonly clock: string }): ReactElement {
  const { t, i18n } = useTranslation('mailbox')
  const key = `ledger.purpose.${entry.purpose}`
  const purpose = i18n.exists(key, { ns: 'mailbox' }) ? t(key as 'ledger.purpose.send') : entry.purpose
  const size = [
    entry.phase === 'before' ? t('ledger.asked') : t('ledger.touched', { count: entry.touched }),
    entry.times > 1 ? t('ledger.times', { count: entry.times }) : '',
    entry.outcome ?? '',
  ]
  return (
    <TimetableRow gutter={clock} past>
      <div className={styles['ledgerRow']}>
        <span>
          {purpose} <code>{entry.call}</code>
        </span>
        <span data-depth={entry.depth}>{t(`ledger.depth.${entry.depth}`)}</span>
        <small>{size.filter(Boolean).join(' · ')}</small>
        <code title={`${t('ledger.seal')} ${entry.hash}`}>{entry.hash.slice(0, 8)}</code>
      </div>
    </TimetableRow>
  )
}

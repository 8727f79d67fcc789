/**
 * The access log of a mailbox: how deep Kontor looked in the last days, every call with its purpose, the check of its
 * chain in one sentence, and the whole of it as a file that can be verified without Kontor.
 */
import type { Mailbox } from '@kontor/api/mailboxes'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Note } from '../ui/form.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Section } from '../ui/page.tsx'
import { Banner, EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { DayHead, Timetable, TimetableRow } from '../ui/timetable.tsx'
import { byDay } from '../parts/by-day.ts'
import { useLedger, useLedgerCheck } from './asks.ts'
import { useFileAddress, useLedgerSummary } from './asks-privacy.ts'
import type { LedgerCall } from './ledger-calls.ts'
import { callsOf } from './ledger-calls.ts'
import styles from './access-log.module.css'

export function AccessLog({ mailbox }: { readonly mailbox: Mailbox }): ReactElement {
  const { t } = useTranslation('mailbox')
  const sentence = useProblemSentence()
  const times = useTimes(mailbox.zone)
  const ledger = useLedger(mailbox.id, mailbox.maySteer)
  const check = useLedgerCheck(mailbox.id)
  const file = useFileAddress(mailbox.id)
  const calls = callsOf(ledger.data?.pages.flatMap((page) => page.rows) ?? [])
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
      acts={
        <>
          <Button busy={check.isPending} onClick={() => check.mutate()}>
            {check.isPending ? t('ledger.checking') : t('ledger.check')}
          </Button>
          <a className={buttonClass('plain')} href={file('ledger.jsonl')} download>
            {t('ledger.export')}
          </a>
        </>
      }
    >
      <div aria-live="polite" className={styles['verdict']}>
        {check.data ? (
          <Banner tone={check.data.ok ? 'note' : 'problem'}>
            {check.data.ok
              ? t('ledger.ok', { count: check.data.entries })
              : t('ledger.broken', { at: check.data.brokenAt ?? 0 })}
          </Banner>
        ) : null}
        {check.error ? <ProblemBanner sentence={sentence(check.error)} /> : null}
      </div>
      <Note>
        {t('ledger.sentence')} {t('ledger.offline')}{' '}
        <a href="/verify-access-log.html" download>
          {t('ledger.verifier')}
        </a>
      </Note>
      <Depths mailbox={mailbox} />
      {ledger.isPending ? <Loading /> : null}
      {ledger.error ? (
        <ProblemBanner sentence={sentence(ledger.error)} retry={() => void ledger.refetch()} />
      ) : null}
      {ledger.data && calls.length === 0 ? <EmptyState sentence={t('ledger.empty')} /> : null}
      <Timetable label={t('ledger.title')}>
        {byDay(calls, (call) => times.dayKey(call.at)).flatMap((group) => [
          <DayHead key={group.day} title={times.day(group.rows[0]?.at ?? '')} />,
          ...group.rows.map((call) => <Call key={call.key} call={call} clock={times.clock(call.at)} />),
        ])}
      </Timetable>
      <MoreRows of={ledger} className={styles['foot']} />
    </Section>
  )
}

/** The three depths apart: the table that the help promises, with the figures of this mailbox. */
function Depths({ mailbox }: { readonly mailbox: Mailbox }): ReactElement | null {
  const { t } = useTranslation('mailbox')
  const summary = useLedgerSummary(mailbox.id, mailbox.maySteer)
  if (!summary.data || mailbox.level === 'send_only') return null
  const { identifiers, threadHeaders, opened } = summary.data
  const lines = [
    ['identifiers', identifiers, t('ledger.about.identifiers')],
    ['thread_headers', threadHeaders, threadHeadersAbout()],
    ['content', opened, t('ledger.about.content')],
  ] as const

  function threadHeadersAbout(): string {
    if (mailbox.findsChangedSubjects) return t('ledger.about.wished')
    return mailbox.provider === 'gmail' ? t('ledger.about.gmail') : t('ledger.about.headers')
  }
  return (
    <table className={styles['depths']}>
      <caption>{t('ledger.days')}</caption>
      <tbody>
        {lines.map(([depth, count, about]) => (
          <tr key={depth}>
            <td>{t('number', { value: count })}</td>
            <th scope="row">{t(`ledger.depth.${depth}`)}</th>
            <td>{about}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Call({ call, clock }: { readonly call: LedgerCall; readonly clock: string }): ReactElement {
  const { t, i18n } = useTranslation('mailbox')
  function known(key: string, otherwise: string): string {
    return i18n.exists(key, { ns: 'mailbox' }) ? t(key as 'ledger.purpose.send') : otherwise
  }
  const amount = [
    call.times > 1 ? t('ledger.looks', { count: call.times }) : '',
    call.touched > 0 ? t('ledger.touched', { count: call.touched }) : '',
    call.failure ? known(`ledger.failure.${call.failure}`, call.failure) : '',
    call.unended ? t('ledger.unended') : '',
  ].filter(Boolean)
  return (
    <TimetableRow gutter={clock} past>
      <div className={styles['call']}>
        <span title={call.call}>{known(`ledger.purpose.${call.purpose}`, call.purpose)}</span>
        <span data-depth={call.depth}>{call.depth === 'nothing' ? '' : t(`ledger.depth.${call.depth}`)}</span>
        <span className={styles['amount']}>{amount.join(' · ')}</span>
        <code title={`${t('ledger.seal')} ${call.seal}`}>{call.seal.slice(0, 8)}</code>
      </div>
    </TimetableRow>
  )
}

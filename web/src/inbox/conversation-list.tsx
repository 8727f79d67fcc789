/** The list of conversations: filters, search, and 56 px rows under their team state. Unread is bold type only. */
import type { ConversationRow, TeamState } from '@kontor/api/inbox'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useInboxCounts } from '../parts/inbox-counts.ts'
import { useMailboxes } from '../parts/mailboxes.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { DayHead, Timetable, TimetableRow } from '../ui/timetable.tsx'
import { Filters } from './filters.tsx'
import { type InboxFilter, isNarrowed, withHeadings } from './list.ts'
import styles from './inbox.module.css'

interface ListProps {
  readonly filter: InboxFilter
  readonly narrow: (filter: InboxFilter) => void
  readonly rows: readonly ConversationRow[]
  readonly chosen: string | undefined
  readonly failed: Error | null
  readonly loading: boolean
  readonly retry: () => void
  readonly more: (() => void) | undefined
}

export function ConversationList(props: ListProps): ReactElement {
  const { t } = useTranslation('inbox')
  const { t: shell } = useTranslation('shell')
  const sentence = useProblemSentence()
  const count = useStateCount(isNarrowed(props.filter))
  return (
    <section className={styles['list']} aria-label={t('listLabel')}>
      <Filters filter={props.filter} narrow={props.narrow} />
      <div className={styles['rows']}>
        {props.failed ? <ProblemBanner sentence={sentence(props.failed)} retry={props.retry} /> : null}
        {props.loading ? <Loading /> : null}
        {!props.loading && !props.failed && props.rows.length === 0 ? (
          <NoConversations filter={props.filter} narrow={props.narrow} />
        ) : null}
        {props.rows.length > 0 ? (
          <Timetable label={t('listLabel')}>
            {withHeadings(props.rows).map((line) =>
              line.kind === 'heading' ? (
                <DayHead key={line.state} title={t(`state.${line.state}`)} figure={count(line.state)} />
              ) : (
                <Row
                  key={line.row.id}
                  row={line.row}
                  filter={props.filter}
                  chosen={line.row.id === props.chosen}
                />
              ),
            )}
          </Timetable>
        ) : null}
        {props.more ? (
          <div className={styles['more']}>
            <Button look="quiet" onClick={props.more}>
              {shell('act.more')}
            </Button>
          </div>
        ) : null}
      </div>
    </section>
  )
}

/** The counts are those of the whole inbox; under a filter they would mislead and are left out. */
function useStateCount(narrowed: boolean): (state: TeamState) => number | undefined {
  const counts = useInboxCounts().data
  return (state) => {
    if (narrowed || !counts) return undefined
    return { needs_reply: counts.needsReply, waiting: counts.waiting, done: counts.done }[state]
  }
}

function Row({
  row,
  filter,
  chosen,
}: {
  readonly row: ConversationRow
  readonly filter: InboxFilter
  readonly chosen: boolean
}): ReactElement {
  const { t } = useTranslation('inbox')
  const times = useTimes()
  const self = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (chosen) self.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  return (
    <TimetableRow
      ref={self}
      gutter={<time dateTime={row.lastAt}>{times.gutter(row.lastAt)}</time>}
      past
      height="tall"
      linked
      current={chosen}
    >
      <Link
        to="/inbox/$conversationId"
        params={{ conversationId: row.id }}
        search={{ ...filter }}
        className={styles['rowLink']}
        data-unread={row.unread ? 'true' : undefined}
        aria-current={chosen ? 'true' : undefined}
      >
        <span className={styles['rowTop']}>
          <span className={styles['rowName']}>
            {row.contactName}
            {row.unread ? <span className="unseen">, {t('unread')}</span> : null}
          </span>
          <span className={styles['rowMeta']}>
            <RowMeta row={row} />
          </span>
        </span>
        <span className={styles['rowText']}>
          {row.lastDirection === 'out' ? `${t('you')} ` : ''}
          {row.snippet || row.subject}
        </span>
      </Link>
    </TimetableRow>
  )
}

/** What tells this row from the others: asleep, back, taken from the team, whose it is, or where it belongs. */
function RowMeta({ row }: { readonly row: ConversationRow }): ReactElement {
  const { t } = useTranslation('inbox')
  const times = useTimes()
  if (row.snoozedUntil) return <>{t('row.snoozed', { when: times.short(row.snoozedUntil) })}</>
  if (row.withdrawn) return <>{t('row.withdrawn')}</>
  if (row.woken) return <>{t('row.woken')}</>
  return <>{row.assigneeName ?? row.campaignName}</>
}

function NoConversations(props: Pick<ListProps, 'filter' | 'narrow'>): ReactElement {
  const { t } = useTranslation('inbox')
  const nobodySends = useMailboxes().data?.length === 0
  return (
    <div className={styles['none']}>
      {isNarrowed(props.filter) ? (
        <EmptyState
          sentence={props.filter.snoozed ? t('empty.snoozed') : t('empty.filtered')}
          act={<Button onClick={() => props.narrow({})}>{t('empty.filteredAct')}</Button>}
        />
      ) : (
        <EmptyState
          sentence={t('empty.list')}
          act={
            nobodySends ? (
              <ButtonLink to="/settings/integrations/connect">{t('empty.connect')}</ButtonLink>
            ) : (
              <ButtonLink to="/influencers">{t('empty.listAct')}</ButtonLink>
            )
          }
        />
      )}
    </div>
  )
}

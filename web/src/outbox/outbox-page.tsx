/**
 * The outbox: every mail that waits in the order in which it will leave, each with its time and its reason; what is
 * unconfirmed stands first. One section at a time (waiting, on hold, past), filters in the address.
 */
import { Link } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { ButtonLink } from '../ui/button.tsx'
import { Page, TabBar } from '../ui/page.tsx'
import { Banner, EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { type OutboxFilter, useAct, useOutbox, useSummary } from './asks.ts'
import { Capacities } from './capacities.tsx'
import { Filters } from './filters.tsx'
import { MailList } from './mail-list.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { Unconfirmed } from './unconfirmed.tsx'

const sections = ['waiting', 'held', 'past'] as const

export function OutboxPage({ filter }: { readonly filter: OutboxFilter }): ReactElement {
  const { t } = useTranslation('outbox')
  const summary = useSummary()
  const section = filter.section ?? 'waiting'
  const counts = { waiting: summary.data?.waiting, held: summary.data?.held, past: undefined }
  return (
    <Page title={t('title')} meta={useMeta()} width="full">
      <Unconfirmed />
      <Capacities summary={summary.data} />
      <TabBar label={t('section.label')}>
        {sections.map((one) => (
          <Link
            key={one}
            to="/outbox"
            search={{ ...filter, section: one === 'waiting' ? undefined : one }}
            aria-current={one === section ? 'page' : undefined}
            activeProps={{}}
            activeOptions={{ includeSearch: true, exact: true }}
          >
            {t(`section.${one}`)}
            {counts[one] ? ` ${counts[one].toLocaleString()}` : ''}
          </Link>
        ))}
      </TabBar>
      <SectionList key={section} section={section} filter={filter} />
    </Page>
  )
}

/** How much waits, and when the last of it leaves. */
function useMeta(): string {
  const { t } = useTranslation('outbox')
  const times = useTimes()
  const summary = useSummary().data
  if (!summary) return ''
  const { waiting: count, lastAt } = summary
  return lastAt || count === 0
    ? t('meta', { count, last: lastAt ? times.about(lastAt) : '' })
    : t('metaOpen', { count })
}

interface SectionListProps {
  readonly section: 'waiting' | 'held' | 'past'
  readonly filter: OutboxFilter
}

function SectionList({ section, filter }: SectionListProps): ReactElement {
  const { t } = useTranslation('outbox')
  const here = useHere()
  const sentence = useProblemSentence()
  const found = useOutbox(section, filter)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const act = useAct()
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? []
  const known = new Set(rows.map((row) => row.id))
  const chosen = [...selected].filter((id) => known.has(id))
  const filtered = Boolean(filter.mailboxId ?? filter.kind ?? filter.q)
  const maySelect = here.may.act && section !== 'past'

  return (
    <>
      {chosen.length > 0 ? (
        <SelectionBar
          section={section}
          count={chosen.length}
          acting={act.isPending}
          act={(what) => act.mutate({ act: what, ids: chosen }, { onSuccess: () => setSelected(new Set()) })}
          selectAll={() => setSelected(known)}
          clear={() => setSelected(new Set())}
        />
      ) : (
        <Filters filter={filter} />
      )}
      {act.error ? <ProblemBanner sentence={sentence(act.error)} /> : null}
      {act.data && act.data.refused.length > 0 ? (
        <Banner tone="waiting">{t('refused', { count: act.data.refused.length })}</Banner>
      ) : null}
      {found.isPending ? <Loading /> : null}
      {found.error ? (
        <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
      ) : null}
      {found.data && rows.length === 0 ? <Nothing section={section} filtered={filtered} /> : null}
      {rows.length > 0 ? (
        <MailList
          rows={rows}
          complete={!found.hasNextPage}
          more={() => {
            if (found.hasNextPage && !found.isFetchingNextPage) void found.fetchNextPage()
          }}
          selected={selected}
          select={maySelect ? setSelected : undefined}
        />
      ) : null}
    </>
  )
}

interface NothingProps {
  readonly section: SectionListProps['section']
  readonly filtered: boolean
}

function Nothing({ section, filtered }: NothingProps): ReactElement {
  const { t } = useTranslation('outbox')
  if (filtered)
    return (
      <EmptyState
        sentence={t('empty.filtered')}
        act={
          <ButtonLink to="/outbox" search={section === 'waiting' ? {} : { section }}>
            {t('filter.clear')}
          </ButtonLink>
        }
      />
    )
  return (
    <EmptyState
      sentence={t(`empty.${section}`)}
      act={section === 'waiting' ? <ButtonLink to="/campaigns">{t('empty.act')}</ButtonLink> : null}
    />
  )
}

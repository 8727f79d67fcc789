/** One part of the outbox: its filters or the selection, what an act came to, and the timetable of its mails. */
import type { OutboxDeed, OutboxRow } from '@kontor/api/outbox'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { ButtonLink } from '../ui/button.tsx'
import { EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { useActing } from './acting.ts'
import { AskDeed } from './ask-deed.tsx'
import { type OutboxFilter, useOutbox } from './asks.ts'
import { type Chosen, choicesOf, countOf, nothing, wholeChoice } from './choice.ts'
import type { Asked, Part } from './deeds.ts'
import { Filters } from './filters.tsx'
import { MailList } from './mail-list.tsx'
import { OutcomeBanner } from './outcome-banner.tsx'
import { ProgressBar, SelectionBar } from './selection-bar.tsx'
import { SentToday } from './sent-today.tsx'

interface PartProps {
  readonly part: Part
  readonly filter: OutboxFilter
}

export function PartList({ part, filter }: PartProps): ReactElement {
  const here = useHere()
  const sentence = useProblemSentence()
  const found = useOutbox(part, filter)
  const acting = useActing()
  const [chosen, choose] = useState<Chosen>(nothing)
  const [asking, setAsking] = useState<{ readonly row: OutboxRow; readonly ask: Asked }>()
  const pages = found.data?.pages ?? []
  const rows = pages.flatMap((page) => page.rows)
  const { total = rows.length, uncounted = false } = pages[0] ?? {}
  const count = countOf(chosen, rows, total)
  const filtered = Boolean(filter.mailboxId ?? filter.campaignId ?? filter.kind ?? filter.q)

  async function actOnChosen(deed: OutboxDeed, counted = count): Promise<void> {
    await acting.run(choicesOf(chosen, rows, part, filter), deed, counted)
    choose(nothing)
  }
  function actOnOne(row: OutboxRow, deed: OutboxDeed): void {
    void acting.run([{ ids: [row.id] }], deed, 1)
  }
  return (
    <>
      {acting.running && acting.running.total > 1 ? (
        <ProgressBar running={acting.running} stop={acting.stop} />
      ) : count > 0 ? (
        <SelectionBar
          part={part}
          count={count}
          total={total}
          uncounted={uncounted}
          all={chosen.all}
          from={onlyMailbox(chosen, rows, filter)}
          choice={wholeChoice(chosen, rows, part, filter)}
          act={(deed, counted) => void actOnChosen(deed, counted)}
          selectAll={() => choose({ all: true, before: pages[0]?.asOf ?? '' })}
          clear={() => choose(nothing)}
        />
      ) : (
        <Filters filter={filter} />
      )}
      <OutcomeBanner acting={acting} />
      {found.isPending ? <Loading /> : null}
      {found.error ? (
        <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
      ) : null}
      {part === 'waiting' && !filtered ? <SentToday /> : null}
      {found.data && rows.length === 0 ? <Nothing part={part} filtered={filtered} /> : null}
      {rows.length > 0 ? (
        <MailList
          rows={rows}
          part={part}
          complete={!found.hasNextPage}
          more={() => {
            if (found.hasNextPage && !found.isFetchingNextPage) void found.fetchNextPage()
          }}
          chosen={chosen}
          choose={here.may.act ? choose : undefined}
          act={actOnOne}
          ask={(row, ask) => setAsking({ row, ask })}
        />
      ) : null}
      {asking ? (
        <AskDeed
          ask={asking.ask}
          count={1}
          choice={{ ids: [asking.row.id] }}
          from={asking.row.mailboxId}
          close={() => setAsking(undefined)}
          run={(deed) => actOnOne(asking.row, deed)}
        />
      ) : null}
    </>
  )
}

/** The mailbox of all chosen mails, when it is one. */
function onlyMailbox(chosen: Chosen, rows: readonly OutboxRow[], filter: OutboxFilter): string | undefined {
  if (filter.mailboxId || chosen.all) return filter.mailboxId
  const mailboxes = new Set(rows.flatMap((row) => (chosen.ids.has(row.id) ? [row.mailboxId] : [])))
  return mailboxes.size === 1 ? [...mailboxes][0] : undefined
}

function Nothing({ part, filtered }: { readonly part: Part; readonly filtered: boolean }): ReactElement {
  const { t } = useTranslation('outbox')
  if (filtered)
    return (
      <EmptyState
        sentence={t('empty.filtered')}
        act={
          <ButtonLink to="/outbox" search={part === 'waiting' ? {} : { section: part }}>
            {t('filter.clear')}
          </ButtonLink>
        }
      />
    )
  return (
    <EmptyState
      sentence={t(`empty.${part}`)}
      act={part === 'waiting' ? <ButtonLink to="/campaigns">{t('empty.act')}</ButtonLink> : null}
    />
  )
}

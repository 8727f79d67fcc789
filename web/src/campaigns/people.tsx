/**
 * The people of a campaign: tabs by stage with counts, a table, a selection that survives leaving the screen,
 * and the ways on with it: inviting, or writing one message to all of them.
 */
import { MemberState } from '@kontor/api/campaigns'
import type { Campaign } from '@kontor/api/campaigns'
import { useDebouncedCallback } from '@mantine/hooks'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { localeOf } from '../client/time.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { useSelection } from '../parts/selection.ts'
import { MoreRows } from '../ui/more-rows.tsx'
import { EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { type PeopleQuery, usePeople } from './asks.ts'
import styles from './campaigns.module.css'
import { PeopleTable } from './people-table.tsx'
import { PickPeople } from './pick-people.tsx'
import { PeopleSelected } from './people-selected.tsx'
import { stageTabs } from './stages.ts'

export function People({ campaign }: { readonly campaign: Campaign }): ReactElement {
  const { t } = useTranslation('campaigns')
  const sentence = useProblemSentence()
  const here = useHere()
  const asked = useAsked()
  const found = usePeople(campaign.id, asked.query)
  const selection = useSelection<PeopleQuery>(campaign.id)
  const [picking, setPicking] = useState(false)
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? []
  const total = stageTabs(campaign.counts)[0]?.count ?? 0
  const selectable = here.may.act && campaign.status !== 'closed'
  const add =
    here.may.act && campaign.status !== 'closed' ? (
      <Button look={total === 0 ? 'primary' : 'plain'} onClick={() => setPicking(true)}>
        {t('people.add')}
      </Button>
    ) : null

  return (
    <>
      {total > 0 ? <Stages campaign={campaign} asked={asked} acts={add} /> : null}
      {selection.count > 0 && selectable ? (
        <PeopleSelected
          campaign={campaign}
          selection={selection}
          shown={rows}
          fitting={{ query: asked.query, total: found.data?.pages[0]?.total ?? rows.length }}
        />
      ) : null}
      {found.error && !found.data ? (
        <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
      ) : null}
      {found.isPending ? <Loading /> : null}
      {found.data && rows.length === 0 ? <Nobody total={total} asked={asked} add={add} /> : null}
      {rows.length > 0 ? <PeopleTable rows={rows} selection={selectable ? selection : undefined} /> : null}
      <MoreRows of={found} className={styles['more']} />
      <PickPeople campaign={campaign} opened={picking} close={() => setPicking(false)} />
    </>
  )
}

interface Asked {
  readonly query: PeopleQuery
  readonly ask: (next: Partial<PeopleQuery>) => void
}

/** Stage and search stand in the address. */
function useAsked(): Asked {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  const navigate = useNavigate()
  const stage = MemberState.safeParse(search['stage'])
  const q = typeof search['q'] === 'string' && search['q'] !== '' ? search['q'] : undefined
  const state = stage.success ? stage.data : undefined
  return {
    query: { state, q },
    ask: (next) => {
      const wanted = { state, q, ...next }
      void navigate({
        to: '.',
        search: { ...(wanted.state ? { stage: wanted.state } : {}), ...(wanted.q ? { q: wanted.q } : {}) },
        replace: true,
      })
    },
  }
}

function Stages(props: {
  readonly campaign: Campaign
  readonly asked: Asked
  readonly acts: ReactElement | null
}): ReactElement {
  const { t } = useTranslation('campaigns')
  const number = new Intl.NumberFormat(localeOf(useLanguage()))
  const { asked } = props
  return (
    <div className={styles['stageBar']}>
      <div className={styles['stages']} role="group" aria-label={t('people.stages')}>
        {stageTabs(props.campaign.counts).map(({ stage, count }) => (
          <button
            key={stage}
            type="button"
            aria-pressed={(asked.query.state ?? 'all') === stage}
            data-zero={count === 0 ? 'true' : undefined}
            onClick={() => asked.ask({ state: stage === 'all' ? undefined : stage })}
          >
            {t(`stage.${stage}`)} <span>{number.format(count)}</span>
          </button>
        ))}
      </div>
      <div className={styles['stageActs']}>
        <Search asked={asked} />
        {props.acts}
      </div>
    </div>
  )
}

function Search({ asked }: { readonly asked: Asked }): ReactElement {
  const { t } = useTranslation('campaigns')
  const [text, setText] = useState(asked.query.q ?? '')
  const search = useDebouncedCallback((q: string) => asked.ask({ q: q.trim() === '' ? undefined : q }), 250)
  useEffect(() => {
    if (asked.query.q === undefined) setText('')
  }, [asked.query.q])
  return (
    <TextField
      label={t('people.search')}
      hideLabel
      compact
      type="search"
      placeholder={t('people.search')}
      value={text}
      onText={(next) => {
        setText(next)
        search(next)
      }}
    />
  )
}

function Nobody(props: {
  readonly total: number
  readonly asked: Asked
  readonly add: ReactElement | null
}): ReactElement {
  const { t } = useTranslation('campaigns')
  const { q } = props.asked.query
  if (props.total === 0) return <EmptyState sentence={t('people.empty')} act={props.add} />
  return (
    <EmptyState
      sentence={q ? t('people.emptySearch', { q }) : t('people.emptyStage')}
      act={
        <Button onClick={() => props.asked.ask({ state: undefined, q: undefined })}>
          {t('people.everybody')}
        </Button>
      }
    />
  )
}

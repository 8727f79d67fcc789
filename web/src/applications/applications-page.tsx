/** Applications of a campaign: one per screen by keyboard, or as a list; decisions gather until they are sent. */
import type { Application } from '@kontor/api/campaigns'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { ButtonLink } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { ApplicationList } from './application-list.tsx'
import styles from './applications.module.css'
import { useApplications, useCampaign, useDecide } from './asks.ts'
import { type Verdict, decidable, decided, emptyDesk, moved, position, tally, undone } from './desk.ts'
import { OneApplication } from './one-application.tsx'

export function ApplicationsPage({ campaignId }: { readonly campaignId: string }): ReactElement {
  const { t } = useTranslation('applications')
  const sentence = useProblemSentence()
  const campaign = useCampaign(campaignId).data
  const found = useApplications(campaignId)
  const rows = found.data
  return (
    <Page
      title={t('title')}
      back={
        <Link to="/campaigns/$campaignId" params={{ campaignId }}>
          {campaign?.name ?? '…'}
        </Link>
      }
      meta={rows && rows.length > 0 ? <Tally rows={rows} /> : null}
      acts={rows ? <SendAct campaignId={campaignId} rows={rows} /> : null}
    >
      {found.error && !rows ? (
        <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
      ) : null}
      {found.isPending ? <Loading /> : null}
      {rows?.length === 0 ? (
        <EmptyState
          sentence={t('empty')}
          act={
            <ButtonLink to="/campaigns/$campaignId" params={{ campaignId }}>
              {t('emptyAct')}
            </ButtonLink>
          }
        />
      ) : null}
      {rows && rows.length > 0 ? <Desk campaignId={campaignId} rows={rows} /> : null}
    </Page>
  )
}

function Tally({ rows }: { readonly rows: readonly Application[] }): ReactElement {
  const { t } = useTranslation('applications')
  const counts = tally(rows)
  const gathered = counts.approved + counts.rejected
  const words = [
    t('tally.open', { count: counts.open }),
    counts.approved > 0 ? t('tally.approved', { count: counts.approved }) : '',
    counts.rejected > 0 ? t('tally.rejected', { count: counts.rejected }) : '',
    gathered > 0 ? t('tally.unsent') : '',
  ]
  return <>{words.filter(Boolean).join(' · ')}</>
}

function SendAct(props: {
  readonly campaignId: string
  readonly rows: readonly Application[]
}): ReactElement | null {
  const { t } = useTranslation('applications')
  const here = useHere()
  const counts = tally(props.rows)
  const count = counts.approved + counts.rejected
  if (count === 0 || !here.may.act) return null
  return (
    <ButtonLink
      look="primary"
      to="/campaigns/$campaignId/applications/plan"
      params={{ campaignId: props.campaignId }}
    >
      {t('send', { count })}
    </ButtonLink>
  )
}

/** The view as it stands in the address; one by one is the plain address. */
const inAddress: Readonly<Record<'one' | 'list', Readonly<Record<string, string>>>> = {
  one: {},
  list: { view: 'list' },
}

interface DeskProps {
  readonly campaignId: string
  readonly rows: readonly Application[]
}

function Desk({ campaignId, rows }: DeskProps): ReactElement {
  const { t } = useTranslation('applications')
  const sentence = useProblemSentence()
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  const navigate = useNavigate()
  const [desk, setDesk] = useState(emptyDesk)
  const decide = useDecide(campaignId)
  const view = search['view'] === 'list' ? 'list' : 'one'
  const at = position(desk, rows)
  const chosen = rows[at]

  function verdict(application: Application, decision: Verdict): void {
    if (!decidable(application)) return
    setDesk(decided(desk, rows, application.id))
    decide.mutate({ id: application.id, decision })
  }
  function undo(): void {
    const back = undone(desk)
    if (!back) return
    setDesk(back.desk)
    decide.mutate({ id: back.id, decision: back.verdict })
  }
  return (
    <>
      <div className={styles['views']} role="group" aria-label={t('view.label')}>
        {(['one', 'list'] as const).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={view === one}
            onClick={() => void navigate({ to: '.', search: { ...inAddress[one] }, replace: true })}
          >
            {t(`view.${one}`)}
          </button>
        ))}
      </div>
      {decide.error ? <ProblemBanner sentence={t('failed', { why: sentence(decide.error) })} /> : null}
      {view === 'list' ? (
        <ApplicationList
          rows={rows}
          open={(id) => {
            setDesk({ ...desk, chosen: id })
            void navigate({ to: '.', search: {} })
          }}
          decide={verdict}
          takeBack={(application) => decide.mutate({ id: application.id, decision: null })}
        />
      ) : chosen ? (
        <OneApplication
          application={chosen}
          position={at + 1}
          count={rows.length}
          move={(step) => setDesk(moved(desk, rows, step))}
          decide={(decision) => verdict(chosen, decision)}
          takeBack={() => decide.mutate({ id: chosen.id, decision: null })}
          undo={desk.trail.length > 0 ? undo : undefined}
        />
      ) : null}
    </>
  )
}

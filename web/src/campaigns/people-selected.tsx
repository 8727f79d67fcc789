/**
 * What can be done with the selected people. When all of the page is selected and more fit, one press selects those
 * too, however many they are.
 */
import type { Campaign, Member } from '@kontor/api/campaigns'
import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Selection } from '../parts/selection.ts'
import { Button } from '../ui/button.tsx'
import type { PeopleQuery } from './asks.ts'
import styles from './campaigns.module.css'

interface SelectedProps {
  readonly campaign: Campaign
  readonly selection: Selection<PeopleQuery>
  readonly shown: readonly Member[]
  /** Everybody whom the list would show, page by page. */
  readonly fitting: { readonly query: PeopleQuery; readonly total: number }
}

export function PeopleSelected({ campaign, selection, shown, fitting }: SelectedProps): ReactElement {
  const { t } = useTranslation('campaigns')
  const { count } = selection
  const page = shown.length > 0 && shown.every((member) => selection.has(member.id))
  const more = page && 'ids' in selection.chosen && fitting.total > shown.length
  return (
    <div className={styles['selectionBar']} role="status">
      <strong>{t('people.selected', { count })}</strong>
      {more ? (
        <Button look="link" onClick={() => selection.everyone(fitting.query, fitting.total)}>
          {t('people.selectFitting', { count: fitting.total })}
        </Button>
      ) : null}
      <span className={styles['selectionActs']}>
        <Acts campaign={campaign} selection={selection} shown={shown} />
        <Button look="quiet" onClick={selection.clear}>
          {t('people.clear')}
        </Button>
      </span>
    </div>
  )
}

function Acts({ campaign, selection, shown }: Omit<SelectedProps, 'fitting'>): ReactElement {
  const { t } = useTranslation('campaigns')
  const navigate = useNavigate()
  const { chosen, count } = selection
  const params = { campaignId: campaign.id }
  if (campaign.status !== 'running')
    return (
      <span className={styles['quietText']}>
        {campaign.status === 'paused' ? t('people.resumeFirst') : t('people.startFirst')}
      </span>
    )
  const seen = new Map(shown.map((member) => [member.id, member]))
  const chosenHere = 'ids' in chosen ? chosen.ids.flatMap((id) => seen.get(id) ?? []) : []
  // everybody selected on this page was invited before: inviting would leave all of them out
  const pointless = chosenHere.length === count && chosenHere.every((member) => !invitable(member))
  return (
    <>
      {pointless ? null : (
        <Button look="primary" onClick={() => void navigate({ to: '/campaigns/$campaignId/invite', params })}>
          {t('people.invite', { count })}
        </Button>
      )}
      <Button
        look={pointless ? 'primary' : 'plain'}
        onClick={() => void navigate({ to: '/campaigns/$campaignId/message', params })}
      >
        {t('people.write', { count })}
      </Button>
    </>
  )
}

/** An invitation that already waits counts as invited. */
function invitable(member: Member): boolean {
  return (member.state === 'added' || member.state === 'viewed') && member.waiting === undefined
}

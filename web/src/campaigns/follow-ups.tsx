/** What follows the mails of a campaign: each launch with its follow-ups and people, and one act that stops them all. */
import type { Campaign } from '@kontor/api/campaigns'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { FollowedList } from '../parts/follow-ups/followed-list.tsx'
import { useEndInCampaign, useFollowed } from '../parts/follow-ups/follow-up-asks.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/overlay.tsx'
import { EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'

export function FollowUps({ campaign }: { readonly campaign: Campaign }): ReactElement {
  const { t } = useTranslation('followups')
  const here = useHere()
  const sentence = useProblemSentence()
  const found = useFollowed(campaign.id)
  const [asking, ask] = useState(false)
  const rows = found.data ?? []
  const open = rows.reduce((sum, { counts }) => sum + counts.waiting + counts.reminder, 0)
  const several = rows.filter(({ counts }) => counts.waiting + counts.reminder > 0).length > 1
  return (
    <>
      {found.error ? (
        <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
      ) : null}
      {found.isPending ? <Loading /> : null}
      {found.data && rows.length === 0 ? <EmptyState sentence={t('list.emptyCampaign')} /> : null}
      {several && here.may.act ? (
        <p>
          <Button onClick={() => ask(true)}>{t('stopCampaign', { count: open })}</Button>
        </p>
      ) : null}
      <FollowedList rows={rows} naming="nothing" />
      {asking ? <Stop campaign={campaign} count={open} close={() => ask(false)} /> : null}
    </>
  )
}

function Stop(props: {
  readonly campaign: Campaign
  readonly count: number
  readonly close: () => void
}): ReactElement {
  const { t } = useTranslation('followups')
  const { t: shell } = useTranslation('shell')
  const sentence = useProblemSentence()
  const end = useEndInCampaign(props.campaign.id)
  const { count, close } = props
  return (
    <Dialog
      title={t('stopTitle', { count })}
      opened
      close={close}
      width={440}
      acts={
        <>
          <Button
            look="problem"
            busy={end.isPending}
            onClick={() => end.mutate(undefined, { onSuccess: close })}
          >
            {t('stopCampaign', { count })}
          </Button>
          <Button onClick={close}>{shell('act.cancel')}</Button>
        </>
      }
    >
      {end.error ? <ProblemBanner sentence={sentence(end.error)} /> : null}
      <p>{t('stopBody')}</p>
    </Dialog>
  )
}

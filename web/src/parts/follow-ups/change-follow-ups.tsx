/** What follows a launch, changed later: it holds for those still waiting; what is in the outbox keeps its words. */
import type { Followed } from '@kontor/api/follow-ups'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../../client/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/overlay.tsx'
import { ProblemBanner } from '../../ui/states.tsx'
import { useChangeFollowUps } from './follow-up-asks.ts'
import type { FollowUpDraft } from './follow-up-draft.ts'
import { draftOf, followUpsOf } from './follow-up-draft.ts'
import { FollowUpsField } from './follow-ups-field.tsx'

interface ChangeProps {
  readonly launch: Followed
  readonly close: () => void
}

export function ChangeFollowUps({ launch, close }: ChangeProps): ReactElement {
  const { t } = useTranslation('followups')
  const { t: shell } = useTranslation('shell')
  const sentence = useProblemSentence()
  const change = useChangeFollowUps(launch.launchId)
  const [drafts, keep] = useState<readonly FollowUpDraft[]>(() => launch.followUps.map(draftOf))
  const { kind, campaignId, subject } = launch
  return (
    <Dialog
      title={t('changeTitle')}
      opened
      close={close}
      width={560}
      acts={
        <>
          <Button
            look="primary"
            busy={change.isPending}
            onClick={() => change.mutate(followUpsOf(drafts), { onSuccess: close })}
          >
            {shell('act.save')}
          </Button>
          <Button onClick={close}>{shell('act.cancel')}</Button>
        </>
      }
    >
      {change.error ? <ProblemBanner sentence={sentence(change.error)} /> : null}
      <p>{t('changeBody')}</p>
      <FollowUpsField
        drafts={drafts}
        keep={keep}
        place={{ kind, campaignId, subjects: { en: subject, de: subject } }}
        mailboxId={launch.mailboxId}
      />
    </Dialog>
  )
}

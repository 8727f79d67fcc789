/** Inviting the selected people: the sending plan for exactly them, and one button that schedules the invitations. */
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { freshKey } from '../client/clock.ts'
import { forgetDraft, useDraft } from '../client/draft.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { FilesField } from '../parts/files/files-field.tsx'
import type { FollowUpDraft } from '../parts/follow-ups/follow-up-draft.ts'
import { followUpsOf } from '../parts/follow-ups/follow-up-draft.ts'
import { FollowUpsField } from '../parts/follow-ups/follow-ups-field.tsx'
import { LastLaunch } from '../parts/last-launch.tsx'
import { audienceOf, useSelection } from '../parts/selection.ts'
import { SendingPlan } from '../parts/sending-plan.tsx'
import { ButtonLink } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { EmptyState, ProblemBanner } from '../ui/states.tsx'
import { useCampaign, useInvite, useInvitePlan, useMailboxes, useTexts } from './asks.ts'
import type { PeopleQuery } from './asks.ts'
import { useCampaignFiles } from './campaign-files.ts'
import styles from './campaigns.module.css'

export function InvitePage({ campaignId }: { readonly campaignId: string }): ReactElement {
  const { t } = useTranslation('campaigns')
  const here = useHere()
  const campaign = useCampaign(campaignId).data
  const selection = useSelection<PeopleQuery>(campaignId)
  const [people] = useState(selection)
  const [chosen, choose] = useState<string>()
  const [key] = useState(freshKey)
  const mailboxId = chosen ?? campaign?.mailboxId
  const invite = useInvite(campaignId)
  const chosenFiles = useCampaignFiles(campaignId, 'invitation')
  const sentence = useProblemSentence()
  const draftName = `followUps.${campaignId}`
  const [followUps, keepFollowUps] = useDraft<readonly FollowUpDraft[]>(draftName, [])
  const texts = (useTexts(campaignId).data ?? []).filter((text) => text.kind === 'invitation')
  const to = {
    kind: 'invitation' as const,
    audience: audienceOf(people.chosen),
    followUps: followUpsOf(followUps),
    ...(mailboxId ? { mailboxId } : {}),
  }
  const plan = useInvitePlan(campaignId, people.count > 0 && campaign && !invite.isSuccess ? to : undefined)
  const senders = useMailboxes().filter((mailbox) => mailbox.maySend)
  const back = (
    <Link to="/campaigns/$campaignId" params={{ campaignId }}>
      {campaign?.name ?? t('plan.back')}
    </Link>
  )
  return (
    <Page title={people.count > 0 ? t('plan.invite', { count: people.count }) : t('title')} back={back}>
      {people.count === 0 || !here.may.act ? (
        <>
          <EmptyState
            sentence={t('plan.nobody')}
            act={
              <ButtonLink to="/campaigns/$campaignId" params={{ campaignId }}>
                {t('plan.nobodyAct')}
              </ButtonLink>
            }
          />
          <LastLaunch campaignId={campaignId} kind="invitation" />
        </>
      ) : (
        <SendingPlan
          what="invitation"
          plan={plan}
          question={{ path: `/campaigns/${campaignId}/plan`, wish: to }}
          senders={senders}
          chosen={mailboxId}
          choose={choose}
          schedule={() =>
            invite.mutate(
              { ...to, key },
              {
                onSuccess: () => {
                  forgetDraft(draftName)
                  selection.clear()
                },
              },
            )
          }
          scheduling={invite.isPending}
          unready={chosenFiles.flow.coming.length > 0}
          refused={invite.error}
          scheduled={invite.data}
          done={
            <ButtonLink to="/campaigns/$campaignId" params={{ campaignId }}>
              {t('plan.back')}
            </ButtonLink>
          }
        >
          <div className={styles['planFiles']}>
            <h3>{t('files.of.invitation')}</h3>
            {chosenFiles.error ? <ProblemBanner sentence={sentence(chosenFiles.error)} /> : null}
            {chosenFiles.known ? (
              <FilesField
                files={chosenFiles.files}
                flow={chosenFiles.flow}
                mailboxId={mailboxId}
                hint={t('files.hint')}
              />
            ) : null}
          </div>
          <FollowUpsField
            drafts={followUps}
            keep={keepFollowUps}
            place={{
              kind: 'invitation',
              campaignId,
              subjects: Object.fromEntries(texts.map(({ language, subject }) => [language, subject])),
            }}
            mailboxId={mailboxId ?? plan.data?.mailboxId}
          />
        </SendingPlan>
      )}
    </Page>
  )
}

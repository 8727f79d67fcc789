/** Writing to those of whom Kontor reminds: the words are there already, in the thread of the mail before. */
import type { Course, Followed } from '@kontor/api/follow-ups'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../client/language.ts'
import { useProblemSentence } from '../../client/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/overlay.tsx'
import { ProblemBanner } from '../../ui/states.tsx'
import { useChangeFollowUps, useSendReminded } from './follow-up-asks.ts'
import type { FollowUpDraft } from './follow-up-draft.ts'
import { draftOf, followUpOf, followUpsOf } from './follow-up-draft.ts'
import { FollowUpDialog } from './follow-up-dialog.tsx'
import styles from './follow-ups.module.css'

interface SendProps {
  readonly launch: Followed
  readonly courses: readonly Course[]
  readonly close: () => void
}

export function SendReminded({ launch, courses, close }: SendProps): ReactElement {
  const { t } = useTranslation('followups')
  const { t: shell } = useTranslation('shell')
  const sentence = useProblemSentence()
  const language = useLanguage()
  const send = useSendReminded(launch.launchId)
  const change = useChangeFollowUps(launch.launchId)
  const [drafts, keep] = useState<readonly FollowUpDraft[]>(() => launch.followUps.map(draftOf))
  const [editing, edit] = useState<number>()
  const steps = [...new Set(courses.map(({ n }) => n))].toSorted((a, b) => a - b)
  const changed = JSON.stringify(followUpsOf(drafts)) !== JSON.stringify(launch.followUps)
  const count = courses.length
  const edited = editing === undefined ? undefined : drafts[editing]
  const failed = change.error ?? send.error

  function leave(): void {
    const ids = courses.map(({ id }) => id)
    const go = (): void => send.mutate(ids, { onSuccess: close })
    if (changed) change.mutate(followUpsOf(drafts), { onSuccess: go })
    else go()
  }
  const { kind, campaignId, subject } = launch
  if (edited && editing !== undefined)
    return (
      <FollowUpDialog
        n={editing + 1}
        draft={edited}
        place={{ kind, campaignId, subjects: { en: subject, de: subject } }}
        close={() => edit(undefined)}
        keep={(draft) => {
          keep(drafts.map((one, at) => (at === editing ? draft : one)))
          edit(undefined)
        }}
      />
    )
  return (
    <Dialog
      title={t('remind.title', { count })}
      opened
      close={close}
      width={560}
      acts={
        <>
          <Button look="primary" busy={send.isPending || change.isPending} onClick={leave}>
            {t('remind.act', { count })}
          </Button>
          <Button onClick={close}>{shell('act.cancel')}</Button>
        </>
      }
    >
      {failed ? <ProblemBanner sentence={sentence(failed)} /> : null}
      <p>{t('remind.body', { address: launch.mailboxAddress })}</p>
      {steps.map((n) => {
        const draft = drafts[n - 1]
        const texts = draft && followUpOf(draft)?.texts
        const words = texts?.[language]?.body ?? texts?.en?.body ?? texts?.de?.body ?? ''
        return (
          <div key={n} className={styles['paper']}>
            <p className={styles['subject']}>{`Re: ${subject}`}</p>
            <p className={styles['bodyText']}>{words}</p>
            <Button look="link" onClick={() => edit(n - 1)}>
              {t('remind.change')}
            </Button>
          </div>
        )
      })}
    </Dialog>
  )
}

/**
 * Writing to many: first the text, in one language or both, then the sending plan with everybody's real mail, and one
 * button that names the act. What was typed stays until it was scheduled.
 */
import type { ContactAudience, MemberAudience } from '@kontor/api/launches'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { freshKey } from '../client/clock.ts'
import { forgetDraft, useDraft } from '../client/draft.ts'
import { useLanguage } from '../client/language.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/field.tsx'
import { bulkPlace, useBulkPlan, useBulkSend, useSenders } from './bulk-asks.ts'
import styles from './bulk-message.module.css'
import { type BulkDraft, draftOf, emptyDraft, isBegun, textsOf } from './bulk-text.ts'
import { FilesField } from './files/files-field.tsx'
import { useFiles } from './files/use-files.ts'
import { followUpsOf } from './follow-ups/follow-up-draft.ts'
import { FollowUpsField } from './follow-ups/follow-ups-field.tsx'
import { LanguageTabs } from './language-tabs.tsx'
import { LetterPreview } from './letter-preview.tsx'
import { MessageText } from './message-text.tsx'
import { SendingPlan } from './sending-plan.tsx'
import { TemplateMenu } from './template-menu.tsx'

interface BulkProps {
  /** Absent: outside any campaign. */
  readonly campaignId?: string
  readonly mailboxId?: string | undefined
  readonly audience: MemberAudience | ContactAudience
  /** From the address: which of the two steps is on the screen. */
  readonly step: 'write' | 'plan'
  /** Under which name the text is kept until it is scheduled. */
  readonly draftName: string
  readonly scheduled: () => void
  readonly done: ReactNode
}

export function BulkMessage(props: BulkProps): ReactElement {
  const [draft, keep] = useDraft<BulkDraft>(props.draftName, emptyDraft)
  const texts = textsOf(draft)
  const written = texts !== undefined
  if (props.step === 'plan' && written)
    // what is on the screen stays there, now as what was scheduled
    return (
      <PlanStep
        {...props}
        texts={texts}
        draft={draft}
        keep={keep}
        forget={() => forgetDraft(props.draftName)}
      />
    )
  return (
    <WriteStep
      campaignId={props.campaignId}
      mailboxId={props.mailboxId}
      draft={draft}
      written={written}
      keep={keep}
    />
  )
}

function WriteStep(props: {
  readonly campaignId: string | undefined
  readonly mailboxId: string | undefined
  readonly draft: BulkDraft
  readonly written: boolean
  readonly keep: (next: (draft: BulkDraft) => BulkDraft) => void
}): ReactElement {
  const { t } = useTranslation('bulk')
  const navigate = useNavigate()
  const [language, setLanguage] = useState(useLanguage())
  const { campaignId, draft, keep } = props
  const other = language === 'en' ? 'de' : 'en'
  const files = draft.files ?? []
  const flow = useFiles((next) => keep((now) => ({ ...now, files: next(now.files ?? []) })))
  const ready = props.written && flow.coming.length === 0
  return (
    <div className={styles['split']}>
      <form
        className={styles['write']}
        onSubmit={(event) => {
          event.preventDefault()
          void navigate({ to: '.', search: { step: 'plan' } })
        }}
      >
        <div className={styles['head']}>
          <LanguageTabs language={language} choose={setLanguage} />
          <TemplateMenu
            kind="bulk"
            replaces={isBegun(draft)}
            choose={({ id: templateId, texts }) =>
              keep((now) => ({
                ...draftOf(texts),
                templateId,
                files: now.files ?? [],
                followUps: now.followUps ?? [],
              }))
            }
          />
        </div>
        <p className={styles['quiet']}>
          {draft[language].body === '' && draft[other].body !== ''
            ? t('otherLanguage', { language: t(`language.${other}`) })
            : t('languagesHint')}
        </p>
        <MessageText
          key={language}
          lang={language}
          text={draft[language]}
          place={campaignId === undefined ? 'outside' : 'campaign'}
          keep={(words) => keep((now) => ({ ...now, [language]: words }))}
        >
          <FilesField files={files} flow={flow} mailboxId={props.mailboxId} hint={t('filesHint')} />
        </MessageText>
        <div className={styles['acts']}>
          <Button type="submit" look="primary" disabled={!ready}>
            {t('toPlan')}
          </Button>
          {props.written ? null : <span className={styles['quiet']}>{t('needsBoth')}</span>}
        </div>
      </form>
      <LetterPreview
        wish={{
          kind: 'bulk',
          language,
          ...draft[language],
          ...(campaignId === undefined ? {} : { campaignId }),
        }}
        files={files.map(({ filename }) => filename)}
      />
    </div>
  )
}

function PlanStep(
  props: BulkProps & {
    readonly texts: NonNullable<ReturnType<typeof textsOf>>
    readonly draft: BulkDraft
    readonly keep: (next: (draft: BulkDraft) => BulkDraft) => void
    readonly forget: () => void
  },
): ReactElement {
  const { t } = useTranslation('bulk')
  const { campaignId, audience, texts } = props
  const { templateId, files = [], followUps = [] } = props.draft
  const [chosen, choose] = useState<string>()
  const [again, setAgain] = useState(false)
  const [key] = useState(freshKey)
  const mailboxId = chosen ?? props.mailboxId
  const wish = {
    audience,
    texts,
    again,
    followUps: followUpsOf(followUps),
    files: files.map(({ uploadId }) => uploadId),
    ...(templateId ? { templateId } : {}),
    ...(mailboxId ? { mailboxId } : {}),
  }
  const send = useBulkSend(campaignId)
  const plan = useBulkPlan(campaignId, send.isSuccess ? undefined : wish)
  const repeated = again || (plan.data?.leftOutBy['already_sent'] ?? 0) > 0
  return (
    <SendingPlan
      what="bulk"
      plan={plan}
      question={{ path: `${bulkPlace(campaignId)}/plan`, wish }}
      senders={useSenders()}
      chosen={mailboxId}
      choose={choose}
      schedule={() =>
        send.mutate(
          { ...wish, key },
          {
            onSuccess: () => {
              props.forget()
              props.scheduled()
            },
          },
        )
      }
      scheduling={send.isPending}
      refused={send.error}
      scheduled={send.data}
      done={props.done}
    >
      {repeated ? (
        <Checkbox label={t('again')} hint={t('againHint')} checked={again} onCheck={setAgain} />
      ) : null}
      <FollowUpsField
        drafts={followUps}
        keep={(next) => props.keep((now) => ({ ...now, followUps: next }))}
        place={{
          kind: 'bulk',
          campaignId,
          subjects: {
            ...(texts.en ? { en: texts.en.subject } : {}),
            ...(texts.de ? { de: texts.de.subject } : {}),
          },
        }}
        mailboxId={mailboxId ?? plan.data?.mailboxId}
      />
    </SendingPlan>
  )
}

/** A one-to-one email to a person, in a campaign or outside any. The draft survives leaving the page. */
import type { Contact } from '@kontor/api/contacts'
import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { freshKey } from '../client/clock.ts'
import type { useDraft } from '../client/draft.ts'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Select, TextArea, TextField } from '../ui/field.tsx'
import { Banner, EmptyState, ProblemBanner } from '../ui/states.tsx'
import { useOpenCampaigns, useSenders, useWrite } from './asks.ts'
import styles from './influencers.module.css'

/** A letter while it is being written. */
export interface LetterDraft {
  readonly subject: string
  readonly text: string
  readonly mailboxId: string | undefined
  readonly campaignId: string
  readonly key: string
}

export const blankLetter: LetterDraft = {
  subject: '',
  text: '',
  mailboxId: undefined,
  campaignId: '',
  key: '',
}

interface LetterProps {
  readonly contact: Contact
  readonly draft: ReturnType<typeof useDraft<LetterDraft>>
  readonly close: () => void
}

export function NewLetter({ contact, draft, close }: LetterProps): ReactElement | null {
  const { t } = useTranslation('influencers')
  const senders = useSenders()
  if (!senders) return null
  if (senders.length === 0)
    return (
      <EmptyState
        sentence={t('letter.noSender')}
        act={<ButtonLink to="/settings/integrations">{t('letter.noSenderAct')}</ButtonLink>}
      />
    )
  return <LetterForm contact={contact} draft={draft} close={close} senders={senders} />
}

function LetterForm({
  contact,
  draft: [draft, keep, forget],
  close,
  senders,
}: LetterProps & { readonly senders: NonNullable<ReturnType<typeof useSenders>> }): ReactElement {
  const { t } = useTranslation('influencers')
  const { t: shell } = useTranslation('shell')
  const navigate = useNavigate()
  const sentence = useProblemSentence()
  const campaigns = useOpenCampaigns()
  const write = useWrite()
  const problem = useFieldProblem(write.error)
  const sender =
    senders.find((mailbox) => mailbox.id === draft.mailboxId) ??
    senders.find((mailbox) => mailbox.isDefault) ??
    senders[0]
  const ready =
    draft.subject.trim() !== '' && draft.text.trim() !== '' && sender !== undefined && !write.isPending

  function change(next: Partial<LetterDraft>): void {
    keep({ ...draft, ...next, key: freshKey() })
  }
  function send(): void {
    if (!ready || !sender) return
    write.mutate(
      {
        key: draft.key,
        contactId: contact.id,
        mailboxId: sender.id,
        subject: draft.subject,
        text: draft.text,
        ...(draft.campaignId ? { campaignId: draft.campaignId } : {}),
      },
      {
        onSuccess: ({ conversationId }) => {
          forget()
          void navigate({ to: '/inbox/$conversationId', params: { conversationId } })
        },
      },
    )
  }
  return (
    <form
      className={styles['letter']}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
      }}
    >
      <h2>{t('letter.title', { name: contact.name || contact.address })}</h2>
      {contact.basis === 'none' ? <Banner tone="waiting">{t('letter.noBasis')}</Banner> : null}
      {write.error ? <ProblemBanner sentence={t('letter.failed', { why: sentence(write.error) })} /> : null}
      <div className={styles['letterHead']}>
        <Select
          label={t('letter.from')}
          value={sender?.id ?? ''}
          options={senders.map((mailbox) => ({ value: mailbox.id, label: mailbox.address }))}
          onChoose={(mailboxId) => change({ mailboxId })}
        />
        <Select
          label={t('letter.campaign')}
          value={draft.campaignId}
          options={[
            { value: '', label: t('letter.noCampaign') },
            ...campaigns.map((campaign) => ({ value: campaign.id, label: campaign.name })),
          ]}
          onChoose={(campaignId) => change({ campaignId })}
        />
      </div>
      <TextField
        label={t('letter.subject')}
        value={draft.subject}
        maxLength={300}
        autoFocus
        problem={problem('subject')}
        onText={(subject) => change({ subject })}
      />
      <div className={styles['letterText']}>
        <TextArea
          label={t('letter.text')}
          rows={9}
          value={draft.text}
          problem={problem('text')}
          onText={(text) => change({ text })}
        />
      </div>
      <div className={styles['saveBar']}>
        <Button type="submit" look="primary" busy={write.isPending} disabled={!ready}>
          {t('letter.send')}
        </Button>
        <Button onClick={close}>{shell('act.close')}</Button>
        <span className={styles['quiet']}>
          {sender?.level === 'send_only' ? t('letter.sendOnly') : t('letter.signature')}
        </span>
      </div>
    </form>
  )
}

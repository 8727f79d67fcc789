/** A one-to-one email to a person, in a campaign or outside any. A draft of the team until it is sent. */
import type { Contact } from '@kontor/api/contacts'
import type { Draft, Sender } from '@kontor/api/inbox'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { freshKey } from '../client/clock.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useSession } from '../client/session.ts'
import { Composer, type Going } from '../parts/composer/composer.tsx'
import { LetterTemplate } from '../parts/composer/letter-template.tsx'
import { blankLetter, type Letter, saveOf } from '../parts/composer/letter.ts'
import { useKnownSentence } from '../parts/known-mail.ts'
import { useOpenCampaigns } from '../parts/open-campaigns.ts'
import { useSharedDraft } from '../parts/composer/use-shared-draft.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Select } from '../ui/field.tsx'
import { Banner, EmptyState, ProblemBanner } from '../ui/states.tsx'
import { useOwnSenders } from '../parts/own-senders.ts'
import { useDrafts, useWrite } from './asks.ts'
import styles from './influencers.module.css'

interface LetterProps {
  readonly contact: Contact
  readonly close: () => void
}

/** The place of a letter in this tab. */
export function letterName(contactId: string): string {
  return `letter.${contactId}`
}

export function NewLetter({ contact, close }: LetterProps): ReactElement | null {
  const { t } = useTranslation('influencers')
  const me = useSession().person.id
  const [campaignId, setCampaign] = useState('')
  const [carried, carry] = useState<Letter>(blankLetter)
  const senders = useOwnSenders()
  const drafts = useDrafts(contact.id, campaignId)
  if (!senders || !drafts) return null
  if (senders.length === 0)
    return (
      <EmptyState
        sentence={t('letter.noSender')}
        act={<ButtonLink to="/settings/integrations">{t('letter.noSenderAct')}</ButtonLink>}
      />
    )
  return (
    <LetterForm
      key={campaignId}
      contact={contact}
      close={close}
      senders={senders}
      campaignId={campaignId}
      server={drafts.find((draft) => draft.authorId === me)}
      start={carried}
      move={(to, letter) => {
        carry(letter)
        setCampaign(to)
      }}
    />
  )
}

interface FormProps extends LetterProps {
  readonly senders: readonly Sender[]
  readonly campaignId: string
  readonly server: Draft | undefined
  readonly start: Letter
  readonly move: (campaignId: string, letter: Letter) => void
}

function LetterForm({ contact, close, senders, campaignId, server, start, move }: FormProps): ReactElement {
  const { t } = useTranslation('influencers')
  const navigate = useNavigate()
  const sentence = useProblemSentence()
  const campaigns = useOpenCampaigns() ?? []
  const saidBefore = useKnownSentence()
  const write = useWrite()
  const [key, setKey] = useState(freshKey)
  const place = { contactId: contact.id, ...(campaignId === '' ? {} : { campaignId }) }
  const draft = useSharedDraft(letterName(contact.id), place, { server, start })
  const { letter } = draft
  const sender = senders.find((one) => one.mailboxId === letter.mailboxId) ?? senders[0]

  async function send(how: Going): Promise<void> {
    if (!sender) return
    const draftId = await draft.settle()
    const { seenVersion: _seen, ...words } = saveOf(letter)
    write.mutate(
      {
        ...words,
        ...place,
        key,
        mailboxId: sender.mailboxId,
        ...(draftId === undefined ? {} : { draftId }),
        ...(typeof how === 'object' ? { notBefore: how.at } : { undo: true }),
      },
      {
        onSuccess: (written) => {
          const { conversationId } = written
          draft.forget()
          // whoever asked for a time that is not its own learns of the real one first
          if (!written.replayed || typeof how !== 'object')
            void navigate({ to: '/inbox/$conversationId', params: { conversationId } })
        },
      },
    )
  }
  return (
    <section
      className={styles['letter']}
      aria-label={t('letter.title', { name: contact.name || contact.address })}
    >
      <h2>{t('letter.title', { name: contact.name || contact.address })}</h2>
      {campaigns.length > 0 ? (
        <div className={styles['letterHead']}>
          <Select
            label={t('letter.campaign')}
            value={campaignId}
            options={[
              { value: '', label: t('letter.noCampaign') },
              ...campaigns.map((campaign) => ({ value: campaign.id, label: campaign.name })),
            ]}
            onChoose={(chosen) => {
              draft.discard()
              move(chosen, letter)
            }}
          />
        </div>
      ) : null}
      <Composer
        label={t('letter.text')}
        letter={letter}
        change={(next) => {
          setKey(freshKey())
          draft.change(next)
        }}
        senders={senders}
        to={{ address: contact.address, name: contact.name }}
        withSubject
        sendLabel={t('letter.send')}
        send={(how) => void send(how)}
        sending={write.isPending}
        close={close}
        closeLabel={t('letter.close')}
        templates={
          <LetterTemplate
            about={{ ...place, mailboxId: sender?.mailboxId }}
            language={contact.language}
            change={(next) => {
              setKey(freshKey())
              draft.change(next)
            }}
          />
        }
        more={
          <Button
            look="quiet"
            onClick={() => {
              draft.discard()
              close()
            }}
          >
            {t('letter.discard')}
          </Button>
        }
        banner={
          <>
            {contact.basis === 'none' ? <Banner tone="waiting">{t('letter.noBasis')}</Banner> : null}
            {write.data?.known ? (
              <SentBefore
                sentence={saidBefore(write.data.known, contact.name || contact.address)}
                conversationId={write.data.conversationId}
              />
            ) : null}
            {write.error ? (
              <ProblemBanner sentence={t('letter.failed', { why: sentence(write.error) })} />
            ) : null}
          </>
        }
        foot={
          sender?.level === 'send_only'
            ? t('letter.sendOnly')
            : sender?.signature
              ? t('letter.signature')
              : ''
        }
      />
    </section>
  )
}

/** It had been sent before; where it waits it can be taken back and changed. */
function SentBefore(props: { readonly sentence: string; readonly conversationId: string }): ReactElement {
  const { t } = useTranslation('influencers')
  const { conversationId } = props
  return (
    <Banner
      tone="waiting"
      act={
        <Link to="/inbox/$conversationId" params={{ conversationId }}>
          {t('letter.toConversation')}
        </Link>
      }
    >
      {props.sentence}
    </Banner>
  )
}

/** The person beside a conversation: where they stand, what we may do, notes, and the other conversations with them. */
import { MemberState } from '@kontor/api/campaigns'
import type { Contact } from '@kontor/api/contacts'
import type { Conversation } from '@kontor/api/inbox'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { TextArea } from '../ui/field.tsx'
import { useConversation, usePerson } from './asks.ts'
import { PersonVariables } from './person-variables.tsx'
import { useSaveNotes } from './tells.ts'
import styles from './inbox.module.css'

export function PersonColumn({ id, fold }: { readonly id: string; readonly fold: () => void }): ReactElement {
  const { t } = useTranslation('inbox')
  const conversation = useConversation(id).data
  return (
    <aside className={styles['person']} aria-label={t('person.label')}>
      <div className={styles['personClose']}>
        <Button look="quiet" onClick={fold}>
          {t('conversation.hidePerson')}
        </Button>
      </div>
      {conversation ? <Facts conversation={conversation} /> : null}
    </aside>
  )
}

function Facts({ conversation }: { readonly conversation: Conversation }): ReactElement {
  const { t } = useTranslation('inbox')
  const person = usePerson(conversation.contactId).data
  return (
    <>
      <h2 className={styles['personName']}>
        <Link to="/influencers/$contactId" params={{ contactId: conversation.contactId }}>
          {conversation.contactName}
        </Link>
      </h2>
      {person?.doNotContact ? <p className={styles['problemText']}>{t('person.doNotContact')}</p> : null}
      <dl className={styles['facts']}>
        <Fact name={t('person.address')}>
          {[conversation.contactAddress, ...(person?.otherAddresses ?? [])].filter(Boolean).join('\n')}
        </Fact>
        <Fact name={t('person.handle')}>{person?.handle}</Fact>
        <Fact name={t('person.language')}>{person ? t(`person.${person.language}`) : null}</Fact>
        <Fact name={t('person.basis')}>
          {person ? [t(`basis.${person.basis}`), person.basisSource].filter(Boolean).join(', ') : null}
        </Fact>
        <Fact name={t('person.tags')}>{person?.tags.join(', ')}</Fact>
      </dl>
      <h3 className={styles['personHead']}>{t('person.campaigns')}</h3>
      <Campaigns conversation={conversation} />
      {person ? <PersonVariables key={`variables ${person.id}`} person={person} /> : null}
      {person ? <Notes key={person.id} person={person} /> : null}
      <Others conversation={conversation} />
      <ButtonLink to="/influencers/$contactId" params={{ contactId: conversation.contactId }}>
        {t('person.open')}
      </ButtonLink>
    </>
  )
}

function Campaigns({ conversation }: { readonly conversation: Conversation }): ReactElement {
  const { t } = useTranslation('inbox')
  if (conversation.campaigns.length === 0)
    return <p className={styles['quietText']}>{t('person.noCampaigns')}</p>
  return (
    <ul className={styles['others']}>
      {conversation.campaigns.map((campaign) => {
        const stage = MemberState.safeParse(campaign.state)
        return (
          <li key={campaign.id}>
            <Link to="/campaigns/$campaignId" params={{ campaignId: campaign.id }}>
              {campaign.name}
            </Link>
            {stage.success ? <small>{t(`stage.${stage.data}`)}</small> : null}
          </li>
        )
      })}
    </ul>
  )
}

function Others({ conversation }: { readonly conversation: Conversation }): ReactElement | null {
  const { t } = useTranslation('inbox')
  const times = useTimes()
  if (conversation.others.length === 0) return null
  return (
    <>
      <h3 className={styles['personHead']}>{t('person.others')}</h3>
      <ul className={styles['others']}>
        {conversation.others.map((other) => (
          <li key={other.id}>
            <Link to="/inbox/$conversationId" params={{ conversationId: other.id }}>
              {other.campaignName ?? t('person.outside')}
            </Link>
            <small>
              {t(`state.${other.teamState}`)}, {times.gutter(other.lastAt)}
            </small>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Notes on the person, written where they are read; saved on leaving the field. */
function Notes({ person }: { readonly person: Contact }): ReactElement | null {
  const { t } = useTranslation('inbox')
  const here = useHere()
  const sentence = useProblemSentence()
  const save = useSaveNotes(person.id)
  const [text, setText] = useState(person.notes)
  useEffect(() => setText(person.notes), [person.notes])
  if (!here.may.act)
    return person.notes === '' ? null : <p className={styles['personNotes']}>{person.notes}</p>
  return (
    <div className={styles['personNotes']}>
      <TextArea
        label={t('person.notes')}
        hint={t('person.notesHint')}
        rows={3}
        value={text}
        problem={save.error ? sentence(save.error) : undefined}
        onText={setText}
        onBlur={() => {
          if (text !== person.notes) save.mutate(text)
        }}
      />
      <p className={styles['quietText']} role="status">
        {save.isSuccess && text === person.notes ? t('person.notesSaved') : ''}
      </p>
    </div>
  )
}

function Fact({
  name,
  children,
}: {
  readonly name: string
  readonly children: ReactNode
}): ReactElement | null {
  if (!children) return null
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

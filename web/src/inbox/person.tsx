/** The person beside a conversation: where they stand, what we may do, and the other conversations with them. */
import { MemberState } from '@kontor/api/campaigns'
import type { Conversation } from '@kontor/api/inbox'
import { Link } from '@tanstack/react-router'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, ButtonLink } from '../ui/button.tsx'
import { useConversation, usePerson } from './asks.ts'
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
  const stage = MemberState.safeParse(conversation.memberState)
  return (
    <>
      <h2 className={styles['personName']}>{conversation.contactName}</h2>
      {person?.doNotContact ? <p className={styles['problemText']}>{t('person.doNotContact')}</p> : null}
      <dl className={styles['facts']}>
        <Fact name={t('person.stage')}>{stage.success ? t(`stage.${stage.data}`) : null}</Fact>
        <Fact name={t('person.address')}>{conversation.contactAddress}</Fact>
        <Fact name={t('person.handle')}>{person?.handle}</Fact>
        <Fact name={t('person.language')}>{person ? t(`person.${person.language}`) : null}</Fact>
        <Fact name={t('person.basis')}>
          {person ? [t(`basis.${person.basis}`), person.basisSource].filter(Boolean).join(', ') : null}
        </Fact>
        <Fact name={t('person.tags')}>{person?.tags.join(', ')}</Fact>
        <Fact name={t('person.notes')}>{person?.notes}</Fact>
      </dl>
      {conversation.others.length > 0 ? (
        <>
          <h3 className={styles['personHead']}>{t('person.others')}</h3>
          <ul className={styles['others']}>
            {conversation.others.map((other) => (
              <li key={other.id}>
                <Link to="/inbox/$conversationId" params={{ conversationId: other.id }}>
                  {other.campaignName ?? t('person.outside')}
                </Link>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <ButtonLink to="/influencers/$contactId" params={{ contactId: conversation.contactId }}>
        {t('person.open')}
      </ButtonLink>
    </>
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

/** One influencer: the time line of everything, the facts, why we may write, and the way to a one-to-one email. */
import type { Contact } from '@kontor/api/contacts'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../client/http.ts'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { holdsWords } from '../parts/composer/use-shared-draft.ts'
import { Button } from '../ui/button.tsx'
import { Page, Section } from '../ui/page.tsx'
import { EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { useContact } from './asks.ts'
import { useBarred } from './barred.ts'
import { FactsForm } from './facts-form.tsx'
import { FactsList } from './facts-list.tsx'
import { Forbid } from './forbid.tsx'
import styles from './influencers.module.css'
import { MergeInfluencer } from './merge-influencer.tsx'
import { NewLetter, letterName } from './new-letter.tsx'
import { RemoveInfluencer } from './remove-influencer.tsx'
import { PersonTimeline } from './timeline.tsx'

export function InfluencerPage({ contactId }: { readonly contactId: string }): ReactElement {
  const { t } = useTranslation('influencers')
  const sentence = useProblemSentence()
  const found = useContact(contactId)
  const back = <Link to="/influencers">{t('person.back')}</Link>
  if (found.data) return <Opened key={contactId} contact={found.data} back={back} />
  const gone = found.error instanceof ProblemError && found.error.status === 404
  const merged =
    found.error instanceof ProblemError && found.error.code === 'contact_merged'
      ? found.error.values['contactId']
      : undefined
  return (
    <Page title={t('title')} back={back}>
      {found.isPending ? <Loading /> : null}
      {gone ? <EmptyState sentence={t('person.gone')} act={back} /> : null}
      {typeof merged === 'string' ? (
        <EmptyState
          sentence={t('person.merged')}
          act={
            <Link to="/influencers/$contactId" params={{ contactId: merged }}>
              {t('form.knownAct')}
            </Link>
          }
        />
      ) : null}
      {found.error && !gone && merged === undefined ? (
        <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
      ) : null}
    </Page>
  )
}

function Opened({ contact, back }: { readonly contact: Contact; readonly back: ReactElement }): ReactElement {
  const { t } = useTranslation('influencers')
  const here = useHere()
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  const [writing, setWriting] = useState(search['write'] === true || holdsWords(letterName(contact.id)))
  const barred = useBarred()(contact)
  const known = [
    contact.handle,
    contact.address,
    t(`language.${contact.language}`),
    contact.country,
    ...contact.tags,
  ]
  return (
    <Page
      title={contact.name || contact.address}
      back={back}
      meta={known.filter(Boolean).join(' · ')}
      acts={
        here.may.act && !writing && !contact.doNotContact ? (
          <Button look="primary" onClick={() => setWriting(true)}>
            {t('person.write')}
          </Button>
        ) : null
      }
    >
      {barred ? <p className={styles['barredNote']}>{barred}</p> : null}
      <Also contact={contact} />
      {writing && here.may.act ? <NewLetter contact={contact} close={() => setWriting(false)} /> : null}
      <div className={styles['person']}>
        <div>
          <Section title={t('person.timeline')}>
            <PersonTimeline contactId={contact.id} />
          </Section>
        </div>
        <div>
          <Section title={t('person.facts')}>
            {here.may.act ? <FactsForm contact={contact} /> : <FactsList contact={contact} />}
          </Section>
          {here.may.act ? (
            <>
              <Section title={t('person.forbidTitle')}>
                <Forbid contact={contact} />
              </Section>
              <Section title={t('merge.section')}>
                <div className={styles['forbid']}>
                  <p>{t('merge.hint')}</p>
                  <MergeInfluencer contact={contact} />
                </div>
              </Section>
              <RemoveInfluencer contact={contact} />
            </>
          ) : null}
        </div>
      </div>
    </Page>
  )
}

/** Where else the person can be reached, and whether mail is wanted at the moment. */
function Also({ contact }: { readonly contact: Contact }): ReactElement | null {
  const { t } = useTranslation('influencers')
  const times = useTimes()
  const { manager, pausedUntil } = contact
  const lines = [
    contact.otherAddresses.length > 0
      ? `${t('person.otherAddresses')} ${contact.otherAddresses.join(', ')}`
      : '',
    contact.otherHandles
      .map((handle) => (handle.network ? `${handle.network}: ${handle.name}` : handle.name))
      .join(' · '),
    manager
      ? t(manager.cc ? 'person.managerCc' : 'person.manager', {
          who: [manager.name, manager.address].filter(Boolean).join(', '),
        })
      : '',
    pausedUntil ? t('person.paused', { when: times.date(pausedUntil.slice(0, 10)) }) : '',
  ].filter(Boolean)
  if (lines.length === 0) return null
  return (
    <div className={`${styles['quiet']} ${styles['also']}`}>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  )
}

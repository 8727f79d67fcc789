/** Influencers that look like one person, pair by pair. Whoever stays is chosen; nothing of the other is lost. */
import type { Contact, Duplicates } from '@kontor/api/contacts'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { useDuplicates, useMerge } from './asks.ts'
import styles from './duplicates.module.css'

export function DuplicatesPage(): ReactElement {
  const { t } = useTranslation('influencers')
  const sentence = useProblemSentence()
  const found = useDuplicates()
  return (
    <Page title={t('duplicates.title')} back={<Link to="/influencers">{t('person.back')}</Link>}>
      {found.isPending ? <Loading /> : null}
      {found.error ? (
        <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
      ) : null}
      {found.data?.rows.length === 0 ? <EmptyState sentence={t('duplicates.none')} /> : null}
      {found.data && found.data.rows.length > 0 ? (
        <>
          <p className={styles['lead']}>{t('duplicates.lead')}</p>
          <ul className={styles['pairs']}>
            {found.data.rows.map((pair) => (
              <Pair key={`${pair.one.id}.${pair.other.id}`} pair={pair} />
            ))}
          </ul>
        </>
      ) : null}
    </Page>
  )
}

function Pair({ pair }: { readonly pair: Duplicates['rows'][number] }): ReactElement {
  const { t } = useTranslation('influencers')
  const here = useHere()
  const sentence = useProblemSentence()
  const merge = useMerge()
  const sides = [
    { stays: pair.one, goes: pair.other },
    { stays: pair.other, goes: pair.one },
  ]
  return (
    <li className={styles['pair']}>
      <p className={styles['why']}>{t(`duplicates.why.${pair.why}`)}</p>
      {merge.error ? <ProblemBanner sentence={sentence(merge.error)} /> : null}
      <div className={styles['sides']}>
        {sides.map(({ stays, goes }) => (
          <div key={stays.id} className={styles['side']}>
            <Person contact={stays} />
            {here.may.act ? (
              <Button
                busy={merge.isPending}
                onClick={() => merge.mutate({ into: stays.id, from: goes.id })}
                aria-label={t('duplicates.keepOf', { name: stays.name, address: stays.address })}
              >
                {t('duplicates.keep')}
              </Button>
            ) : null}
          </div>
        ))}
      </div>
    </li>
  )
}

function Person({ contact }: { readonly contact: Contact }): ReactElement {
  const facts = [contact.address, ...contact.otherAddresses, contact.handle, contact.country, ...contact.tags]
  return (
    <p>
      <Link to="/influencers/$contactId" params={{ contactId: contact.id }}>
        {contact.name}
      </Link>
      <small>{facts.filter(Boolean).join(' · ')}</small>
    </p>
  )
}

/**
 * The outbox: every mail that waits in the order in which it will leave, each with its time and its reason; what is
 * unconfirmed stands first. One part at a time (waiting, on hold, past), filters in the address.
 */
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage, useTimes } from '../client/language.ts'
import { localeOf } from '../client/time.ts'
import { ButtonLink } from '../ui/button.tsx'
import { Page, TabBar } from '../ui/page.tsx'
import { type OutboxFilter, useSummary } from './asks.ts'
import { Capacities } from './capacities.tsx'
import type { Part } from './deeds.ts'
import styles from './outbox.module.css'
import { PartList } from './part-list.tsx'
import { Unconfirmed } from './unconfirmed.tsx'

const parts = ['waiting', 'held', 'past'] as const satisfies readonly Part[]

export function OutboxPage({ filter }: { readonly filter: OutboxFilter }): ReactElement {
  const { t } = useTranslation('outbox')
  const summary = useSummary()
  const number = new Intl.NumberFormat(localeOf(useLanguage()))
  const part = filter.section ?? 'waiting'
  const counts = { waiting: summary.data?.waiting, held: summary.data?.held, past: undefined }
  return (
    <Page
      title={t('title')}
      meta={useMeta()}
      acts={
        <ButtonLink to="/follow-ups" look="quiet">
          {t('followUps')}
        </ButtonLink>
      }
      width="full"
    >
      <Unconfirmed />
      <Capacities summary={summary.data} />
      <TabBar label={t('section.label')}>
        {parts.map((one) => (
          <Link
            key={one}
            to="/outbox"
            search={{ ...filter, section: one === 'waiting' ? undefined : one }}
            aria-current={one === part ? 'page' : undefined}
            activeProps={{}}
            activeOptions={{ includeSearch: true, exact: true }}
          >
            {t(`section.${one}`)}
            {counts[one] ? ` ${number.format(counts[one])}` : ''}
          </Link>
        ))}
      </TabBar>
      <section aria-label={t(`section.${part}`)} tabIndex={-1} className={styles['part']}>
        <PartList key={part} part={part} filter={filter} />
      </section>
    </Page>
  )
}

/** How much waits, and when the last of it leaves. */
function useMeta(): string {
  const { t } = useTranslation('outbox')
  const times = useTimes()
  const summary = useSummary().data
  if (!summary) return ''
  const { waiting: count, lastAt } = summary
  return lastAt || count === 0
    ? t('meta', { count, last: lastAt ? times.about(lastAt) : '' })
    : t('metaOpen', { count })
}

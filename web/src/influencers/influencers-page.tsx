/** Everybody whom the workspace may write to: search, add one, paste many, select some and write to them. */
import type { Contact } from '@kontor/api/contacts'
import { useDebouncedCallback } from '@mantine/hooks'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { query } from '../client/http.ts'
import { Button, ButtonLink, buttonClass } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Page } from '../ui/page.tsx'
import { EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { AddInfluencer } from './add-influencer.tsx'
import { type ContactFilter, useContacts } from './asks.ts'
import styles from './influencers.module.css'
import { PasteInfluencers } from './paste-influencers.tsx'
import { useSelection } from '../parts/selection.ts'
import type { Selection } from '../parts/selection.ts'
import { useBarred } from './barred.ts'
import { ContactsSelected } from './contacts-selected.tsx'

export function InfluencersPage(): ReactElement {
  const { t } = useTranslation('influencers')
  const sentence = useProblemSentence()
  const here = useHere()
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  const q = typeof search['q'] === 'string' ? search['q'] : ''
  const found = useContacts(q)
  const selection = useSelection<ContactFilter>('contacts')
  const [open, setOpen] = useState<'add' | 'paste'>()
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? []
  const empty = found.data !== undefined && rows.length === 0 && q === ''
  const acts = here.may.act ? (
    <>
      <ButtonLink to="/influencers/import" look="primary">
        {t('import')}
      </ButtonLink>
      <Button onClick={() => setOpen('paste')}>{t('paste')}</Button>
      <Button onClick={() => setOpen('add')}>{t('add')}</Button>
    </>
  ) : null
  return (
    <Page title={t('title')} acts={empty ? null : acts}>
      {empty ? null : (
        <div className={styles['tools']}>
          <Search q={q} />
          <span className={styles['toolLinks']}>
            <ButtonLink to="/influencers/duplicates" look="quiet">
              {t('duplicates.open')}
            </ButtonLink>
            <a
              className={buttonClass('quiet')}
              href={`/api/v1${here.path(`/contacts.csv${query({ q })}`)}`}
              download
            >
              {t('export')}
            </a>
          </span>
        </div>
      )}
      {found.error && !found.data ? (
        <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
      ) : null}
      {found.isPending ? <Loading /> : null}
      {empty ? (
        <EmptyState sentence={t('empty.list')} act={<div className={styles['acts']}>{acts}</div>} />
      ) : null}
      {found.data && rows.length === 0 && q !== '' ? <NobodyFits q={q} /> : null}
      {selection.count > 0 && here.may.act ? (
        <ContactsSelected
          selection={selection}
          shown={rows}
          fitting={{ filter: q === '' ? {} : { q }, total: found.data?.pages[0]?.total ?? rows.length }}
        />
      ) : null}
      {rows.length > 0 ? <ContactTable rows={rows} selection={here.may.act ? selection : undefined} /> : null}
      <MoreRows of={found} className={styles['more']} />
      <AddInfluencer opened={open === 'add'} close={() => setOpen(undefined)} />
      <PasteInfluencers opened={open === 'paste'} close={() => setOpen(undefined)} />
    </Page>
  )
}

function Search({ q }: { readonly q: string }): ReactElement {
  const { t } = useTranslation('influencers')
  const navigate = useNavigate()
  const [text, setText] = useState(q)
  const search = useDebouncedCallback(
    (next: string) =>
      void navigate({ to: '.', search: next.trim() === '' ? {} : { q: next }, replace: true }),
    250,
  )
  return (
    <div className={styles['search']} role="search">
      <TextField
        label={t('search')}
        hideLabel
        type="search"
        placeholder={t('search')}
        value={text}
        onText={(next) => {
          setText(next)
          search(next)
        }}
      />
    </div>
  )
}

function NobodyFits({ q }: { readonly q: string }): ReactElement {
  const { t } = useTranslation('influencers')
  const navigate = useNavigate()
  return (
    <EmptyState
      sentence={t('empty.filtered', { q })}
      act={
        <Button onClick={() => void navigate({ to: '.', search: {}, replace: true })}>
          {t('empty.filteredAct')}
        </Button>
      }
    />
  )
}

interface TableProps {
  readonly rows: readonly Contact[]
  /** Undefined for those who may only look. */
  readonly selection: Selection<ContactFilter> | undefined
}

function ContactTable({ rows, selection }: TableProps): ReactElement {
  const { t } = useTranslation('influencers')
  const all = selection !== undefined && rows.every((contact) => selection.has(contact.id))
  const ids = rows.map((contact) => contact.id)
  return (
    <div className={styles['tableWrap']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col" className={styles['gutter']}>
              {t('column.added')}
            </th>
            {selection ? (
              <th scope="col" className={styles['check']}>
                <input
                  type="checkbox"
                  aria-label={t('select.page')}
                  checked={all}
                  onChange={() => selection.set(ids, !all)}
                />
              </th>
            ) : null}
            <th scope="col">{t('column.name')}</th>
            <th scope="col" className={styles['onDesk']}>
              {t('column.address')}
            </th>
            <th scope="col" className={styles['onDesk']}>
              {t('column.language')}
            </th>
            <th scope="col">{t('column.basis')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((contact) => (
            <ContactRow key={contact.id} contact={contact} selection={selection} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ContactRow({
  contact,
  selection,
}: {
  readonly contact: Contact
  readonly selection: Selection<ContactFilter> | undefined
}): ReactElement {
  const { t } = useTranslation('influencers')
  const times = useTimes()
  const barred = useBarred()(contact)
  return (
    <tr>
      <td className={styles['gutter']}>
        <time dateTime={contact.createdAt}>{times.gutter(contact.createdAt)}</time>
      </td>
      {selection ? (
        <td className={styles['check']}>
          <input
            type="checkbox"
            aria-label={t('select.one', { name: contact.name || contact.address })}
            checked={selection.has(contact.id)}
            onChange={() => selection.toggle(contact.id)}
          />
        </td>
      ) : null}
      <th scope="row">
        <Link to="/influencers/$contactId" params={{ contactId: contact.id }} className={styles['rowLink']}>
          {contact.name || contact.address}
        </Link>
        {contact.handle ? <small>{contact.handle}</small> : null}
      </th>
      <td className={`${styles['address']} ${styles['onDesk']}`}>{contact.address}</td>
      <td className={styles['onDesk']}>{t(`language.${contact.language}`)}</td>
      <td>{barred ? <span className={styles['barred']}>{barred}</span> : t(`basis.${contact.basis}`)}</td>
    </tr>
  )
}

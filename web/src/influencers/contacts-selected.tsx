/** What can be done with the selected influencers; one press selects everybody who fits the search. */
import type { Contact } from '@kontor/api/contacts'
import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Selection } from '../parts/selection.ts'
import { Button } from '../ui/button.tsx'
import type { ContactFilter } from './asks.ts'
import styles from './influencers.module.css'

export function ContactsSelected(props: {
  readonly selection: Selection<ContactFilter>
  readonly shown: readonly Contact[]
  readonly fitting: { readonly filter: ContactFilter; readonly total: number }
}): ReactElement {
  const { t } = useTranslation('influencers')
  const navigate = useNavigate()
  const { selection, shown, fitting } = props
  const { count } = selection
  const page = shown.length > 0 && shown.every((contact) => selection.has(contact.id))
  const more = page && 'ids' in selection.chosen && fitting.total > shown.length
  return (
    <div className={styles['selectionBar']} role="status">
      <strong>{t('select.count', { count })}</strong>
      {more ? (
        <Button look="link" onClick={() => selection.everyone(fitting.filter, fitting.total)}>
          {t('select.fitting', { count: fitting.total })}
        </Button>
      ) : null}
      <span className={styles['selectionActs']}>
        <Button look="primary" onClick={() => void navigate({ to: '/influencers/message' })}>
          {t('select.write', { count })}
        </Button>
        <Button look="quiet" onClick={selection.clear}>
          {t('select.clear')}
        </Button>
      </span>
    </div>
  )
}

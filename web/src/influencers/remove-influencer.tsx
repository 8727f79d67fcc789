/** Deleting a person. */
import type { Contact } from '@kontor/api/contacts'
import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Removal } from '../parts/removal.tsx'
import { useRemoveContact } from './asks.ts'

export function RemoveInfluencer({ contact }: { readonly contact: Contact }): ReactElement {
  const { t } = useTranslation('influencers')
  const navigate = useNavigate()
  return (
    <Removal
      words={{
        act: t('person.remove'),
        title: t('person.removeTitle', { name: contact.name || contact.address }),
        body: t('person.removeBody'),
        keep: t('person.keep'),
      }}
      remove={useRemoveContact(contact.id)}
      removed={() => void navigate({ to: '/influencers' })}
    />
  )
}

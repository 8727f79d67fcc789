/** The facts as text, for those who may look and not change. */
import type { Contact } from '@kontor/api/contacts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './influencers.module.css'

export function FactsList({ contact }: { readonly contact: Contact }): ReactElement {
  const { t } = useTranslation('influencers')
  const facts = [
    [t('form.address'), [contact.address, ...contact.otherAddresses].join(', ')],
    [t('form.handle'), contact.handle],
    [t('form.language'), t(`language.${contact.language}`)],
    [t('form.basis'), [t(`basis.${contact.basis}`), contact.basisSource].filter(Boolean).join(', ')],
    [t('form.managerName'), [contact.manager?.name, contact.manager?.address].filter(Boolean).join(', ')],
    [t('form.country'), contact.country],
    [t('form.zone'), contact.zone],
    [t('form.tags'), contact.tags.join(', ')],
    ...Object.entries(contact.custom),
    [t('form.notes'), contact.notes],
  ]
  return (
    <dl className={styles['factList']}>
      {facts
        .filter(([, value]) => value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

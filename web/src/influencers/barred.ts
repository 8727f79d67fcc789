/** Why a person gets no email, in words; undefined for everybody who may be written to. */
import type { Contact } from '@kontor/api/contacts'
import { useTranslation } from 'react-i18next'

export function useBarred(): (contact: Contact) => string | undefined {
  const { t } = useTranslation('influencers')
  return (contact) => {
    if (contact.doNotContact) return t('doNotContact')
    switch (contact.suppressed) {
      case undefined:
        return undefined
      case 'bounce':
      case 'complaint':
      case 'unsubscribed':
      case 'by_person':
        return t(`suppressed.${contact.suppressed}`)
      default:
        return t('suppressed.other')
    }
  }
}

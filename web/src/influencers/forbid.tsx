/** "Do not contact": set and lifted by name, with what it means for what already waits. */
import type { Contact } from '@kontor/api/contacts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useChangeContact } from './asks.ts'
import styles from './influencers.module.css'

export function Forbid({ contact }: { readonly contact: Contact }): ReactElement {
  const { t } = useTranslation('influencers')
  const sentence = useProblemSentence()
  const change = useChangeContact(contact.id)
  const forbidden = contact.doNotContact
  return (
    <div className={styles['forbid']}>
      {change.error ? <ProblemBanner sentence={t('person.failed', { why: sentence(change.error) })} /> : null}
      <p>{forbidden ? t('person.forbidOn') : t('person.forbidOff')}</p>
      <Button
        look={forbidden ? 'plain' : 'problem'}
        busy={change.isPending}
        onClick={() => change.mutate({ doNotContact: !forbidden })}
      >
        {forbidden ? t('person.allow') : t('person.forbid')}
      </Button>
    </div>
  )
}

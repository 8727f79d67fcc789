/** Deleting a person: last on the page, apart, and asked about once. */
import type { Contact } from '@kontor/api/contacts'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useRemoveContact } from './asks.ts'
import styles from './influencers.module.css'

export function RemoveInfluencer({ contact }: { readonly contact: Contact }): ReactElement {
  const { t } = useTranslation('influencers')
  const sentence = useProblemSentence()
  const navigate = useNavigate()
  const remove = useRemoveContact(contact.id)
  const [asking, ask] = useState(false)
  return (
    <div className={styles['remove']}>
      <Button look="problem" onClick={() => ask(true)}>
        {t('person.remove')}
      </Button>
      <Dialog
        title={t('person.removeTitle', { name: contact.name || contact.address })}
        opened={asking}
        close={() => ask(false)}
        acts={
          <>
            <Button
              look="problem"
              busy={remove.isPending}
              onClick={() =>
                remove.mutate(undefined, { onSuccess: () => void navigate({ to: '/influencers' }) })
              }
            >
              {t('person.remove')}
            </Button>
            <Button onClick={() => ask(false)}>{t('person.keep')}</Button>
          </>
        }
      >
        {remove.error ? <ProblemBanner sentence={sentence(remove.error)} /> : null}
        <p>{t('person.removeBody')}</p>
      </Dialog>
    </div>
  )
}

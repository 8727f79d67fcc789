/** The facts of a known person. Only what changed is sent; viewers get the list instead. */
import type { Contact } from '@kontor/api/contacts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../client/draft.ts'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useChangeContact } from './asks.ts'
import { FactFields } from './fact-fields.tsx'
import { type Facts, changes, factsOf } from './facts.ts'
import styles from './influencers.module.css'

export function FactsForm({ contact }: { readonly contact: Contact }): ReactElement {
  const { t } = useTranslation('influencers')
  const { t: shell } = useTranslation('shell')
  const sentence = useProblemSentence()
  const times = useTimes()
  const [draft, keep, forget] = useDraft<Facts | undefined>(`influencer.${contact.id}`, undefined)
  const change = useChangeContact(contact.id)
  const facts = draft ?? factsOf(contact)
  const changed = draft !== undefined && Object.keys(changes(draft, contact)).length > 0

  return (
    <form
      className={styles['facts']}
      onSubmit={(event) => {
        event.preventDefault()
        change.mutate(changes(facts, contact), { onSuccess: forget })
      }}
    >
      {change.error ? <ProblemBanner sentence={t('person.failed', { why: sentence(change.error) })} /> : null}
      <FactFields
        facts={facts}
        error={change.error}
        basisNoted={
          contact.basisAt ? t('person.basisSince', { when: times.full(contact.basisAt) }) : undefined
        }
        keep={keep}
      />
      <div className={styles['saveBar']}>
        <Button
          type="submit"
          look={changed ? 'primary' : 'plain'}
          busy={change.isPending}
          disabled={!changed}
        >
          {t('person.save')}
        </Button>
        {changed ? <Button onClick={forget}>{shell('act.discard')}</Button> : null}
        <span role="status" className={styles['quiet']}>
          {changed ? shell('act.unsaved') : change.isSuccess ? shell('act.saved') : null}
        </span>
      </div>
    </form>
  )
}

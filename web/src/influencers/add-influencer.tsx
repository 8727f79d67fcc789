/** Adding one person. Everything typed survives closing the dialog; a known address leads to the known person. */
import type { ContactNew } from '@kontor/api/contacts'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { useDraft } from '../client/draft.ts'
import { useLanguage } from '../client/language.ts'
import { ProblemError } from '../client/http.ts'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/overlay.tsx'
import { Banner, ProblemBanner } from '../ui/states.tsx'
import { useAddContact } from './asks.ts'
import { FactFields } from './fact-fields.tsx'
import { type Facts, noFacts, wishOf } from './facts.ts'

export function AddInfluencer(props: { readonly opened: boolean; readonly close: () => void }): ReactElement {
  const { t } = useTranslation('influencers')
  const { t: shell } = useTranslation('shell')
  const navigate = useNavigate()
  const language = useLanguage()
  const [facts, keep, forget] = useDraft<Facts>('influencer.new', { ...noFacts, language })
  const add = useAddContact()
  const ready = facts.name.trim() !== '' && facts.address.trim() !== ''

  function save(): void {
    add.mutate(newContact(facts), {
      onSuccess: (contact) => {
        forget()
        props.close()
        void navigate({ to: '/influencers/$contactId', params: { contactId: contact.id } })
      },
    })
  }
  return (
    <Dialog
      title={t('form.title')}
      opened={props.opened}
      close={props.close}
      width={640}
      acts={
        <>
          <Button look="primary" busy={add.isPending} disabled={!ready} onClick={save}>
            {t('form.save')}
          </Button>
          <Button onClick={props.close}>{shell('act.cancel')}</Button>
        </>
      }
    >
      <AddProblem error={add.error} />
      <FactFields facts={facts} error={add.error} keep={keep} />
    </Dialog>
  )
}

function newContact(facts: Facts): z.input<typeof ContactNew> {
  const { doNotContact: _, manager, basisAt, ...wish } = wishOf(facts)
  return {
    ...(wish as z.input<typeof ContactNew>),
    ...(manager ? { manager } : {}),
    ...(basisAt ? { basisAt } : {}),
  }
}

function AddProblem({ error }: { readonly error: Error | null }): ReactElement | null {
  const { t } = useTranslation('influencers')
  const sentence = useProblemSentence()
  if (!error) return null
  const known =
    error instanceof ProblemError && error.code === 'contact_known' ? error.values['contactId'] : undefined
  if (typeof known !== 'string')
    return <ProblemBanner sentence={t('form.failed', { why: sentence(error) })} />
  return (
    <Banner
      tone="waiting"
      act={
        <Link to="/influencers/$contactId" params={{ contactId: known }}>
          {t('form.knownAct')}
        </Link>
      }
    >
      {t('form.known')}
    </Banner>
  )
}

/** Taking another influencer into this one: searched for by name or address, and asked about once. */
import type { Contact } from '@kontor/api/contacts'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { Radios, TextField } from '../ui/field.tsx'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { useContacts, useMerge } from './asks.ts'

export function MergeInfluencer({ contact }: { readonly contact: Contact }): ReactElement {
  const { t } = useTranslation('influencers')
  const { t: shell } = useTranslation('shell')
  const sentence = useProblemSentence()
  const merge = useMerge()
  const [opened, open] = useState(false)
  const [chosen, choose] = useState<string>()
  const close = (): void => {
    open(false)
    choose(undefined)
    merge.reset()
  }
  return (
    <>
      <Button onClick={() => open(true)}>{t('merge.open')}</Button>
      <Dialog
        title={t('merge.title', { name: contact.name })}
        opened={opened}
        close={close}
        width={560}
        acts={
          <>
            <Button
              look="primary"
              busy={merge.isPending}
              disabled={chosen === undefined}
              onClick={() => {
                if (chosen) merge.mutate({ into: contact.id, from: chosen }, { onSuccess: close })
              }}
            >
              {t('merge.act')}
            </Button>
            <Button onClick={close}>{shell('act.cancel')}</Button>
          </>
        }
      >
        {merge.error ? <ProblemBanner sentence={sentence(merge.error)} /> : null}
        <p>{t('merge.body', { name: contact.name })}</p>
        {opened ? <Candidates of={contact} chosen={chosen} choose={choose} /> : null}
      </Dialog>
    </>
  )
}

function Candidates(props: {
  readonly of: Contact
  readonly chosen: string | undefined
  readonly choose: (id: string) => void
}): ReactElement {
  const { t } = useTranslation('influencers')
  const [q, setQ] = useState(props.of.name)
  const [asked] = useDebouncedValue(q.trim(), 200)
  const found = useContacts(asked)
  const rows = (found.data?.pages[0]?.rows ?? []).filter((contact) => contact.id !== props.of.id).slice(0, 8)
  return (
    <>
      <TextField label={t('search')} type="search" value={q} onText={setQ} data-autofocus />
      {rows.length === 0 && found.data ? <p>{t('merge.nobody')}</p> : null}
      {rows.length > 0 ? (
        <Radios
          legend={t('merge.who')}
          hideLegend
          value={props.chosen}
          options={rows.map((contact) => ({
            value: contact.id,
            label: contact.name || contact.address,
            hint: [contact.address, contact.handle].filter(Boolean).join(' · '),
          }))}
          onChoose={props.choose}
        />
      ) : null}
    </>
  )
}

/** Choosing influencers for a campaign from the list. People under "do not contact" are shown and cannot be chosen. */
import type { Campaign } from '@kontor/api/campaigns'
import type { Contact } from '@kontor/api/contacts'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Checkbox, TextField } from '../ui/field.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
import { Dialog } from '../ui/overlay.tsx'
import { EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { useAddPeople, useContacts } from './asks.ts'
import styles from './campaigns.module.css'

interface PickProps {
  readonly campaign: Campaign
  readonly opened: boolean
  readonly close: () => void
}

export function PickPeople({ campaign, opened, close }: PickProps): ReactElement {
  const { t } = useTranslation('campaigns')
  const { t: shell } = useTranslation('shell')
  const sentence = useProblemSentence()
  const add = useAddPeople(campaign.id)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())

  function finish(): void {
    setChosen(new Set())
    add.reset()
    close()
  }
  function save(): void {
    add.mutate([...chosen], {
      onSuccess: (added) => {
        if (added.known === 0) finish()
        else setChosen(new Set())
      },
    })
  }
  return (
    <Dialog
      title={t('pick.title')}
      opened={opened}
      close={finish}
      width={560}
      acts={
        <>
          <Button look="primary" busy={add.isPending} disabled={chosen.size === 0} onClick={save}>
            {chosen.size === 0 ? t('pick.actNone') : t('pick.act', { count: chosen.size })}
          </Button>
          <Button onClick={finish}>{add.data ? shell('act.close') : shell('act.cancel')}</Button>
        </>
      }
    >
      {add.error ? <ProblemBanner sentence={t('pick.failed', { why: sentence(add.error) })} /> : null}
      {add.data ? (
        <p role="status">
          {t('pick.added', { count: add.data.added })} {t('pick.known', { count: add.data.known })}
        </p>
      ) : null}
      {opened ? <Choices chosen={chosen} choose={setChosen} /> : null}
    </Dialog>
  )
}

interface ChoicesProps {
  readonly chosen: ReadonlySet<string>
  readonly choose: (chosen: ReadonlySet<string>) => void
}

function Choices({ chosen, choose }: ChoicesProps): ReactElement {
  const { t } = useTranslation('campaigns')
  const sentence = useProblemSentence()
  const [q, setQ] = useState('')
  const [asked] = useDebouncedValue(q.trim(), 200)
  const found = useContacts(asked)
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? []
  const free = rows.filter((contact) => !contact.doNotContact)
  const all = free.length > 0 && free.every((contact) => chosen.has(contact.id))

  function toggle(ids: readonly string[], wanted: boolean): void {
    const next = new Set(chosen)
    for (const id of ids) {
      if (wanted) next.add(id)
      else next.delete(id)
    }
    choose(next)
  }
  if (found.isPending) return <Loading />
  if (found.error && !found.data)
    return <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
  if (rows.length === 0 && asked === '' && q === '')
    return (
      <EmptyState
        sentence={t('pick.empty')}
        act={<ButtonLink to="/influencers">{t('pick.emptyAct')}</ButtonLink>}
      />
    )
  return (
    <>
      <TextField
        label={t('pick.search')}
        hideLabel
        type="search"
        placeholder={t('pick.search')}
        value={q}
        onText={setQ}
        data-autofocus
      />
      <div className={styles['choices']}>
        {rows.length === 0 ? <p>{t('pick.filtered', { q: asked })}</p> : null}
        {free.length > 0 ? (
          <div className={styles['choicesAll']}>
            <Checkbox
              label={t('pick.all')}
              checked={all}
              onCheck={(wanted) =>
                toggle(
                  free.map((contact) => contact.id),
                  wanted,
                )
              }
            />
          </div>
        ) : null}
        {rows.map((contact) => (
          <Choice
            key={contact.id}
            contact={contact}
            checked={chosen.has(contact.id)}
            check={(wanted) => toggle([contact.id], wanted)}
          />
        ))}
        <MoreRows of={found} />
      </div>
    </>
  )
}

function Choice(props: {
  readonly contact: Contact
  readonly checked: boolean
  readonly check: (wanted: boolean) => void
}): ReactElement {
  const { t } = useTranslation('campaigns')
  const { contact } = props
  return (
    <Checkbox
      label={contact.name || contact.address}
      hint={contact.doNotContact ? `${contact.address}, ${t('pick.forbidden')}` : contact.address}
      checked={props.checked}
      disabled={contact.doNotContact}
      onCheck={props.check}
    />
  )
}

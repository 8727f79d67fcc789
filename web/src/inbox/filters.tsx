/** Search and filters of the list: who, always in sight; the others folded, and counted while they are. */
import { EntryKind } from '@kontor/api/inbox'
import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useMailboxes } from '../parts/mailboxes.ts'
import { Button } from '../ui/button.tsx'
import { Select, TextField } from '../ui/field.tsx'
import { useCampaignNames } from './asks.ts'
import { foldedFilters, type InboxFilter } from './list.ts'
import styles from './inbox.module.css'

interface FilterProps {
  readonly filter: InboxFilter
  readonly narrow: (filter: InboxFilter) => void
}

export function Filters({ filter, narrow }: FilterProps): ReactElement {
  const { t } = useTranslation('inbox')
  const folded = foldedFilters(filter)
  const [open, setOpen] = useState(folded > 0)
  const who = filter.who ?? 'all'
  const { who: _who, ...withoutWho } = filter
  return (
    <div className={styles['filters']} role="search">
      <Search filter={filter} narrow={narrow} />
      <div className={styles['filterRow']}>
        <div className={styles['who']} role="group" aria-label={t('filter.label')}>
          {(['all', 'mine', 'unassigned'] as const).map((choice) => (
            <button
              key={choice}
              type="button"
              aria-pressed={who === choice}
              onClick={() => narrow(choice === 'all' ? withoutWho : { ...filter, who: choice })}
            >
              {t(`filter.${choice}`)}
            </button>
          ))}
        </div>
        <Button look="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          {folded > 0 ? t('filter.moreSet', { count: folded }) : t('filter.more')}
        </Button>
      </div>
      {open ? <Folded filter={filter} narrow={narrow} /> : null}
    </div>
  )
}

function Folded({ filter, narrow }: FilterProps): ReactElement {
  const { t } = useTranslation('inbox')
  const campaigns = useCampaignNames()
  const mailboxes = useMailboxes().data ?? []
  const { campaign, mailbox, kind, snoozed, who, ...rest } = filter
  const view = snoozed ? 'snoozed' : who === 'mentioned' ? 'mentioned' : 'open'
  const keep = {
    ...rest,
    ...(campaign === undefined ? {} : { campaign }),
    ...(mailbox === undefined ? {} : { mailbox }),
    ...(kind === undefined ? {} : { kind }),
    ...(who === undefined || who === 'mentioned' ? {} : { who }),
  }
  return (
    <div className={styles['folded']}>
      <Select
        label={t('filter.view')}
        hideLabel
        compact
        value={view}
        options={(['open', 'snoozed', 'mentioned'] as const).map((one) => ({
          value: one,
          label: t(`filter.views.${one}`),
        }))}
        onChoose={(chosen) => {
          if (chosen === 'snoozed') narrow({ ...keep, snoozed: true })
          else narrow(chosen === 'mentioned' ? { ...keep, who: 'mentioned' } : keep)
        }}
      />
      <Select
        label={t('filter.campaign')}
        hideLabel
        compact
        value={campaign ?? ''}
        options={[
          { value: '', label: t('filter.anyCampaign') },
          ...campaigns.map((one) => ({ value: one.id, label: one.name })),
        ]}
        onChoose={(chosen) => narrow(without(filter, 'campaign', chosen))}
      />
      {mailboxes.length > 1 ? (
        <Select
          label={t('filter.mailbox')}
          hideLabel
          compact
          value={mailbox ?? ''}
          options={[
            { value: '', label: t('filter.anyMailbox') },
            ...mailboxes.map((one) => ({ value: one.id, label: one.address })),
          ]}
          onChoose={(chosen) => narrow(without(filter, 'mailbox', chosen))}
        />
      ) : null}
      <Select
        label={t('filter.kind')}
        hideLabel
        compact
        value={kind ?? ''}
        options={[
          { value: '', label: t('filter.anyKind') },
          ...EntryKind.options.map((one) => ({ value: one, label: t(`filter.kinds.${one}`) })),
        ]}
        onChoose={(chosen) => narrow(without(filter, 'kind', chosen))}
      />
    </div>
  )
}

function without(filter: InboxFilter, part: 'campaign' | 'mailbox' | 'kind', chosen: string): InboxFilter {
  const { [part]: _gone, ...rest } = filter
  return chosen === '' ? rest : { ...rest, [part]: chosen }
}

function Search({ filter, narrow }: FilterProps): ReactElement {
  const { t } = useTranslation('inbox')
  const [text, setText] = useState(filter.q ?? '')
  const { q: _q, ...rest } = filter
  useEffect(() => {
    if (filter.q === undefined) setText('')
  }, [filter.q])
  const search = useDebouncedCallback((q: string) => narrow(q.trim() === '' ? rest : { ...filter, q }), 250)
  return (
    <TextField
      label={t('search')}
      hideLabel
      type="search"
      placeholder={t('search')}
      value={text}
      onText={(next) => {
        setText(next)
        search(next)
      }}
    />
  )
}

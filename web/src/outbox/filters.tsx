/** Narrowing the outbox by mailbox, kind and words; the choice stands in the address. */
import { MailKind } from '@kontor/api/outbox'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { after } from '../client/clock.ts'
import { MailboxPicker } from '../parts/mailbox-picker.tsx'
import { useMailboxes } from '../parts/mailboxes.ts'
import { Button } from '../ui/button.tsx'
import { Select, TextField } from '../ui/field.tsx'
import type { OutboxFilter } from './asks.ts'
import styles from './outbox.module.css'

export function Filters({ filter }: { readonly filter: OutboxFilter }): ReactElement {
  const { t } = useTranslation('outbox')
  const { t: part } = useTranslation('parts')
  const navigate = useNavigate()
  const mailboxes = useMailboxes().data ?? []
  const [text, setText] = useState(filter.q ?? '')
  function narrow(change: OutboxFilter): void {
    void navigate({ to: '/outbox', search: { ...filter, ...change }, replace: true })
  }
  const asked = filter.q ?? ''
  useEffect(() => {
    if (text.trim() === asked) return undefined
    return after(250, () => narrow({ q: text.trim() || undefined }))
  })
  return (
    <search className={styles['bar']} aria-label={t('filter.label')}>
      {mailboxes.length > 1 ? (
        <MailboxPicker
          compact
          label={t('filter.mailbox')}
          any={t('filter.anyMailbox')}
          mailboxes={mailboxes}
          value={filter.mailboxId ?? ''}
          choose={(mailboxId) => narrow({ mailboxId: mailboxId || undefined })}
        />
      ) : null}
      <Select
        label={t('filter.kind')}
        hideLabel
        compact
        value={filter.kind ?? ''}
        onChoose={(kind) => narrow({ kind: kind === '' ? undefined : kind })}
        options={[
          { value: '', label: t('filter.anyKind') },
          ...MailKind.options.map((kind) => ({ value: kind, label: part(`kind.${kind}`) })),
        ]}
      />
      {filter.campaignId ? (
        <Button look="quiet" onClick={() => narrow({ campaignId: undefined })}>
          {t('filter.campaign')} ×
        </Button>
      ) : null}
      <TextField
        label={t('filter.search')}
        hideLabel
        compact
        type="search"
        placeholder={t('filter.search')}
        value={text}
        onText={setText}
      />
    </search>
  )
}

/** Chooses the sender among the mailboxes that this person may send from; the default comes first. */
import type { Mailbox } from '@kontor/api/mailboxes'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Select } from '../ui/field.tsx'

interface PickerProps {
  readonly mailboxes: readonly Mailbox[]
  readonly value: string
  readonly choose: (mailboxId: string) => void
  readonly label?: string
  /** A first entry for "none of them", with its words. */
  readonly any?: string
  readonly compact?: boolean
}

export function MailboxPicker({ mailboxes, value, choose, label, any, compact }: PickerProps): ReactElement {
  const { t } = useTranslation('parts')
  const sorted = mailboxes.toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault))
  return (
    <Select
      label={label ?? t('sender')}
      hideLabel={compact ?? false}
      compact={compact ?? false}
      value={value}
      onChoose={choose}
      options={[
        ...(any === undefined ? [] : [{ value: '', label: any }]),
        ...sorted.map((mailbox) => ({
          value: mailbox.id,
          label: mailbox.isDefault ? `${mailbox.address} (${t('default')})` : mailbox.address,
        })),
      ]}
    />
  )
}

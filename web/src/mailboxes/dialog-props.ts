/** What every dialog of a mailbox is given. */
import type { Mailbox } from '@kontor/api/mailboxes'

export interface DialogProps {
  readonly mailbox: Mailbox
  readonly others: readonly Mailbox[]
  readonly close: () => void
}

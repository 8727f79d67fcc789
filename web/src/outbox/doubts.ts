/** Unconfirmed mails by mailbox: whoever looks into a Sent folder settles what is in that one. Pure. */
import type { OutboxRow } from '@kontor/api/outbox'

export interface DoubtsOfMailbox {
  readonly mailboxId: string
  readonly address: string
  readonly rows: readonly OutboxRow[]
}

/** So many of a mailbox stand above the timetable until somebody asks for the rest. */
export const shownAtFirst = 5

/** Mailboxes in the order of their first mail; of each its mails in their order. */
export function byMailbox(rows: readonly OutboxRow[]): readonly DoubtsOfMailbox[] {
  return [...Map.groupBy(rows, (row) => row.mailboxId)].map(([mailboxId, ofIt]) => ({
    mailboxId,
    address: ofIt[0]?.mailboxAddress ?? '',
    rows: ofIt,
  }))
}

/** For how many of these Kontor still looks by itself. */
export function stillLooked(rows: readonly OutboxRow[]): number {
  return rows.filter((row) => row.reason.code === 'in_doubt_looking').length
}

/** Statements on delivery reports that are about whoever sent. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'

/** Reports so close together are about one state of the mailbox. */
const together = { hours: 4 }

/**
 * How many people it was whose mails came back on the account of this mailbox as it is at that time, by reports that name an
 * address we wrote to.
 */
export async function peopleReturned(tx: Tx, mailboxId: string, at: Temporal.Instant): Promise<number> {
  const { rows } = await sql<{ people: number }>`select count(distinct contact_id)::int as people from message
    where mailbox_id = ${mailboxId} and direction = 'in' and occurred_at > ${at.subtract(together)} and kind = 'bounce'
      and bounce->'recipients' @> '[{"blamesSender": true, "ours": true}]'`.execute(tx)
  return rows[0]?.people ?? 0
}

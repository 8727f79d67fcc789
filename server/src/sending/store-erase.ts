/**
 * Statements that take the words out of records of sent mails. That a mail left, to whom and when, stays: the daily
 * limit, "once" and the counts of campaigns rest on it. What waits is not touched.
 */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'

/** Erases some; none left when it gives fewer than `limit`. The files that they referred to are the caller's. */
export async function eraseWords(
  tx: Tx,
  mailboxId: string,
  limit: number,
): Promise<{ readonly count: number; readonly files: readonly (Buffer | null)[] }> {
  const { rows } = await sql<{ id: string; raw: Buffer | null }>`
    select id, raw_sha256 as raw from submission
    where mailbox_id = ${mailboxId} and settled_at is not null
      and (text is not null or subject is not null or raw_sha256 is not null)
    order by id limit ${limit} for update`.execute(tx)
  const ids = rows.map((row) => row.id)
  await sql`update submission set subject = null, text = null, raw_sha256 = null, size = 0, message_id = null,
      reason = reason #- '{values,diagnostic}'
    where id = any(${ids}::uuid[])`.execute(tx)
  await sql`update attempt set diagnostic = null where submission_id = any(${ids}::uuid[])`.execute(tx)
  return { count: ids.length, files: rows.map((row) => row.raw) }
}

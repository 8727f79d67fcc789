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
  const raws = rows.map((row) => row.raw)
  const held = await filesOf(tx, ids, raws)
  await sql`update submission set subject = null, text = null, raw_sha256 = null, size = 0, message_id = null,
      reason = reason #- '{values,diagnostic}'
    where id = any(${ids}::uuid[])`.execute(tx)
  await sql`update attempt set diagnostic = null where submission_id = any(${ids}::uuid[])`.execute(tx)
  return { count: ids.length, files: [...raws, ...held] }
}

/** What these mails carry, in them and behind links: nothing may refer to it once their words are gone. */
async function filesOf(
  tx: Tx,
  ids: readonly string[],
  raws: readonly (Buffer | null)[],
): Promise<readonly Buffer[]> {
  const { rows } = await sql<{ sha256: Buffer }>`
    select sha256 from letter_file where submission_id = any(${[...ids]}::uuid[])
    union select sha256 from file_link where submission_id = any(${[...ids]}::uuid[])
    union select file_sha256 from blob_chunk where sha256 = any(${raws.filter((raw) => raw !== null)}::bytea[])
      and file_sha256 is not null`.execute(tx)
  return rows.map((row) => row.sha256)
}

/**
 * The daily count that the peers do not have: one row per mailbox and day, taken by one statement in the task. It is
 * the best documented idiom for "N a day" where the queue cannot express it.
 */
import type pg from 'pg'

/** Of the first `exhausted` mailboxes the day is used up. */
export async function prepareQuota(admin: pg.Pool, mailboxes: number, exhausted = 0): Promise<void> {
  await admin.query(
    'create table if not exists quota (mailbox int primary key, used int not null default 0) with (fillfactor = 50)',
  )
  await admin.query(
    'insert into quota select i, case when i < $2 then 1000000 else 0 end from generate_series(0, $1::int - 1) i',
    [mailboxes, exhausted],
  )
}

/** True when the mailbox still had one; it is used then. */
export async function take(pool: pg.Pool, mailbox: number, cap: number): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'take',
    text: 'update quota set used = used + 1 where mailbox = $1 and used < $2',
    values: [mailbox, cap],
  })
  return rowCount === 1
}

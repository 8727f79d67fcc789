/** Mailboxes with their caps, and mails that wait in them, written straight into the product's tables. */
import type pg from 'pg'
import { analyzeFilled } from '../database.ts'
import type { Load } from '../load.ts'

/** Everybody gets one mail, or as many of these people as there are for millions of mails. */
const mostPeople = 10_000
export const workspace = '00000000-0000-7000-8000-000000000001'
const person = '00000000-0000-7000-8000-000000000002'
export const contact = '00000000-0000-7000-8000-000000000003'

/** Mails of all ranks, contiguous per mailbox. The subject of each is `mailbox n`, by which a provider knows it. */
export async function fill(admin: pg.Pool, load: Load): Promise<void> {
  await fillMailboxes(admin, load)
  const { mailboxes, mailsPerMailbox } = load
  const people = Math.min(mailboxes * mailsPerMailbox, mostPeople)
  await admin.query(
    `insert into contact (workspace_id, id, name) select $1, uuidv7(), 'Person ' || i from generate_series(0, $2::int - 1) i`,
    [workspace, people],
  )
  await admin.query(
    `with numbered as (select id, substring(name from 8)::int as i from contact where name like 'Person %'),
     box as (select *, substring(address from 2 for position('@' in address) - 2) as nth from mailbox)
     insert into submission (workspace_id, id, mailbox_id, key, kind, rank, contact_id, to_address, to_key, subject, enqueued_at, position_at)
     select m.workspace_id, uuidv7(), m.id, nth || ' ' || n,
       (array['invitation', 'approval', 'bulk', 'rejection'])[n % 4 + 1], n % 4 + 1, p.id, 'x@people.practice.example',
       'x@people.practice.example', nth || ' ' || n, kontor_now(), kontor_now() + n * interval '1 millisecond'
     from box m cross join generate_series(0, $1::int - 1) n join numbered p on p.i = (nth::bigint * $1 + n) % $2 order by m.id, n`,
    [mailsPerMailbox, people],
  )
  await analyzeFilled(admin)
}

/** A workspace and its mailboxes: no pace, no reserve, open at all times. */
export async function fillMailboxes(
  admin: pg.Pool,
  { mailboxes, cap }: Pick<Load, 'mailboxes' | 'cap'>,
): Promise<void> {
  await admin.query(`
    insert into person (id, name, address, address_key) values ('${person}', 'Bench', 'b@bench.example', 'b@bench.example');
    insert into workspace (workspace_id, name, mode, zone) values ('${workspace}', 'Bench', 'practice', 'UTC');
    insert into contact (workspace_id, id, name) values ('${workspace}', '${contact}', 'Somebody');`)
  // the product allows 300; a bench without caps must look as if there were none
  if (cap > 300) await admin.query('alter table address_cap drop constraint address_cap_owner_limit_check')
  await admin.query(
    `with box as (
       insert into mailbox (workspace_id, id, endpoint, provider, practice, level, address, address_key, owner_id, zone, daily_limit, pace_seconds, reserve, window_from, window_to, window_days)
       select $1, uuidv7(), 'practice-google', 'gmail', true, 'full', 'm' || i || '@bench.example', 'm' || i || '@bench.example', $2, 'UTC', least($4::int, 300), 0, 0, '00:00', '23:59', '{1,2,3,4,5,6,7}'
       from generate_series(0, $3::int - 1) i returning id, address_key),
     cap as (
       insert into address_cap (address_key, zone, owner_limit, day_starts_at, day_ends_at, base_ends_at)
       select address_key, 'UTC', $4, date_trunc('day', kontor_now()), date_trunc('day', kontor_now()) + interval '1 day',
         date_trunc('day', kontor_now()) + interval '1 day' from box)
     select count(*) from box`,
    [workspace, person, mailboxes, cap],
  )
  await admin.query(
    `insert into mailbox_schedule (workspace_id, mailbox_id, address_key, next_at)
     select m.workspace_id, m.id, m.address_key, kontor_now() from mailbox m`,
  )
}

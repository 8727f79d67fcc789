/**
 * Ground of B6: what was sent, written straight into the product's tables, loaded once for all runs. Every value follows
 * from a number, so that an inbound mail can name any of them without asking. Half of it belongs to another workspace.
 */
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { fillMailboxes, workspace } from '../engines/kontor-ground.ts'

export const mailboxes = 100
const boxes = 2 * mailboxes
const other = '00000000-0000-7000-8000-000000000004'
const subjects = 500

export const perThread = 4

/** Threads with four sent mails each; thread `n` is of box `n % boxes`, and the second half of the boxes are strangers'. */
export async function fillSent(admin: pg.Pool, sent: number): Promise<void> {
  const threads = Math.floor(sent / perThread)
  await fillMailboxes(admin, { mailboxes, cap: 300 })
  const client = await admin.connect()
  try {
    // what is loaded refers to contacts that are not there; indexes are made when all is, and nothing is logged until then
    await client.query(`set session_replication_role = replica; set maintenance_work_mem = '512MB'; set work_mem = '256MB';
      set synchronous_commit = off;
      insert into workspace (workspace_id, name, mode, zone) values ('${other}', 'Others', 'practice', 'UTC');
      insert into mailbox (workspace_id, id, endpoint, provider, practice, level, address, address_key, owner_id, zone, daily_limit, pace_seconds, reserve, window_from, window_to, window_days)
        select '${other}', uuidv7(), endpoint, provider, practice, level, 'o' || address, 'o' || address_key, owner_id, zone, daily_limit, pace_seconds, reserve, window_from, window_to, window_days
        from mailbox where workspace_id = '${workspace}';
      create table bench_box as select (row_number() over (order by workspace_id, id) - 1)::int as n, workspace_id, id from mailbox;
      alter table reference drop constraint reference_workspace_id_thread_id_fkey, drop constraint reference_pkey;
      drop index thread_of_contact, thread_of_provider`)
    const { rows: referring } = await client.query<{ drop: string }>(
      `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop from pg_constraint
       where contype = 'f' and confrelid = 'thread'::regclass`,
    )
    for (const { drop } of referring) await client.query(drop)
    await client.query(
      `alter table thread drop constraint thread_pkey; alter table thread set unlogged; alter table reference set unlogged`,
    )
    await client.query(`insert into thread (workspace_id, id, mailbox_id, contact_id, token, subject)
      select b.workspace_id, ${threadSql}, b.id, ${threadSql}, md5('k' || i), ${subjectSql}
      from generate_series(0, ${threads - 1}) i join bench_box b on b.n = i % ${boxes}`)
    await client.query(`insert into reference (workspace_id, mailbox_id, kind, value, thread_id)
      select b.workspace_id, b.id, v.kind, v.value, ${threadSql}
      from generate_series(0, ${threads - 1}) i join bench_box b on b.n = i % ${boxes},
      lateral (select 'token' as kind, md5('k' || i) as value
        union all select 'message-id', md5('m' || i || '.' || k) || '@brand.example' from generate_series(0, ${perThread - 1}) k) v`)
    await client.query(`alter table reference add constraint reference_pkey primary key (workspace_id, mailbox_id, kind, value);
      alter table thread add constraint thread_pkey primary key (workspace_id, id);
      create index thread_of_contact on thread (workspace_id, contact_id, campaign_id, mailbox_id, created_at)`)
    await fillPeers(client, threads)
  } finally {
    client.release()
  }
  await admin.query('vacuum analyze reference, thread, bench_thread')
}

/** What the ported rules look at beside ids: subject and address of a thread, and the mark of a picture in its mails. */
async function fillPeers(client: pg.PoolClient, threads: number): Promise<void> {
  await client.query(`create unlogged table bench_thread as
    select b.id as mailbox_id, ${threadSql} as thread_id, lower(${subjectSql}) as subject, 'p' || i || '@people.example' as address, md5('h' || i) as mark
    from generate_series(0, ${threads - 1}) i join bench_box b on b.n = i % ${boxes};
    create index on bench_thread (mailbox_id, subject, address);
    create index on bench_thread (mark);
    grant select on bench_thread to kontor_app`)
}

const threadSql = `('01900000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid`
const subjectSql = `'Bread for spring ' || (i / ${boxes} % ${subjects})`

/** The same values, told from here. */
export const sentAs = {
  thread: (n: number): string => `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`,
  subject: (n: number): string => `Bread for spring ${Math.floor(n / boxes) % subjects}`,
  contact: (n: number): string => `p${n}@people.example`,
  id: (n: number, which: number): string => `${md5(`m${n}.${which}`)}@brand.example`,
  token: (n: number): string => `s.${md5(`k${n}`)}@brand.example`,
  mark: (n: number): string => md5(`h${n}`),
  /** A thread of this box: the one after so many others of it. */
  ofBox: (box: number, nth: number): number => nth * boxes + box,
  ofOthers: (box: number, nth: number): number => nth * boxes + mailboxes + box,
}

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}

/**
 * Every statement on notices and on what people chose. One open notice per person, kind and subject: told again, it
 * comes up anew, or changes quietly, instead of standing there twice.
 */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import { json } from '../platform/db/index.ts'
import type { Choice, Facts, NoticeKind } from './notice.ts'

export interface Notice {
  readonly id: string
  readonly kind: NoticeKind
  readonly subject: string
  readonly facts: Facts
  readonly at: Temporal.Instant
  readonly read: boolean
  readonly settled: boolean
}

export interface NewNotice {
  readonly id: string
  readonly personId: string
  readonly kind: NoticeKind
  readonly subject: string
  readonly facts: Facts
}

/** Whether a notice that was read becomes unread: always, when its facts are others, or never. */
export type How = 'anew' | 'when_changed' | 'quietly'

/** True when the person has something new to read. */
export async function upsertNotice(tx: Tx, notice: NewNotice, how: How): Promise<boolean> {
  const { id, personId, kind, subject, facts } = notice
  const anew = how !== 'quietly'
  const { rows } = await sql<{ told: boolean }>`
    insert into notice as n (workspace_id, id, person_id, kind, subject, facts)
    values (kontor_workspace(), ${id}, ${personId}, ${kind}, ${subject}, ${json(facts)})
    on conflict (workspace_id, person_id, kind, subject) where settled_at is null do update set
      facts = excluded.facts,
      at = case when ${anew} then kontor_now() else n.at end,
      read_at = case when ${anew} then null else n.read_at end,
      digested_at = case when ${anew} then null else n.digested_at end
      where ${how === 'anew'} or n.facts <> excluded.facts
    returning (id = ${id} or ${anew}) as told`.execute(tx)
  return rows[0]?.told ?? false
}

/** It is no longer true; gives the persons who had been told. */
export async function settleNotices(
  tx: Tx,
  of: { readonly kinds: readonly NoticeKind[]; readonly subject: string },
): Promise<readonly string[]> {
  const { rows } = await sql<{ personId: string }>`
    update notice set settled_at = kontor_now()
    where workspace_id = kontor_workspace() and kind = any(${[...of.kinds]}::text[]) and subject = ${of.subject}
      and settled_at is null
    returning person_id as "personId"`.execute(tx)
  return rows.map((row) => row.personId)
}

/** What is open of some kinds, by subject. */
export async function openSubjects(tx: Tx, kinds: readonly NoticeKind[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ subject: string }>`
    select distinct subject from notice
    where workspace_id = kontor_workspace() and kind = any(${[...kinds]}::text[]) and settled_at is null`.execute(
    tx,
  )
  return new Set(rows.map((row) => row.subject))
}

const columns = sql`n.id, n.kind, n.subject, n.facts, n.at, n.read_at is not null as read,
  n.settled_at is not null as settled`
/** What the person wants to see in the product. */
const shown = sql`not exists (
  select from notice_choice c where c.workspace_id = n.workspace_id and c.person_id = n.person_id
    and c.kind = n.kind and not c.shown)`

/** The notices of a person, newest first. */
export async function noticesOf(
  tx: Tx,
  personId: string,
  page: { readonly before: readonly [at: string, id: string] | undefined; readonly limit: number },
): Promise<readonly Notice[]> {
  const [at, id] = page.before ?? [null, null]
  const { rows } = await sql<Notice>`
    select ${columns} from notice n
    where n.workspace_id = kontor_workspace() and n.person_id = ${personId} and ${shown}
      and (${at}::timestamptz is null or (n.at, n.id) < (${at}::timestamptz, ${id}::uuid))
    order by n.at desc, n.id desc limit ${page.limit}`.execute(tx)
  return rows
}

/** How many are unread and still true. */
export async function unreadOf(tx: Tx, personId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from notice n
    where n.workspace_id = kontor_workspace() and n.person_id = ${personId} and n.read_at is null
      and n.settled_at is null and ${shown}`.execute(tx)
  return rows[0]?.count ?? 0
}

/** Marks as read: one, or all of them. */
export async function markRead(tx: Tx, personId: string, id: string | undefined): Promise<void> {
  await sql`
    update notice set read_at = kontor_now()
    where workspace_id = kontor_workspace() and person_id = ${personId} and read_at is null
      and (${id ?? null}::uuid is null or id = ${id ?? null})`.execute(tx)
}

export async function choicesOf(tx: Tx, personId: string): Promise<readonly Choice[]> {
  const { rows } = await sql<Choice>`
    select kind, shown, digested from notice_choice
    where workspace_id = kontor_workspace() and person_id = ${personId}`.execute(tx)
  return rows
}

export async function storeChoice(tx: Tx, personId: string, choice: Choice): Promise<void> {
  await sql`
    insert into notice_choice (workspace_id, person_id, kind, shown, digested)
    values (kontor_workspace(), ${personId}, ${choice.kind}, ${choice.shown}, ${choice.digested})
    on conflict (workspace_id, person_id, kind) do update set shown = excluded.shown, digested = excluded.digested`.execute(
    tx,
  )
}

export interface Digest {
  readonly personId: string
  readonly notices: readonly Pick<Notice, 'kind' | 'facts'>[]
}

/**
 * Takes what goes into digests now: unread, still true, wanted, for members to whom none went since `dayStart`.
 * Marking and reading are one statement, so that of two processes one writes the mail.
 */
export async function takeDigests(tx: Tx, dayStart: Temporal.Instant): Promise<readonly Digest[]> {
  const { rows } = await sql<{ personId: string; notices: Digest['notices'] }>`
    with taken as (
      update notice n set digested_at = kontor_now()
      from membership m
      where n.workspace_id = kontor_workspace() and m.workspace_id = n.workspace_id and m.person_id = n.person_id
        and n.read_at is null and n.settled_at is null and n.digested_at is null
        and coalesce((select c.digested from notice_choice c where c.workspace_id = n.workspace_id
          and c.person_id = n.person_id and c.kind = n.kind), n.kind <> 'reply')
        and not exists (select from notice o where o.workspace_id = n.workspace_id and o.person_id = n.person_id
          and o.digested_at >= ${dayStart})
      returning n.person_id, n.kind, n.facts, n.at)
    select person_id as "personId",
      jsonb_agg(jsonb_build_object('kind', kind, 'facts', facts) order by at) as notices
    from taken group by person_id`.execute(tx)
  return rows
}

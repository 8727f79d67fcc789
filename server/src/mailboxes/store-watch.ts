/**
 * Every statement on what providers watch for us. Of the secret of a watch only a hash is kept. Whoever keeps a watch has
 * pushed `renew_at` ahead first, so that no two processes ask at once.
 */
import type { RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { Database, Tx } from '../platform/db/index.ts'
import type { Mailbox } from './mailbox.ts'

/** Why a mailbox is not watched, in stable codes. */
export type PushOff = 'no_public_address' | 'not_set_up' | 'not_offered' | 'refused'

export interface WatchRef {
  readonly workspaceId: string
  readonly mailboxId: string
}

/** Mailboxes whose watch is due, across workspaces: ids only. */
export async function dueWatches(database: Database, limit: number): Promise<WatchRef[]> {
  const { rows } = await database.call((db) =>
    sql<{ workspace_id: string; mailbox_id: string }>`select * from due_watches(${limit})`.execute(db),
  )
  return rows.map((row) => ({ workspaceId: row.workspace_id, mailboxId: row.mailbox_id }))
}

/** Takes the watch of a mailbox for a short while; undefined when somebody else has it. */
export async function claimWatch(
  tx: Tx,
  { workspaceId, mailboxId }: WatchRef,
  endpoint: string,
  seconds: number,
): Promise<
  { readonly handle: string | undefined; readonly failingSince: Temporal.Instant | undefined } | undefined
> {
  const { rows } = await sql<{ handle: string | null; failing_since: Temporal.Instant | null }>`
    insert into mailbox_watch as w (workspace_id, mailbox_id, endpoint, renew_at)
    values (${workspaceId}, ${mailboxId}, ${endpoint}, kontor_now() + make_interval(secs => ${seconds}))
    on conflict (workspace_id, mailbox_id) do update set renew_at = excluded.renew_at, endpoint = excluded.endpoint
      where w.renew_at <= kontor_now()
    returning handle, failing_since`.execute(tx)
  const row = rows[0]
  return row && { handle: row.handle ?? undefined, failingSince: row.failing_since ?? undefined }
}

/** The provider watches. Without a hash the secret of before goes on. */
export async function keepWatch(
  tx: Tx,
  mailboxId: string,
  watch: { readonly handle: string; readonly until: Temporal.Instant; readonly renewAt: Temporal.Instant },
  secretHash: Buffer | undefined,
): Promise<boolean> {
  const { numAffectedRows } =
    await sql`update mailbox_watch set handle = ${watch.handle}, until_at = ${watch.until},
      renew_at = ${watch.renewAt}, failing_since = null, off_reason = null,
      secret_hash = coalesce(${secretHash ?? null}, secret_hash)
    where mailbox_id = ${mailboxId}`.execute(tx)
  return numAffectedRows === 1n
}

/** The provider does not watch, or not any longer than it promised; asked again after a while. */
export async function restWatch(
  tx: Tx,
  mailboxId: string,
  rest: { readonly off: PushOff; readonly renewAt: Temporal.Instant },
): Promise<void> {
  await sql`update mailbox_watch set off_reason = ${rest.off}, renew_at = ${rest.renewAt},
      failing_since = case when ${rest.off} = 'refused' then coalesce(failing_since, kontor_now()) end
    where mailbox_id = ${mailboxId}`.execute(tx)
}

/** The watch is due now; with `ended` the provider has it no more. Nothing when there was never one. */
export async function watchAgain(tx: Tx, mailboxId: string, { ended }: { ended: boolean }): Promise<void> {
  await sql`update mailbox_watch set renew_at = kontor_now(),
      handle = case when ${ended} then null else handle end, until_at = case when ${ended} then null else until_at end
    where mailbox_id = ${mailboxId}`.execute(tx)
  await sql`select pg_notify(${watchChannel}, '')`.execute(tx)
}

/** Told whenever a watch became due before its time. */
export const watchChannel = 'kontor_watch'

export async function forgetWatch(tx: Tx, mailboxId: string): Promise<void> {
  await sql`delete from mailbox_watch where mailbox_id = ${mailboxId}`.execute(tx)
}

/** A watch that is forgotten here and not yet ended at its provider. */
export interface TakenWatch extends Pick<Mailbox, 'endpoint' | 'place' | 'address'> {
  readonly mailboxId: string
  /** What the provider calls it. */
  readonly handle: string
}

/** Forgets the watch of a mailbox, and gives it to be ended. */
export async function takeWatch(tx: Tx, mailboxId: string): Promise<TakenWatch | undefined> {
  return (await take(tx, sql`m.id = ${mailboxId}`))[0]
}

/** Forgets the watches of all mailboxes that live on a grant, and gives them to be ended. */
export async function takeWatchesOfGrant(tx: Tx, grantId: string): Promise<readonly TakenWatch[]> {
  return await take(tx, sql`m.grant_id = ${grantId}`)
}

async function take(tx: Tx, which: RawBuilder<unknown>): Promise<readonly TakenWatch[]> {
  const { rows } = await sql<Omit<TakenWatch, 'handle'> & { readonly handle: string | null }>`
    delete from mailbox_watch w using mailbox m
    where m.workspace_id = (select kontor_workspace()) and m.workspace_id = w.workspace_id and m.id = w.mailbox_id and ${which}
    returning m.id as "mailboxId", m.endpoint, m.place, m.address, w.handle`.execute(tx)
  return rows.flatMap(({ handle, ...of }) => (handle === null ? [] : [{ ...of, handle }]))
}

/** Mailboxes of one address that are read, in whatever workspace. */
export async function mailboxesAt(
  database: Database,
  endpoint: string,
  addressKey: string,
): Promise<WatchRef[]> {
  const { rows } = await database.call((db) =>
    sql<{ workspace_id: string; mailbox_id: string }>`
      select * from mailboxes_at(${endpoint}, ${addressKey})`.execute(db),
  )
  return rows.map((row) => ({ workspaceId: row.workspace_id, mailboxId: row.mailbox_id }))
}

/** Mailboxes of an endpoint that are read, across workspaces: ids only. */
export async function readMailboxesAt(
  database: Database,
  endpoint: string,
  limit: number,
): Promise<WatchRef[]> {
  const { rows } = await database.call((db) =>
    sql<{ workspace_id: string; mailbox_id: string }>`select * from read_at(${endpoint}, ${limit})`.execute(
      db,
    ),
  )
  return rows.map((row) => ({ workspaceId: row.workspace_id, mailboxId: row.mailbox_id }))
}

/** The mailbox behind a watch, with the hash of its secret. */
export async function watchOfHandle(
  database: Database,
  endpoint: string,
  handle: string,
): Promise<(WatchRef & { readonly secretHash: Buffer }) | undefined> {
  const { rows } = await database.call((db) =>
    sql<{ workspace_id: string; mailbox_id: string; secret_hash: Buffer }>`
      select * from watch_of_handle(${endpoint}, ${handle})`.execute(db),
  )
  const row = rows[0]
  return row && { workspaceId: row.workspace_id, mailboxId: row.mailbox_id, secretHash: row.secret_hash }
}

/**
 * Statements of what people do with mails of the outbox. Every one names the states it may leave.
 */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { Reason } from './reasons.ts'
import type { OutboxFilter } from './store-outbox.ts'
import { matching } from './store-outbox.ts'
import type { MailKind, SubmissionState } from './submission.ts'

/** A mail as far as acting on it needs to know. */
export interface ActedOn {
  readonly id: string
  readonly mailboxId: string
  readonly kind: MailKind
  readonly state: SubmissionState
  readonly contactId?: string
  readonly reason?: Reason
}

/** Locks the named mails in the order of their ids, so that two who act on the same never wait for each other in a circle. */
export async function lockMails(tx: Tx, ids: readonly string[]): Promise<ActedOn[]> {
  const { rows } = await sql<{
    id: string
    mailbox_id: string
    kind: MailKind
    state: SubmissionState
    contact_id: string | null
    reason: Reason | null
  }>`select id, mailbox_id, kind, state, contact_id, reason from submission
    where id = any(${[...ids]}::uuid[]) order by id for update`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    mailboxId: row.mailbox_id,
    kind: row.kind,
    state: row.state,
    ...(row.contact_id === null ? {} : { contactId: row.contact_id }),
    ...(row.reason === null ? {} : { reason: row.reason }),
  }))
}

/**
 * Puts waiting mails before everything else of their rank, and before all that waits in other ranks and mailboxes, which
 * decides nothing there and tells moved ones from others ({@link stepToFront}); among themselves they keep their order.
 * `from`: the place of the first of them. Returns their ids.
 */
export async function moveToFront(
  tx: Tx,
  ids: readonly string[],
  from: string | undefined,
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    with chosen as (
      select id, row_number() over (order by position_at, id) - 1 as place, count(*) over () as many
      from submission where id = any(${[...ids]}::uuid[]) and state = 'queued'),
    front as (select min(position_at) as at from submission where state = 'queued')
    update submission s set position_at =
      coalesce(${from ?? null}::timestamptz, f.at - c.many * interval '1 millisecond') + c.place * interval '1 millisecond'
    from chosen c cross join front f
    where s.id = c.id and s.state = 'queued' returning s.id`.execute(tx)
  return new Set(rows.map((row) => row.id))
}

/** How far the steps to the front are. */
export interface FrontPlace {
  /** The first place of all when they began. */
  readonly first: string
  /** The place that the next mail gets. */
  readonly from: string
  /** Where the last mail of the step before stood. */
  readonly at: string
  readonly id: string
}

/**
 * The next mails that match and are to go to the front, in their order, and the place of the first of them. Room for all is
 * left before all that waits, so that those of the steps that are done stand in their order, also when no more come.
 */
export async function stepToFront(
  tx: Tx,
  filter: OutboxFilter & { readonly enqueuedBefore: string },
  { after, limit }: { after: FrontPlace | undefined; limit: number },
): Promise<{ readonly ids: readonly string[]; readonly from?: string; readonly next?: FrontPlace }> {
  const begun = after ?? (await roomAtFront(tx, filter))
  if (begun === undefined) return { ids: [] }
  const { first, from } = begun
  const { rows } = await sql<{
    id: string
    at: Temporal.Instant
  }>`select s.id, s.position_at as at from submission s
    where ${matching(filter)} and s.enqueued_at <= ${filter.enqueuedBefore}::timestamptz and s.position_at >= ${first}::timestamptz
      ${after === undefined ? sql`` : sql`and (s.position_at, s.id) > (${after.at}::timestamptz, ${after.id}::uuid)`}
    order by s.position_at, s.id limit ${limit}`.execute(tx)
  const last = rows.at(-1)
  if (last === undefined) return { ids: [] }
  const following = Temporal.Instant.from(from).add({ milliseconds: rows.length }).toString()
  return {
    ids: rows.map((row) => row.id),
    from,
    next: { first, from: following, at: last.at.toString(), id: last.id },
  }
}

/** Undefined when nothing waits. */
async function roomAtFront(
  tx: Tx,
  filter: OutboxFilter,
): Promise<Pick<FrontPlace, 'first' | 'from'> | undefined> {
  const { rows } = await sql<{ first: Temporal.Instant | null; many: number }>`
    select min(s.position_at) as first, count(*) filter (where ${matching(filter)})::int as many
    from submission s where s.state = 'queued'`.execute(tx)
  const { first = null, many = 0 } = rows[0] ?? {}
  if (first === null) return undefined
  return { first: first.toString(), from: first.subtract({ milliseconds: many }).toString() }
}

/** To another mailbox, where it begins a thread of its own. What was held for want of a mailbox waits again. */
export async function reassign(tx: Tx, id: string, mailboxId: string): Promise<boolean> {
  return await changes(
    sql<{ id: string }>`
    update submission set mailbox_id = ${mailboxId}, thread_id = null, answers_message_id = null,
      state = case when reason->>'code' = 'mailbox_disconnected' then 'queued' else state end,
      reason = case when reason->>'code' = 'mailbox_disconnected' then null else reason end
    where id = ${id} and state in ('queued', 'held') returning id`.execute(tx),
  )
}

/** Lifts it over all ranks but direct from this instant on; undefined takes the promise back. */
export async function promise(tx: Tx, id: string, liftAt: Temporal.Instant | undefined): Promise<boolean> {
  return await changes(
    sql<{ id: string }>`update submission set lift_at = ${liftAt ?? null}
    where id = ${id} and state in ('queued', 'held') and rank > 0 returning id`.execute(tx),
  )
}

/** Does not leave before this instant; undefined: as soon as the rules allow. */
export async function schedule(
  tx: Tx,
  id: string,
  notBefore: Temporal.Instant | undefined,
): Promise<boolean> {
  return await changes(
    sql<{ id: string }>`update submission set not_before = ${notBefore ?? null}, exempt = false
    where id = ${id} and state in ('queued', 'held') returning id`.execute(tx),
  )
}

/** At once: neither its own time nor the sending times hold it back. */
export async function exempt(tx: Tx, id: string): Promise<boolean> {
  return await changes(
    sql<{ id: string }>`update submission set not_before = null, exempt = rank > 0
    where id = ${id} and state = 'queued' returning id`.execute(tx),
  )
}

export async function readdress(
  tx: Tx,
  id: string,
  to: { address: string; key: string; name: string },
): Promise<boolean> {
  return await changes(
    sql<{ id: string }>`
    update submission set to_address = ${to.address}, to_key = ${to.key}, to_name = ${to.name}
    where id = ${id} and state in ('queued', 'held') returning id`.execute(tx),
  )
}

async function changes(asked: Promise<{ readonly rows: readonly unknown[] }>): Promise<boolean> {
  return (await asked).rows.length > 0
}

/** Ids of held mails that a change may have mended, after `after`. */
export async function heldOf(
  tx: Tx,
  of: { contactId?: string; memberId?: string; campaignId?: string },
  codes: readonly string[],
  { after, limit }: { after: string | undefined; limit: number },
): Promise<string[]> {
  const { contactId = null, memberId = null, campaignId = null } = of
  const { rows } = await sql<{ id: string }>`select id from submission
    where state = 'held' and reason->>'code' = any(${[...codes]}::text[]) and (${after ?? null}::uuid is null or id > ${after ?? null}::uuid)
      and (${contactId}::uuid is null or contact_id = ${contactId}::uuid)
      and (${memberId}::uuid is null or member_id = ${memberId}::uuid)
      and (${campaignId}::uuid is null or campaign_id = ${campaignId}::uuid)
    order by id limit ${limit} for update skip locked`.execute(tx)
  return rows.map((row) => row.id)
}

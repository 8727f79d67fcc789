/**
 * Owns events: facts that happened, written in the transaction that made them true.
 *
 * 1. `emit` inserts a row per event and, if handlers are wired to its type, one job that names them – in the caller's
 *    transaction.
 * 2. The job runs them one after another, each in a transaction of its own, inside the event's workspace. One that fails
 *    keeps none of the others back, and the job is tried again. Delivery is at least once and unordered; the row in
 *    `event_delivery` (unique per event and handler) makes the effects happen once.
 * 3. Live pages read the same rows by position (transaction id, sequence) and are woken by a coalesced NOTIFY.
 *
 * Refuses: effects outside the database in a handler. A handler that must call somebody adds a job of its own.
 */
import { sql } from 'kysely'
import { records } from '../db/index.ts'
import type { Database, Tx } from '../db/index.ts'
import type { Ids } from '../ids/index.ts'
import { addingFresh } from '../jobs/index.ts'
import type { Task } from '../jobs/index.ts'

export type NewEvent = {
  readonly workspaceId: string
  /** Past tense, `noun.verb`: `reply.captured`. */
  readonly type: string
  /** Id of the row the event is about. */
  readonly subject?: string
  readonly payload: Readonly<Record<string, unknown>>
}
export type Event = NewEvent & { readonly id: string; readonly at: Temporal.Instant }
export type EventHandler = (tx: Tx, event: Event) => Promise<void>
/** Event type → handler name → handler. Names are stored in jobs: renaming one strands its open jobs. */
export type Wiring = Readonly<Record<string, Readonly<Record<string, EventHandler>>>>
/** A place in the feed. `xid` is a 64-bit transaction id in decimal. */
export type FeedPosition = { readonly xid: string; readonly seq: number }
export type FeedEvent = Event & { readonly position: FeedPosition }

export type Emit = (tx: Tx, ...events: readonly NewEvent[]) => Promise<void>
export type Events = {
  readonly emit: Emit
  /** Ties handlers to event types; called once by wiring, before anything is emitted. */
  wire(wiring: Wiring): void
  /** The job that delivers events, for `startJobs`. */
  tasks(database: Pick<Database, 'inWorkspace'>): Readonly<Record<string, Task>>
}

/** The channel that carries a workspace id whenever one of its events was committed. */
export const eventChannel = 'kontor_event'
const deliveryTask = 'event'

/** An events desk with no handlers yet. */
export function defineEvents(options: { ids: Ids }): Events {
  let wiring: Wiring = {}

  return {
    wire(table) {
      wiring = table
    },
    async emit(tx, ...news) {
      if (news.length === 0) return
      const events = news.map((event) => {
        const id = options.ids.uuid()
        const handlers = Object.keys(wiring[event.type] ?? {})
        const job = handlers.length === 0 ? undefined : { workspaceId: event.workspaceId, id, handlers }
        return { ...event, id, job }
      })
      await sql`
        with told as materialized (
          select * from json_to_recordset(${records(events)})
            as e("workspaceId" uuid, id uuid, type text, subject uuid, payload jsonb, job json)),
        written as (
          insert into event (workspace_id, id, type, subject, payload, at)
          select "workspaceId", id, type, subject, payload, (select kontor_now()) from told)
        select pg_notify(${eventChannel}, "workspaceId"::text), ${addingFresh(deliveryTask, sql`told`)}
        from told group by "workspaceId"`.execute(tx)
    },
    tasks: (database) => ({
      [deliveryTask]: async (payload) => {
        const { workspaceId, id, handlers } = deliveryOf(payload)
        const failures: unknown[] = []
        for (const handler of handlers)
          await database
            .inWorkspace(workspaceId, async (tx) => {
              const event = await claimDelivery(tx, workspaceId, id, handler)
              if (event === undefined) return
              const run = wiring[event.type]?.[handler]
              if (run === undefined) throw new Error(`no handler ${handler} for ${event.type}`)
              await run(tx, event)
            })
            .catch((error: unknown) => failures.push(error))
        if (failures.length > 1) throw new AggregateError(failures, failures.map(String).join('; '))
        if (failures.length === 1) throw failures[0]
      },
    }),
  }
}

/**
 * Events of the transaction's workspace after a position, oldest first. Reads only what was written by transactions
 * older than every one still running, so a slow writer can delay the feed but never have its rows skipped.
 */
export async function readEvents(
  tx: Tx,
  { after, limit }: { after: FeedPosition; limit: number },
): Promise<readonly FeedEvent[]> {
  const { rows } = await sql<EventRow & { xid: string; seq: number }>`
    select workspace_id, id, xid::text as xid, seq, type, subject, payload, at from event
    where (xid, seq) > (${after.xid}::xid8, ${after.seq}::bigint)
      and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by xid, seq limit ${limit}`.execute(tx)
  return rows.map((row) => ({ ...eventOf(row), position: { xid: row.xid, seq: row.seq } }))
}

/** Takes details out of events that tell of one mailbox: what they told of was erased. */
export async function dropFromEvents(
  tx: Tx,
  of: { readonly type: string; readonly mailboxId: string; readonly keys: readonly string[] },
): Promise<void> {
  await sql`update event set payload = payload - ${[...of.keys]}::text[]
    where workspace_id = (select kontor_workspace()) and type = ${of.type} and payload->>'mailboxId' = ${of.mailboxId}
      and payload ?| ${[...of.keys]}::text[]`.execute(tx)
}

/** The position from which a page that loads now must follow the feed; read it before reading what the page shows. */
export async function feedHead(tx: Tx): Promise<FeedPosition> {
  const { rows } = await sql<{ xid: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as xid`.execute(tx)
  return { xid: rows[0]?.xid ?? '0', seq: 0 }
}

type EventRow = {
  workspace_id: string
  id: string
  type: string
  subject: string | null
  payload: Record<string, unknown>
  at: Temporal.Instant
}

async function claimDelivery(
  tx: Tx,
  workspaceId: string,
  id: string,
  handler: string,
): Promise<Event | undefined> {
  const { rows } = await sql<EventRow>`
    with first as (
      insert into event_delivery (workspace_id, event_id, handler) values (${workspaceId}, ${id}, ${handler})
      on conflict do nothing returning event_id)
    select e.workspace_id, e.id, e.type, e.subject, e.payload, e.at
    from event e join first on first.event_id = e.id
    where e.workspace_id = ${workspaceId}`.execute(tx)
  const row = rows[0]
  return row === undefined ? undefined : eventOf(row)
}

function eventOf(row: EventRow): Event {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    type: row.type,
    ...(row.subject === null ? {} : { subject: row.subject }),
    payload: row.payload,
    at: row.at,
  }
}

function deliveryOf(payload: unknown): {
  workspaceId: string
  id: string
  handlers: readonly string[]
} {
  const { workspaceId, id, handlers } = payload as Record<string, unknown>
  if (typeof workspaceId !== 'string' || typeof id !== 'string' || !isNames(handlers)) {
    throw new Error('not an event delivery')
  }
  return { workspaceId, id, handlers }
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string')
}

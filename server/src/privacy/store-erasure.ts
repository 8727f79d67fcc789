/** Statements on erasures: one row each, moved forward by whoever works on it, in the transaction of the work. */
import { sql } from 'kysely'
import type { Reach } from '../correspondence/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'

export interface Erasure {
  readonly id: string
  readonly workspaceId: string
  readonly mailboxId: string
  readonly reach: Reach
  readonly step: 'messages' | 'words' | 'rest' | 'done'
  readonly askedAt: Temporal.Instant
  readonly total: number
  readonly messages: number
  readonly attachments: number
  readonly bytes: number
  readonly words: number
  readonly identifiers: number
  readonly suppressions: number
  readonly finishedAt?: Temporal.Instant
}

interface Row {
  id: string
  workspace_id: string
  mailbox_id: string
  reach: Reach
  step: Erasure['step']
  asked_at: Temporal.Instant
  total: number
  messages: number
  attachments: number
  bytes: number
  words: number
  identifiers: number
  suppressions: number
  finished_at: Temporal.Instant | null
}

const columns = sql`id, workspace_id, mailbox_id, reach, step, asked_at, total, messages, attachments, bytes::float8 as bytes,
  words, identifiers, suppressions, finished_at`

function erasureOf(row: Row): Erasure {
  const { workspace_id, mailbox_id, asked_at, finished_at, ...rest } = row
  return {
    ...rest,
    workspaceId: workspace_id,
    mailboxId: mailbox_id,
    askedAt: asked_at,
    ...(finished_at === null ? {} : { finishedAt: finished_at }),
  }
}

/** Begins an erasure, or gives the one that is running. */
export async function beginErasure(
  tx: Tx,
  wish: {
    readonly id: string
    readonly mailboxId: string
    readonly reach: Reach
    readonly askedBy: string
    readonly total: number
  },
): Promise<string> {
  await sql`insert into erasure (workspace_id, id, mailbox_id, reach, asked_by, total)
    values (kontor_workspace(), ${wish.id}, ${wish.mailboxId}, ${wish.reach}, ${wish.askedBy}, ${wish.total})
    on conflict (workspace_id, mailbox_id) where finished_at is null do update set
      reach = case when excluded.reach = 'everything' then 'everything' else erasure.reach end,
      step = case when excluded.reach = 'everything' then 'messages' else erasure.step end,
      total = greatest(erasure.total, excluded.total), asked_at = excluded.asked_at`.execute(tx)
  const { rows } = await sql<{ id: string }>`select id from erasure
    where mailbox_id = ${wish.mailboxId} and finished_at is null`.execute(tx)
  return rows[0]?.id ?? wish.id
}

/** Erasures that are not finished, across workspaces: ids only. */
export async function dueErasures(
  database: Database,
  limit: number,
): Promise<{ workspaceId: string; erasureId: string }[]> {
  const { rows } = await database.call((db) =>
    sql<{ workspace_id: string; erasure_id: string }>`select * from due_erasures(${limit})`.execute(db),
  )
  return rows.map((row) => ({ workspaceId: row.workspace_id, erasureId: row.erasure_id }))
}

/** The row for one piece of work; undefined when it is finished or somebody else works on it. */
export async function takeErasure(tx: Tx, id: string): Promise<Erasure | undefined> {
  const { rows } = await sql<Row>`select ${columns} from erasure
    where id = ${id} and finished_at is null for update skip locked`.execute(tx)
  return rows.map(erasureOf)[0]
}

export async function erasureById(tx: Tx, id: string): Promise<Erasure | undefined> {
  const { rows } = await sql<Row>`select ${columns} from erasure where id = ${id}`.execute(tx)
  return rows.map(erasureOf)[0]
}

type Counted = 'messages' | 'attachments' | 'bytes' | 'words' | 'identifiers' | 'suppressions'

/** Notes what a piece of work did, and where it goes on. */
export async function moveErasure(
  tx: Tx,
  id: string,
  step: Erasure['step'],
  done: Partial<Readonly<Record<Counted, number>>>,
): Promise<void> {
  await sql`update erasure set step = ${step}, messages = messages + ${done.messages ?? 0},
      attachments = attachments + ${done.attachments ?? 0}, bytes = bytes + ${done.bytes ?? 0},
      words = words + ${done.words ?? 0}, identifiers = identifiers + ${done.identifiers ?? 0},
      suppressions = suppressions + ${done.suppressions ?? 0},
      finished_at = case when ${step === 'done'} then kontor_now() end
    where id = ${id} and finished_at is null`.execute(tx)
}

/** Workspaces with a permission that a process which died left half given back. */
export async function halfRevokedWorkspaces(database: Database, limit: number): Promise<string[]> {
  const { rows } = await database.call((db) =>
    sql<{ workspace_id: string }>`select * from half_revoked_workspaces(${limit})`.execute(db),
  )
  return rows.map((row) => row.workspace_id)
}

/** What erasing did to the ids of the access log: when their key was last destroyed, and whether an erasure is under way. */
export async function erasuresOf(
  tx: Tx,
  mailboxId: string,
): Promise<{ readonly keyDestroyedAt: Temporal.Instant | undefined; readonly running: boolean }> {
  const { rows } = await sql<{ at: Temporal.Instant | null; running: boolean | null }>`
    select max(finished_at) as at, bool_or(finished_at is null) as running from erasure
    where mailbox_id = ${mailboxId}`.execute(tx)
  return { keyDestroyedAt: rows[0]?.at ?? undefined, running: rows[0]?.running ?? false }
}

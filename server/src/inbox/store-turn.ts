/**
 * Statements on what people do with a conversation, and on the record of it. Each write names the state it expects, so
 * that of two people who do the same at once one does it.
 */
import { sql } from 'kysely'
import { json } from '../platform/db/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { TeamState } from './conversation.ts'

export type TurnKind =
  | 'heard'
  | 'wrote'
  | 'sent'
  | 'assigned'
  | 'done'
  | 'reopened'
  | 'snoozed'
  | 'woke'
  | 'withdrawn'
  | 'returned'
  | 'asked'
  | 'taken_back'

export interface NewTurn {
  readonly id: string
  readonly conversationId: string
  readonly kind: TurnKind
  /** Number of what was said; absent for what a person did. */
  readonly version?: number
  readonly personId?: string | undefined
  readonly detail?: Readonly<Record<string, string>>
}

export async function insertTurn(tx: Tx, turn: NewTurn): Promise<void> {
  await sql`insert into conversation_turn (workspace_id, id, conversation_id, version, kind, person_id, detail)
    values (kontor_workspace(), ${turn.id}, ${turn.conversationId}, ${turn.version ?? null}, ${turn.kind},
      ${turn.personId ?? null}, ${json(turn.detail ?? {})})`.execute(tx)
}

export interface Turn {
  readonly id: string
  readonly kind: Exclude<TurnKind, 'heard' | 'wrote' | 'sent'>
  readonly at: Temporal.Instant
  readonly personName?: string
  readonly detail: Readonly<Record<string, string>>
}

/** What people did with the conversation, oldest first. */
export async function turnsOf(tx: Tx, conversationId: string): Promise<Turn[]> {
  const { rows } = await sql<{
    id: string
    kind: Turn['kind']
    at: Temporal.Instant
    name: string | null
    detail: Record<string, string>
  }>`select t.id, t.kind, t.at, p.name, t.detail from conversation_turn t left join person p on p.id = t.person_id
    where t.conversation_id = ${conversationId} and t.version is null order by t.at, t.id`.execute(tx)
  return rows.map(({ name, ...row }) => ({ ...row, ...(name === null ? {} : { personName: name }) }))
}

/** The first thing said after a version that somebody who is writing should read: a reply, or a colleague's mail. */
export async function saidSince(
  tx: Tx,
  conversationId: string,
  { version, personId }: { version: number; personId: string },
): Promise<{ readonly kind: 'heard' | 'wrote'; readonly by?: string } | undefined> {
  const { rows } = await sql<{ kind: 'heard' | 'wrote'; name: string | null }>`
    select t.kind, p.name from conversation_turn t left join person p on p.id = t.person_id
    where t.conversation_id = ${conversationId} and t.version > ${version}
      and (t.kind = 'wrote' and t.person_id is distinct from ${personId} or t.kind = 'heard' and t.detail->>'kind' = 'reply')
    order by t.version limit 1`.execute(tx)
  const row = rows[0]
  if (row === undefined) return undefined
  return { kind: row.kind, ...(row.name === null ? {} : { by: row.name }) }
}

/** Sets the team state and ends a snooze. False when it stands so already. */
export async function setTeamState(tx: Tx, id: string, teamState: TeamState): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update conversation set team_state = ${teamState}, snoozed_until = null, snoozed_by = null, woken_at = null
    where id = ${id} and (team_state <> ${teamState} or snoozed_until is not null or woken_at is not null) returning id`.execute(
    tx,
  )
  return rows.length > 0
}

export async function setAssignee(tx: Tx, id: string, personId: string | null): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`update conversation set assignee_id = ${personId}
    where id = ${id} and assignee_id is distinct from ${personId}::uuid returning id`.execute(tx)
  return rows.length > 0
}

/** False when it is asleep until then already, or is done. */
export async function setSnooze(
  tx: Tx,
  id: string,
  { until, personId }: { until: Temporal.Instant; personId: string },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update conversation set snoozed_until = ${until}, snoozed_by = ${personId}, woken_at = null
    where id = ${id} and snoozed_until is distinct from ${until}::timestamptz returning id`.execute(tx)
  return rows.length > 0
}

/** Ends a snooze: at its time (`due`) or by hand. Whoever comes second changes nothing. */
export async function endSnooze(tx: Tx, id: string, when: 'due' | 'now'): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update conversation set snoozed_until = null, woken_at = kontor_now(), listed_at = greatest(listed_at, kontor_now()),
      team_state = case when team_state = 'done' then 'done' else 'needs_reply' end
    where id = ${id} and snoozed_until is not null and (${when} = 'now' or snoozed_until <= kontor_now()) returning id`.execute(
    tx,
  )
  return rows.length > 0
}

/** Conversations of all workspaces whose snooze is over. */
export async function dueSnoozes(
  tx: Tx,
  limit: number,
): Promise<{ workspaceId: string; conversationId: string }[]> {
  const { rows } = await sql<{ workspace_id: string; conversation_id: string }>`
    select workspace_id, conversation_id from due_snoozes(${limit})`.execute(tx)
  return rows.map((row) => ({ workspaceId: row.workspace_id, conversationId: row.conversation_id }))
}

/** People whose mailboxes carry the conversation. */
export async function ownersOfConversation(tx: Tx, id: string): Promise<readonly string[]> {
  const { rows } = await sql<{ owner_id: string }>`
    select distinct m.owner_id from conversation c
      join lateral (select mailbox_id from thread t where t.workspace_id = c.workspace_id and t.contact_id = c.contact_id
          and t.campaign_id is not distinct from c.campaign_id
        union select mailbox_id from submission s where s.workspace_id = c.workspace_id and s.contact_id = c.contact_id
          and s.campaign_id is not distinct from c.campaign_id) x on true
      join mailbox m on m.workspace_id = c.workspace_id and m.id = x.mailbox_id
    where c.id = ${id}`.execute(tx)
  return rows.map((row) => row.owner_id)
}

export async function setWithdrawn(tx: Tx, id: string, by: string | null): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`update conversation set withdrawn_by = ${by}
    where id = ${id} and withdrawn_by is distinct from ${by}::uuid returning id`.execute(tx)
  return rows.length > 0
}

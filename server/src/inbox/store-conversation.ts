/**
 * Statements on one conversation: its row for a reader, its lock, and what moves it.
 */
import type { RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { EntryKind, TeamState } from './conversation.ts'
import type { Sight } from './store-sight.ts'
import { tells, visible } from './store-sight.ts'

export interface ConversationRow {
  readonly id: string
  readonly contactId: string
  readonly contactName: string
  readonly campaignId?: string
  readonly campaignName?: string
  readonly teamState: TeamState
  readonly unread: boolean
  readonly assigneeId?: string
  readonly assigneeName?: string
  readonly subject: string
  readonly snippet: string
  readonly lastAt: Temporal.Instant
  readonly lastDirection: 'in' | 'out'
  readonly snoozedUntil?: Temporal.Instant
  readonly woken: boolean
  readonly withdrawn: boolean
  readonly version: number
}

export interface RawConversation {
  id: string
  contact_id: string
  contact_name: string
  campaign_id: string | null
  campaign_name: string | null
  team_state: TeamState
  unread: boolean
  assignee_id: string | null
  assignee_name: string | null
  subject: string
  snippet: string
  listed_at: Temporal.Instant
  last_direction: 'in' | 'out'
  snoozed_until: Temporal.Instant | null
  woken: boolean
  withdrawn: boolean
  version: number
}

/** Unread: marked so, or news since the last look; what came before somebody joined is no news to them. */
export const unread = sql<boolean>`(coalesce(r.unread, false) or (c.heard_version > coalesce(r.version, 0)
  and c.heard_at >= coalesce(j.joined_at, '-infinity')))`

/** Joins that `unread` and the columns of a row need. */
export function conversationsFor(sight: Sight): RawBuilder<unknown> {
  return sql`conversation c join contact k on k.workspace_id = c.workspace_id and k.id = c.contact_id
      left join campaign g on g.workspace_id = c.workspace_id and g.id = c.campaign_id
      left join conversation_read r on r.workspace_id = c.workspace_id and r.conversation_id = c.id and r.person_id = ${sight.personId}
      left join membership j on j.workspace_id = c.workspace_id and j.person_id = ${sight.personId}
      left join person p on p.id = c.assignee_id`
}

export function conversationColumns(sight: Sight): RawBuilder<unknown> {
  return sql`c.id, c.contact_id, k.name as contact_name, c.campaign_id, g.name as campaign_name, c.team_state,
      ${unread} as unread, c.assignee_id, p.name as assignee_name,
      case when ${tells(sight)} then c.subject else '' end as subject, case when ${tells(sight)} then c.snippet else '' end as snippet,
      c.listed_at, c.last_direction, c.snoozed_until, c.woken_at is not null as woken, c.withdrawn_by is not null as withdrawn, c.version`
}

export function conversationOf(row: RawConversation): ConversationRow {
  return {
    id: row.id,
    contactId: row.contact_id,
    contactName: row.contact_name,
    ...(row.campaign_id === null ? {} : { campaignId: row.campaign_id }),
    ...(row.campaign_name === null ? {} : { campaignName: row.campaign_name }),
    teamState: row.team_state,
    unread: row.unread,
    ...(row.assignee_id === null ? {} : { assigneeId: row.assignee_id }),
    ...(row.assignee_name === null ? {} : { assigneeName: row.assignee_name }),
    subject: row.subject,
    snippet: row.snippet,
    lastAt: row.listed_at,
    lastDirection: row.last_direction,
    ...(row.snoozed_until === null ? {} : { snoozedUntil: row.snoozed_until }),
    woken: row.woken,
    withdrawn: row.withdrawn,
    version: row.version,
  }
}

export async function conversationById(
  tx: Tx,
  sight: Sight,
  id: string,
): Promise<ConversationRow | undefined> {
  const { rows } =
    await sql<RawConversation>`select ${conversationColumns(sight)} from ${conversationsFor(sight)}
    where c.id = ${id} and ${visible(sight)}`.execute(tx)
  return rows[0] === undefined ? undefined : conversationOf(rows[0])
}

export async function contactNameOf(tx: Tx, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`select k.name
    from conversation c join contact k on k.workspace_id = c.workspace_id and k.id = c.contact_id
    where c.id = ${id}`.execute(tx)
  return rows[0]?.name
}

/** Who answers for a conversation, where somebody does. */
export async function assignedOf(
  tx: Tx,
  of: { readonly contactId: string; readonly campaignId: string | undefined },
): Promise<{ readonly id: string; readonly assigneeId: string; readonly contactName: string } | undefined> {
  const { rows } = await sql<{ id: string; assigneeId: string; contactName: string }>`
    select c.id, c.assignee_id as "assigneeId", k.name as "contactName"
    from conversation c join contact k on k.workspace_id = c.workspace_id and k.id = c.contact_id
    where c.workspace_id = kontor_workspace() and c.contact_id = ${of.contactId}
      and c.campaign_id is not distinct from ${of.campaignId ?? null} and c.assignee_id is not null`.execute(
    tx,
  )
  return rows[0]
}

export interface Locked {
  readonly id: string
  readonly version: number
  readonly teamState: TeamState
}

/** The row, locked until the transaction ends: what two people do at once is put in order. */
export async function lockConversation(
  tx: Tx,
  of: { readonly contactId: string; readonly campaignId?: string | undefined },
): Promise<Locked | undefined> {
  const { rows } = await sql<{ id: string; version: number; team_state: TeamState }>`
    select id, version, team_state from conversation
    where contact_id = ${of.contactId} and campaign_id is not distinct from ${of.campaignId ?? null}::uuid for update`.execute(
    tx,
  )
  const row = rows[0]
  return row === undefined ? undefined : { id: row.id, version: row.version, teamState: row.team_state }
}

/** The conversation of a place, without its lock. */
export async function conversationIdAt(
  tx: Tx,
  of: { readonly contactId: string; readonly campaignId?: string | undefined },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select id from conversation
    where contact_id = ${of.contactId} and campaign_id is not distinct from ${of.campaignId ?? null}::uuid`.execute(
    tx,
  )
  return rows[0]?.id
}

/** Makes the row when there is none, with version 0: nothing has been said in it yet. */
export async function ensureConversation(
  tx: Tx,
  first: {
    readonly id: string
    readonly contactId: string
    readonly campaignId: string | undefined
    readonly mailboxId: string
    readonly direction: 'in' | 'out'
    readonly at: Temporal.Instant
  },
): Promise<void> {
  await sql`insert into conversation (workspace_id, id, contact_id, campaign_id, last_at, listed_at, last_direction, last_mailbox_id, version)
    values (kontor_workspace(), ${first.id}, ${first.contactId}, ${first.campaignId ?? null}, ${first.at}, ${first.at},
      ${first.direction}, ${first.mailboxId}, 0)
    on conflict (workspace_id, contact_id, campaign_id) do nothing`.execute(tx)
}

export interface Touch {
  readonly id: string
  readonly mailboxId: string
  readonly kind: EntryKind
  readonly subject: string
  readonly snippet: string
  readonly direction: 'in' | 'out'
  readonly teamState: TeamState
  readonly news: boolean
  /** A reply ends a snooze; nothing else does. */
  readonly wakes: boolean
  readonly at: Temporal.Instant
}

/** Something was said in a locked conversation: it moves up and its version grows. */
export async function touchConversation(tx: Tx, touch: Touch): Promise<{ id: string; version: number }> {
  const { at, news, wakes, kind } = touch
  const { rows } = await sql<{ id: string; version: number }>`
    update conversation c set
      version = greatest(c.version, (select max(t.version) from conversation_turn t
        where t.workspace_id = c.workspace_id and t.conversation_id = c.id)) + 1,
      team_state = ${touch.teamState},
      heard_version = case when ${news}::boolean then greatest(c.version, (select max(t.version) from conversation_turn t
        where t.workspace_id = c.workspace_id and t.conversation_id = c.id)) + 1 else c.heard_version end,
      heard_at = case when ${news}::boolean then kontor_now() else c.heard_at end,
      kinds = case when ${kind}::text = any (c.kinds) then c.kinds else c.kinds || ${kind}::text end,
      snoozed_until = case when ${wakes}::boolean then null else c.snoozed_until end,
      snoozed_by = case when ${wakes}::boolean then null else c.snoozed_by end,
      woken_at = case when ${kind}::text in ('reply', 'direct', 'own') then null else c.woken_at end,
      subject = case when ${at}::timestamptz >= c.last_at then ${touch.subject} else c.subject end,
      snippet = case when ${at}::timestamptz >= c.last_at then ${touch.snippet} else c.snippet end,
      last_direction = case when ${at}::timestamptz >= c.last_at then ${touch.direction} else c.last_direction end,
      last_mailbox_id = case when ${at}::timestamptz >= c.last_at then ${touch.mailboxId}::uuid else c.last_mailbox_id end,
      listed_at = greatest(c.listed_at, ${at}::timestamptz),
      last_at = greatest(c.last_at, ${at}::timestamptz)
    where c.id = ${touch.id} returning id, version`.execute(tx)
  const row = rows[0]
  if (row === undefined) throw new Error('a conversation could not be moved')
  return row
}

/** Back to an earlier state because a mail did not leave after all. */
export async function restoreState(tx: Tx, id: string, teamState: TeamState): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`update conversation set team_state = ${teamState}
    where id = ${id} and team_state = 'waiting' and team_state <> ${teamState} returning id`.execute(tx)
  return rows.length > 0
}

export async function otherConversations(
  tx: Tx,
  sight: Sight,
  { contactId, exceptId }: { contactId: string; exceptId: string },
): Promise<{ id: string; campaignName?: string; teamState: TeamState; lastAt: Temporal.Instant }[]> {
  const { rows } = await sql<{
    id: string
    name: string | null
    team_state: TeamState
    last_at: Temporal.Instant
  }>`select c.id, g.name, c.team_state, c.last_at from conversation c
      left join campaign g on g.workspace_id = c.workspace_id and g.id = c.campaign_id
    where c.contact_id = ${contactId} and c.id <> ${exceptId} and ${visible(sight)} order by c.last_at desc limit 50`.execute(
    tx,
  )
  return rows.map((row) => ({
    id: row.id,
    ...(row.name === null ? {} : { campaignName: row.name }),
    teamState: row.team_state,
    lastAt: row.last_at,
  }))
}

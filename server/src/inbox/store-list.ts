/**
 * Statements of the list: a page by team state, newest first within each; how many there are. A page walks one index
 * range per state, so its cost does not grow with the inbox.
 */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { EntryKind, TeamState } from './conversation.ts'
import { teamStates } from './conversation.ts'
import type { ConversationRow, RawConversation } from './store-conversation.ts'
import { conversationColumns, conversationOf, conversationsFor, unread } from './store-conversation.ts'
import type { Sight } from './store-sight.ts'
import { visible } from './store-sight.ts'

export interface InboxFilter {
  readonly state?: TeamState | undefined
  readonly who?: 'mine' | 'unassigned' | 'mentioned' | undefined
  readonly snoozed?: boolean | undefined
  readonly campaignId?: string | undefined
  readonly mailboxId?: string | undefined
  readonly kind?: EntryKind | undefined
  readonly q?: string | undefined
}

/** The place after which a page begins. */
export interface ListPlace {
  readonly state: TeamState
  readonly at: string
  readonly id: string
}

/** Hits of a search that are looked at; a search that finds more than this many conversations is narrowed by typing on. */
const mostHits = 2000

export async function conversationPage(
  tx: Tx,
  sight: Sight,
  filter: InboxFilter,
  { after, limit }: { after: ListPlace | undefined; limit: number },
): Promise<ConversationRow[]> {
  const hits = await hitsOf(tx, sight, filter.q)
  if (hits?.length === 0) return []
  const from = after === undefined ? 0 : teamStates.indexOf(after.state)
  const found: ConversationRow[] = []
  for (const state of teamStates.slice(from)) {
    if (filter.state !== undefined && filter.state !== state) continue
    const place = after?.state === state ? after : undefined
    found.push(...(await rangeOf(tx, sight, { ...filter, state, hits }, place, limit - found.length)))
    if (found.length >= limit) break
  }
  return found
}

async function hitsOf(tx: Tx, sight: Sight, q: string | undefined): Promise<readonly string[] | undefined> {
  if (q === undefined || q.trim() === '') return undefined
  const { rows } = await sql<{ id: string }>`
    select s as id from search_conversations(${q}, ${[...sight.hidden]}::uuid[], ${mostHits}) s`.execute(tx)
  return rows.map((row) => row.id)
}

async function rangeOf(
  tx: Tx,
  sight: Sight,
  filter: InboxFilter & { readonly state: TeamState; readonly hits: readonly string[] | undefined },
  after: ListPlace | undefined,
  limit: number,
): Promise<ConversationRow[]> {
  const { rows } = await sql<RawConversation>`
    select ${conversationColumns(sight)} from ${conversationsFor(sight)}
    where ${wanted(sight, filter)} and c.team_state = ${filter.state}
      ${filter.hits === undefined ? sql`` : sql`and c.id = any (${[...filter.hits]}::uuid[])`}
      ${after === undefined ? sql`` : sql`and (c.listed_at, c.id) < (${after.at}::timestamptz, ${after.id}::uuid)`}
    order by c.listed_at desc, c.id desc limit ${limit}`.execute(tx)
  return rows.map(conversationOf)
}

function wanted(sight: Sight, filter: InboxFilter) {
  const { who, campaignId, mailboxId, kind } = filter
  return sql`${visible(sight)}
    ${filter.snoozed === true ? sql`and c.snoozed_until is not null` : filter.q === undefined ? sql`and c.snoozed_until is null` : sql``}
    ${who === 'mine' ? sql`and c.assignee_id = ${sight.personId}` : sql``}
    ${who === 'unassigned' ? sql`and c.assignee_id is null` : sql``}
    ${
      who === 'mentioned'
        ? sql`and exists (select 1 from note n join note_mention m on m.workspace_id = n.workspace_id and m.note_id = n.id
            where n.workspace_id = c.workspace_id and n.conversation_id = c.id and m.person_id = ${sight.personId})`
        : sql``
    }
    ${campaignId === undefined ? sql`` : sql`and c.campaign_id = ${campaignId}`}
    ${kind === undefined ? sql`` : sql`and ${kind} = any (c.kinds)`}
    ${
      mailboxId === undefined
        ? sql``
        : sql`and exists (select 1 from thread t where t.workspace_id = c.workspace_id and t.contact_id = c.contact_id
            and t.campaign_id is not distinct from c.campaign_id and t.mailbox_id = ${mailboxId})`
    }`
}

export interface Counts {
  readonly needsReply: number
  readonly waiting: number
  readonly done: number
  readonly snoozed: number
  readonly mine: number
  readonly unread: number
}

/** Nobody reads a figure above this one; counting stops there. */
export const mostCounted = 10_000

/** How many conversations this person sees in each state; `mine` and `unread` among those that need a reply. */
export async function counts(tx: Tx, sight: Sight): Promise<Counts> {
  const per = (condition: ReturnType<typeof sql>) =>
    sql`(select count(*)::int from (select 1 from conversation c where ${visible(sight)} and ${condition} limit ${mostCounted}) x)`
  const { rows } = await sql<{
    needs_reply: number
    waiting: number
    done: number
    snoozed: number
    mine: number
    unread: number
  }>`select ${per(sql`c.team_state = 'needs_reply' and c.snoozed_until is null`)} as needs_reply,
      ${per(sql`c.team_state = 'waiting' and c.snoozed_until is null`)} as waiting,
      ${per(sql`c.team_state = 'done' and c.snoozed_until is null`)} as done,
      ${per(sql`c.snoozed_until is not null`)} as snoozed,
      ${per(sql`c.team_state = 'needs_reply' and c.snoozed_until is null and c.assignee_id = ${sight.personId}`)} as mine,
      (select count(*)::int from (select 1 from ${conversationsFor(sight)}
        where ${visible(sight)} and c.snoozed_until is null and c.team_state = 'needs_reply' and ${unread} limit ${mostCounted}) x) as unread`.execute(
    tx,
  )
  const row = rows[0]
  return {
    needsReply: row?.needs_reply ?? 0,
    waiting: row?.waiting ?? 0,
    done: row?.done ?? 0,
    snoozed: row?.snoozed ?? 0,
    mine: row?.mine ?? 0,
    unread: row?.unread ?? 0,
  }
}

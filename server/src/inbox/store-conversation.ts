/**
 * Statements on conversations, read marks, presence and notes. The list is one index range per team state.
 */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'

export type TeamState = 'needs_reply' | 'waiting' | 'done'

export interface Touch {
  readonly id: string
  readonly contactId: string
  readonly campaignId: string | undefined
  readonly subject: string
  readonly snippet: string
  readonly direction: 'in' | 'out'
  /** Undefined leaves the team state as it is (an auto-reply needs no reply). */
  readonly teamState: TeamState | undefined
  readonly at: Temporal.Instant
}

/** Something was said: the conversation moves up, its version grows. Returns its id. */
export async function touchConversation(tx: Tx, touch: Touch): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into conversation as c (workspace_id, id, contact_id, campaign_id, team_state, subject, snippet, last_at, last_direction)
    values (kontor_workspace(), ${touch.id}, ${touch.contactId}, ${touch.campaignId ?? null}, ${touch.teamState ?? 'waiting'},
      ${touch.subject}, ${touch.snippet}, ${touch.at}, ${touch.direction})
    on conflict (workspace_id, contact_id, campaign_id) do update set
      version = c.version + 1,
      team_state = case when excluded.last_at >= c.last_at then coalesce(${touch.teamState ?? null}::text, c.team_state) else c.team_state end,
      subject = case when excluded.last_at >= c.last_at then excluded.subject else c.subject end,
      snippet = case when excluded.last_at >= c.last_at then excluded.snippet else c.snippet end,
      last_direction = case when excluded.last_at >= c.last_at then excluded.last_direction else c.last_direction end,
      last_at = greatest(c.last_at, excluded.last_at)
    returning id`.execute(tx)
  return rows[0]?.id ?? touch.id
}

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
  readonly version: number
  readonly order: number
}

interface Row {
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
  last_at: Temporal.Instant
  last_direction: 'in' | 'out'
  version: number
  state_order: number
}

const order = sql`array_position(array['needs_reply', 'waiting', 'done'], c.team_state)`

function rowsFrom(personId: string) {
  return sql`select c.id, c.contact_id, k.name as contact_name, c.campaign_id, g.name as campaign_name, c.team_state,
      c.version > coalesce(r.version, 0) and c.last_direction = 'in' as unread, c.assignee_id, p.name as assignee_name,
      c.subject, c.snippet, c.last_at, c.last_direction, c.version, ${order} as state_order
    from conversation c join contact k on k.workspace_id = c.workspace_id and k.id = c.contact_id
      left join campaign g on g.workspace_id = c.workspace_id and g.id = c.campaign_id
      left join conversation_read r on r.workspace_id = c.workspace_id and r.conversation_id = c.id and r.person_id = ${personId}
      left join person p on p.id = c.assignee_id`
}

function conversationOf(row: Row): ConversationRow {
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
    lastAt: row.last_at,
    lastDirection: row.last_direction,
    version: row.version,
    order: row.state_order,
  }
}

/** Mailboxes whose conversations this person may not see. */
export async function hiddenMailboxes(tx: Tx, personId: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{
    id: string
  }>`select m.id from mailbox m where ${hiddenFrom(personId)}`.execute(tx)
  return new Set(rows.map((row) => row.id))
}

function hiddenFrom(personId: string) {
  return sql`m.sharing = 'named' and m.owner_id <> ${personId} and not exists (select 1 from mailbox_named_member n
    where n.workspace_id = m.workspace_id and n.mailbox_id = m.id and n.person_id = ${personId})`
}

// A conversation is shown unless one of its threads lies in a mailbox that this person may not see.
function visible(personId: string) {
  return sql`not exists (select 1 from thread t join mailbox m on m.workspace_id = t.workspace_id and m.id = t.mailbox_id
    where t.contact_id = c.contact_id and t.campaign_id is not distinct from c.campaign_id and ${hiddenFrom(personId)})`
}

export interface InboxFilter {
  readonly state?: TeamState | undefined
  readonly assigneeId?: string | undefined
  readonly unassigned?: boolean | undefined
  readonly campaignId?: string | undefined
  readonly mailboxId?: string | undefined
  readonly q?: string | undefined
}

/** Needs a reply, then waiting, then done; newest first within each. */
export async function conversationPage(
  tx: Tx,
  personId: string,
  filter: InboxFilter,
  { after, limit }: { after: { order: number; at: string; id: string } | undefined; limit: number },
): Promise<ConversationRow[]> {
  const wanted = filter.q?.trim() ?? ''
  const like = wanted === '' ? null : `%${wanted.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const { rows } = await sql<Row>`${rowsFrom(personId)}
    where ${visible(personId)}
      and (${filter.state ?? null}::text is null or c.team_state = ${filter.state ?? null}::text)
      and (${filter.assigneeId ?? null}::uuid is null or c.assignee_id = ${filter.assigneeId ?? null}::uuid)
      and (not ${filter.unassigned ?? false}::boolean or c.assignee_id is null)
      and (${filter.campaignId ?? null}::uuid is null or c.campaign_id = ${filter.campaignId ?? null}::uuid)
      and (${filter.mailboxId ?? null}::uuid is null or exists (select 1 from thread t where t.contact_id = c.contact_id
        and t.campaign_id is not distinct from c.campaign_id and t.mailbox_id = ${filter.mailboxId ?? null}::uuid))
      and (${like}::text is null or k.name ilike ${like}::text or c.subject ilike ${like}::text or exists (select 1 from message m
        where m.contact_id = c.contact_id and m.campaign_id is not distinct from c.campaign_id
          and (m.subject ilike ${like}::text or m.text ilike ${like}::text)))
      and (${after?.order ?? null}::int is null or ${order} > ${after?.order ?? null}::int
        or (${order} = ${after?.order ?? null}::int and (c.last_at, c.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid)))
    order by ${order}, c.last_at desc, c.id desc limit ${limit}`.execute(tx)
  return rows.map(conversationOf)
}

export async function conversationById(
  tx: Tx,
  personId: string,
  id: string,
): Promise<ConversationRow | undefined> {
  const { rows } = await sql<Row>`${rowsFrom(personId)} where c.id = ${id} and ${visible(personId)}`.execute(
    tx,
  )
  return rows[0] === undefined ? undefined : conversationOf(rows[0])
}

/** The row, locked: two answers at once are put in order. */
export async function lockConversation(tx: Tx, id: string): Promise<{ version: number } | undefined> {
  const { rows } = await sql<{
    version: number
  }>`select version from conversation where id = ${id} for update`.execute(tx)
  return rows[0]
}

export async function otherConversations(
  tx: Tx,
  contactId: string,
  exceptId: string,
): Promise<{ id: string; campaignName?: string }[]> {
  const { rows } = await sql<{ id: string; name: string | null }>`select c.id, g.name from conversation c
      left join campaign g on g.workspace_id = c.workspace_id and g.id = c.campaign_id
    where c.contact_id = ${contactId} and c.id <> ${exceptId} order by c.last_at desc`.execute(tx)
  return rows.map((row) => ({ id: row.id, ...(row.name === null ? {} : { campaignName: row.name }) }))
}

export async function counts(
  tx: Tx,
  personId: string,
): Promise<{ needsReply: number; waiting: number; done: number; unread: number }> {
  const { rows } = await sql<{ needs_reply: number; waiting: number; done: number; unread: number }>`
    select count(*) filter (where c.team_state = 'needs_reply')::int as needs_reply,
      count(*) filter (where c.team_state = 'waiting')::int as waiting, count(*) filter (where c.team_state = 'done')::int as done,
      count(*) filter (where c.version > coalesce(r.version, 0) and c.last_direction = 'in')::int as unread
    from conversation c left join conversation_read r on r.workspace_id = c.workspace_id and r.conversation_id = c.id and r.person_id = ${personId}`.execute(
    tx,
  )
  const row = rows[0]
  return {
    needsReply: row?.needs_reply ?? 0,
    waiting: row?.waiting ?? 0,
    done: row?.done ?? 0,
    unread: row?.unread ?? 0,
  }
}

export async function setTeamState(tx: Tx, id: string, teamState: TeamState): Promise<boolean> {
  const { rows } = await sql<{
    id: string
  }>`update conversation set team_state = ${teamState} where id = ${id} returning id`.execute(tx)
  return rows.length > 0
}

export async function setAssignee(tx: Tx, id: string, personId: string | null): Promise<boolean> {
  const { rows } = await sql<{
    id: string
  }>`update conversation set assignee_id = ${personId} where id = ${id} returning id`.execute(tx)
  return rows.length > 0
}

export async function markRead(tx: Tx, id: string, personId: string): Promise<void> {
  await sql`insert into conversation_read (workspace_id, conversation_id, person_id, version)
    select workspace_id, id, ${personId}, version from conversation where id = ${id}
    on conflict (workspace_id, conversation_id, person_id) do update set version = excluded.version`.execute(
    tx,
  )
}

/** Live presence for twenty seconds; false when the person was known to be answering already. */
export async function markAnswering(tx: Tx, id: string, personId: string): Promise<boolean> {
  const { rows } = await sql<{ fresh: boolean }>`
    with known as (select until > kontor_now() as live from answering where conversation_id = ${id} and person_id = ${personId})
    insert into answering (workspace_id, conversation_id, person_id, until)
    select workspace_id, id, ${personId}, kontor_now() + interval '20 seconds' from conversation where id = ${id}
    on conflict (workspace_id, conversation_id, person_id) do update set until = excluded.until
    returning not coalesce((select live from known), false) as fresh`.execute(tx)
  return rows[0]?.fresh ?? false
}

export async function answeringNow(tx: Tx, id: string, exceptPersonId: string): Promise<string[]> {
  const { rows } = await sql<{
    name: string
  }>`select p.name from answering a join person p on p.id = a.person_id
    where a.conversation_id = ${id} and a.until > kontor_now() and a.person_id <> ${exceptPersonId} order by p.name`.execute(
    tx,
  )
  return rows.map((row) => row.name)
}

export async function notAnswering(tx: Tx, id: string, personId: string): Promise<void> {
  await sql`delete from answering where conversation_id = ${id} and person_id = ${personId}`.execute(tx)
}

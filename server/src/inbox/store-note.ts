/** Statements on internal notes and on what the conversation view needs beside the correspondence. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { Sight } from './store-sight.ts'
import { visible } from './store-sight.ts'

export interface NoteRow {
  readonly id: string
  readonly at: Temporal.Instant
  readonly authorName: string
  readonly text: string
  readonly mentions: readonly string[]
}

export async function insertNote(
  tx: Tx,
  note: {
    readonly id: string
    readonly conversationId: string
    readonly authorId: string
    readonly text: string
    readonly mentions: readonly string[]
  },
): Promise<void> {
  await sql`insert into note (workspace_id, id, conversation_id, author_id, text)
    values (kontor_workspace(), ${note.id}, ${note.conversationId}, ${note.authorId}, ${note.text})`.execute(
    tx,
  )
  await sql`insert into note_mention (workspace_id, note_id, person_id)
    select distinct kontor_workspace(), ${note.id}::uuid, p from unnest(${[...note.mentions]}::uuid[]) p`.execute(
    tx,
  )
}

export async function notesOf(tx: Tx, conversationId: string): Promise<NoteRow[]> {
  const { rows } = await sql<{
    id: string
    at: Temporal.Instant
    name: string
    text: string
    mentions: string[]
  }>`select n.id, n.at, p.name, n.text, array(select q.name from note_mention m join person q on q.id = m.person_id
        where m.workspace_id = n.workspace_id and m.note_id = n.id order by q.name) as mentions
    from note n join person p on p.id = n.author_id where n.conversation_id = ${conversationId} order by n.at, n.id`.execute(
    tx,
  )
  return rows.map(({ name, ...row }) => ({ ...row, authorName: name }))
}

/** The campaigns a contact is in, with where they stand. */
export async function campaignsOf(
  tx: Tx,
  contactId: string,
): Promise<{ id: string; name: string; state: string }[]> {
  const { rows } = await sql<{ id: string; name: string; state: string }>`
    select g.id, g.name, b.state from member b join campaign g on g.workspace_id = b.workspace_id and g.id = b.campaign_id
    where b.contact_id = ${contactId} order by b.created_at desc, g.id limit 100`.execute(tx)
  return rows
}

/** Names of people by id. */
export async function namesOf(tx: Tx, personIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from person
    where id = any(${[...personIds]}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.id, row.name]))
}

export interface TimelineFact {
  readonly at: Temporal.Instant
  readonly kind: 'sent' | 'received' | 'application' | 'decision' | 'note' | 'added'
  readonly title: string
  readonly campaignName?: string
  readonly conversationId?: string
  readonly state?: string
}

/** What happened with a contact, newest first: one query over what each domain has recorded. */
export async function timelineFacts(tx: Tx, sight: Sight, contactId: string): Promise<TimelineFact[]> {
  const { rows } = await sql<{
    at: Temporal.Instant
    kind: TimelineFact['kind']
    title: string
    campaign_name: string | null
    conversation_id: string | null
    state: string | null
  }>`
    select x.at, x.kind, x.title, g.name as campaign_name, c.id as conversation_id, x.state from (
      select m.occurred_at as at, case m.direction when 'out' then 'sent' else 'received' end as kind, m.subject as title,
        m.campaign_id, m.kind as state, m.workspace_id from message m where m.contact_id = ${contactId}
          and m.mailbox_id <> all (${[...sight.hidden]}::uuid[])
      union all select a.applied_at, 'application', left(a.message, 160), b.campaign_id,
        case when a.through_open_link then 'applied_openly' end, a.workspace_id
        from application a join member b on b.workspace_id = a.workspace_id and b.id = a.member_id where b.contact_id = ${contactId}
      union all select a.decision_sent_at, 'decision', '', b.campaign_id, a.decision, a.workspace_id
        from application a join member b on b.workspace_id = a.workspace_id and b.id = a.member_id
        where b.contact_id = ${contactId} and a.decision_sent_at is not null
      union all select b.created_at, 'added', '', b.campaign_id, null, b.workspace_id from member b where b.contact_id = ${contactId}
    ) x left join campaign g on g.workspace_id = x.workspace_id and g.id = x.campaign_id
      left join conversation c on c.workspace_id = x.workspace_id and c.contact_id = ${contactId}
        and c.campaign_id is not distinct from x.campaign_id
    where c.id is null or ${visible(sight)}
    order by x.at desc limit 500`.execute(tx)
  return rows.map((row) => ({
    at: row.at,
    kind: row.kind,
    title: row.title,
    ...(row.campaign_name === null ? {} : { campaignName: row.campaign_name }),
    ...(row.conversation_id === null ? {} : { conversationId: row.conversation_id }),
    ...(row.state === null ? {} : { state: row.state }),
  }))
}

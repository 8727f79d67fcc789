/** Statements on conversations whose messages came together from two. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import { snippetOf } from './conversation.ts'

export async function conversationsOf(
  tx: Tx,
  contactId: string,
): Promise<{ readonly id: string; readonly campaignId: string | undefined }[]> {
  const { rows } = await sql<{ id: string; campaign_id: string | null }>`
    select id, campaign_id from conversation where contact_id = ${contactId} order by id for update`.execute(
    tx,
  )
  return rows.map((row) => ({ id: row.id, campaignId: row.campaign_id ?? undefined }))
}

/** Last words, kinds and version anew from what there is. Nothing to tell a question by leaves the state as it is. */
export async function gather(tx: Tx, id: string, { open }: { readonly open: boolean }): Promise<void> {
  const { rows } = await sql<{
    subject: string
    text: string
    direction: 'in' | 'out'
    mailbox_id: string
    at: Temporal.Instant
    kinds: string[]
  }>`select m.subject, left(m.text, 2000) as text, m.direction, m.mailbox_id, m.occurred_at as at,
      (select array_agg(distinct coalesce(s.kind, o.kind)) from message o
        left join submission s on s.workspace_id = o.workspace_id and s.id = o.submission_id
        where o.workspace_id = c.workspace_id and o.contact_id = c.contact_id and o.campaign_id is not distinct from c.campaign_id) as kinds
    from conversation c join message m on m.workspace_id = c.workspace_id and m.contact_id = c.contact_id
      and m.campaign_id is not distinct from c.campaign_id
    where c.id = ${id} order by m.occurred_at desc, m.id desc limit 1`.execute(tx)
  const last = rows[0]
  if (last === undefined) return
  await sql`update conversation c set subject = ${last.subject}, snippet = ${snippetOf(last.text)}, last_at = ${last.at},
      listed_at = greatest(c.listed_at, ${last.at}), last_direction = ${last.direction}, last_mailbox_id = ${last.mailbox_id},
      kinds = ${last.kinds}::text[], team_state = case when ${open}::boolean then 'needs_reply' else c.team_state end,
      version = greatest(c.version, (select max(t.version) from conversation_turn t
        where t.workspace_id = c.workspace_id and t.conversation_id = c.id))
    where c.id = ${id}`.execute(tx)
}

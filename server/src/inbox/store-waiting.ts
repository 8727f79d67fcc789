/** Statements on submissions as the inbox sees them: what waits for a contact, and who wrote last. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'

export interface WaitingMail {
  readonly id: string
  readonly subject: string
  readonly state: string
  readonly campaignName?: string
  readonly enqueuedAt: Temporal.Instant
}

export async function waitingFor(tx: Tx, contactId: string): Promise<WaitingMail[]> {
  const { rows } = await sql<{
    id: string
    subject: string
    state: string
    campaign_name: string | null
    enqueued_at: Temporal.Instant
  }>`select s.id, coalesce(s.subject, v.subject, '') as subject, s.state, g.name as campaign_name, s.enqueued_at
    from submission s left join campaign g on g.workspace_id = s.workspace_id and g.id = s.campaign_id
      left join template_version v on v.workspace_id = s.workspace_id and v.template_id = s.template_id and v.version = s.template_version
    where s.contact_id = ${contactId} and s.state in ('queued', 'leased', 'held', 'in_doubt')`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    subject: row.subject,
    state: row.state,
    ...(row.campaign_name === null ? {} : { campaignName: row.campaign_name }),
    enqueuedAt: row.enqueued_at,
  }))
}

/** Name of the colleague who wrote the newest personal mail of a conversation. */
export async function lastAuthor(
  tx: Tx,
  contactId: string,
  campaignId: string | undefined,
): Promise<string | undefined> {
  const { rows } = await sql<{
    name: string
  }>`select p.name from submission s join person p on p.id = s.author_id
    where s.contact_id = ${contactId} and s.campaign_id is not distinct from ${campaignId ?? null}::uuid and s.kind = 'direct'
    order by s.enqueued_at desc, s.id desc limit 1`.execute(tx)
  return rows[0]?.name
}

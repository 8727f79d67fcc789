/**
 * The questions behind the figures. Days come as instants, because the database does no zone arithmetic; they are told
 * apart by width_bucket.
 */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { CampaignFigures, DayFigure, MailboxSums } from './figures.ts'

interface CampaignRow {
  id: string
  name: string
  status: CampaignFigures['status']
  stages: Record<string, number> | null
  replied: number
  bounced: number
  minutes_to_reply: number | null
  readable: boolean
}

/** Every campaign, newest first. A person counts as bounced when an address of theirs failed permanently. */
export async function campaignFigures(tx: Tx): Promise<readonly CampaignFigures[]> {
  const { rows } = await sql<CampaignRow>`
    with person as (
      select m.campaign_id, m.contact_id, m.state,
        (select min(s.accepted_at) from submission s where s.workspace_id = m.workspace_id
           and s.contact_id = m.contact_id and s.campaign_id = m.campaign_id and s.state = 'accepted') as written_at,
        (select min(x.occurred_at) from message x where x.workspace_id = m.workspace_id
           and x.contact_id = m.contact_id and x.campaign_id = m.campaign_id and x.direction = 'in' and x.kind = 'reply') as replied_at,
        exists (select from message x where x.workspace_id = m.workspace_id
           and x.contact_id = m.contact_id and x.campaign_id = m.campaign_id and x.kind = 'bounce'
           and jsonb_path_exists(x.bounce, '$.recipients[*] ? (@.permanent == true)')) as bounced
      from member m join contact k on k.workspace_id = m.workspace_id and k.id = m.contact_id and k.deleted_at is null
    )
    select c.id, c.name, c.status,
      (select jsonb_object_agg(s.state, s.people) from (
         select p.state, count(*)::int as people from person p where p.campaign_id = c.id group by p.state) s) as stages,
      (select count(*)::int from person p where p.campaign_id = c.id and p.replied_at is not null) as replied,
      (select count(*)::int from person p where p.campaign_id = c.id and p.bounced) as bounced,
      (select percentile_cont(0.5) within group (order by extract(epoch from p.replied_at - p.written_at) / 60)
       from person p where p.campaign_id = c.id and p.replied_at >= p.written_at) as minutes_to_reply,
      (exists (select from mailbox b where b.workspace_id = c.workspace_id and b.id = c.mailbox_id and b.level = 'full')
       or exists (select from thread t join mailbox b on b.workspace_id = t.workspace_id and b.id = t.mailbox_id
         where t.workspace_id = c.workspace_id and t.campaign_id = c.id and b.level = 'full')) as readable
    from campaign c order by c.created_at desc, c.id desc`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    status: row.status,
    counts: row.stages ?? {},
    replied: row.replied,
    bounced: row.bounced,
    ...(row.minutes_to_reply === null ? {} : { minutesToReply: row.minutes_to_reply }),
    readable: row.readable,
  }))
}

/** Mailboxes that are connected or have sent, by address. */
export async function mailboxSums(tx: Tx): Promise<readonly MailboxSums[]> {
  const { rows } = await sql<MailboxSums>`
    select b.id, b.address, b.level, b.disconnected_at is null as connected from mailbox b
    where b.disconnected_at is null or exists (select from submission s
      where s.workspace_id = b.workspace_id and s.mailbox_id = b.id and s.state = 'accepted')
    order by b.disconnected_at is not null, b.address_key, b.id`.execute(tx)
  return rows
}

/** What each mailbox sent and received on each day; `starts` are the beginnings of the days, ascending. */
export async function dayFigures(tx: Tx, starts: readonly Temporal.Instant[]): Promise<readonly DayFigure[]> {
  const begins = starts.map(String)
  const { rows } = await sql<DayFigure>`
    with span as (select ${begins}::timestamptz[] as begins)
    select f."mailboxId", f.day, sum(f.sent)::int as sent, sum(f.replies)::int as replies, sum(f.bounces)::int as bounces
    from (
      select s.mailbox_id as "mailboxId", width_bucket(s.accepted_at, span.begins) - 1 as day, 1 as sent, 0 as replies, 0 as bounces
      from span, submission s where s.state = 'accepted' and s.accepted_at >= span.begins[1]
      union all
      select x.mailbox_id, width_bucket(x.occurred_at, span.begins) - 1, 0, (x.kind = 'reply')::int, (x.kind = 'bounce')::int
      from span, message x where x.direction = 'in' and x.occurred_at >= span.begins[1]
    ) f group by 1, 2 order by 1, 2`.execute(tx)
  return rows
}

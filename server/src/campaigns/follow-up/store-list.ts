/** Statements that read follow-ups in the shape a page shows. */
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import type { Reason } from '../../sending/index.ts'
import { mergeKnown } from '../../templates/index.ts'

export type CourseState = 'waiting' | 'reminder' | 'done' | 'stopped'

export interface CourseListed {
  readonly id: string
  readonly launchId: string
  readonly contactId: string
  readonly memberId?: string
  readonly campaignId?: string
  readonly conversationId?: string
  readonly name: string
  readonly address: string
  readonly state: CourseState
  /** The follow-up that comes next, of so many. */
  readonly n: number
  readonly of: number
  /** Answers are not seen: a person will be reminded. */
  readonly byHand: boolean
  readonly dueAt?: Temporal.Instant
  readonly settledAt?: Temporal.Instant
  /** Why it was stopped, or what holds it back. */
  readonly reason?: Reason
}

interface Row {
  id: string
  launch_id: string
  contact_id: string
  member_id: string | null
  campaign_id: string | null
  conversation_id: string | null
  name: string
  address: string
  state: CourseState
  n: number
  of: number
  by_hand: boolean
  due_at: Temporal.Instant | null
  settled_at: Temporal.Instant | null
  why: Reason['code'] | null
  by: string | null
}

const course = sql`select c.submission_id as id, c.launch_id, s.contact_id, s.member_id, s.campaign_id, v.id as conversation_id,
    k.name, k.address, c.state, c.n, b.level = 'send_only' as by_hand, c.due_at, c.settled_at, p.name as by,
    (select count(*)::int from follow_up f where f.workspace_id = c.workspace_id and f.launch_id = c.launch_id) as of,
    case when c.state = 'stopped' then c.why when c.state <> 'waiting' then null
      when exists (select from suggestion u where u.workspace_id = s.workspace_id and u.contact_id = s.contact_id
        and u.campaign_id is not distinct from s.campaign_id and u.state = 'open') then 'decline_undecided'
      when g.status = 'paused' then 'campaign_paused'
      when b.health in ('reconnect_needed', 'waiting_for_admin', 'disconnected') then b.health end as why
  from follow_up_course c
    join submission s on s.workspace_id = c.workspace_id and s.id = c.submission_id
    join submission a on a.workspace_id = c.workspace_id and a.id = c.after_id
    join mailbox b on b.workspace_id = a.workspace_id and b.id = a.mailbox_id
    join contact_card k on k.workspace_id = s.workspace_id and k.id = s.contact_id
    left join campaign g on g.workspace_id = s.workspace_id and g.id = s.campaign_id
    left join conversation v on v.workspace_id = s.workspace_id and v.contact_id = s.contact_id
      and v.campaign_id is not distinct from s.campaign_id
    left join person p on p.id = c.by`

function listedOf(row: Row): CourseListed {
  const { why, by } = row
  return {
    id: row.id,
    launchId: row.launch_id,
    contactId: row.contact_id,
    ...(row.member_id === null ? {} : { memberId: row.member_id }),
    ...(row.campaign_id === null ? {} : { campaignId: row.campaign_id }),
    ...(row.conversation_id === null ? {} : { conversationId: row.conversation_id }),
    name: row.name,
    address: row.address,
    state: row.state,
    n: Math.min(row.n, Math.max(row.of, 1)),
    of: row.of,
    byHand: row.by_hand,
    ...(row.due_at === null ? {} : { dueAt: row.due_at }),
    ...(row.settled_at === null ? {} : { settledAt: row.settled_at }),
    ...(why === null ? {} : { reason: by === null ? { code: why } : { code: why, values: { name: by } } }),
  }
}

/** People of a launch: those who wait for a decision first, then by when the next one is due. */
export async function coursesOf(
  tx: Tx,
  launchId: string,
  page: {
    readonly state?: CourseState | undefined
    readonly after: readonly [rank: number, at: string, id: string] | undefined
    readonly limit: number
  },
): Promise<readonly (CourseListed & { readonly rank: number; readonly at: string })[]> {
  const { state, after, limit } = page
  const { rows } = await sql<Row & { rank: number; at: string }>`
    select * from (select x.*, array_position(array['reminder', 'waiting', 'stopped', 'done'], x.state) as rank,
        coalesce(x.due_at, x.settled_at, 'infinity')::text as at from (${course} where c.launch_id = ${launchId}) x) y
    where (${state ?? null}::text is null or state = ${state ?? null})
      ${after === undefined ? sql`` : sql`and (rank, at, id) > (${after[0]}::int, ${after[1]}::text, ${after[2]}::uuid)`}
    order by rank, at, id limit ${limit}`.execute(tx)
  return rows.map((row) => ({ ...listedOf(row), rank: row.rank, at: row.at }))
}

/** Where these members stand: of several courses the one that is still open, then the newest. */
export async function coursesOfMembers(
  tx: Tx,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, CourseListed>> {
  const { rows } = await sql<Row & { member_id: string }>`
    select distinct on (member_id) * from (${course} where s.member_id = any(${[...memberIds]}::uuid[])) x
    order by member_id, state not in ('waiting', 'reminder'), id desc`.execute(tx)
  return new Map(rows.map((row) => [row.member_id, listedOf(row)]))
}

export interface LaunchFollowed {
  readonly launchId: string
  readonly campaignId?: string
  readonly campaignName?: string
  readonly kind: 'invitation' | 'bulk'
  readonly subject: string
  readonly by: string
  readonly createdAt: Temporal.Instant
  readonly mailboxId: string
  readonly mailboxAddress: string
  /** Answers are not seen. */
  readonly byHand: boolean
  readonly people: number
  readonly counts: Readonly<Record<CourseState, number>>
  readonly answered: number
}

interface LaunchRow {
  launch_id: string
  campaign_id: string | null
  campaign_name: string | null
  brand_name: string | null
  kind: 'invitation' | 'bulk'
  subject: string | null
  by: string
  created_at: Temporal.Instant
  mailbox_id: string
  mailbox_address: string
  by_hand: boolean
  people: number
  waiting: number
  reminder: number
  done: number
  stopped: number
  answered: number
}

/** What was sent to many and may be followed up on, newest first: of a campaign, or everything of which somebody waits; or one. */
export async function launchesFollowed(
  tx: Tx,
  of: { readonly campaignId: string } | { readonly launchId: string } | 'open',
  limit: number,
): Promise<readonly LaunchFollowed[]> {
  const { rows } = await sql<LaunchRow>`
    select l.id as launch_id, l.campaign_id, g.name as campaign_name, g.brand_name, l.kind, p.name as by, l.created_at, l.mailbox_id,
      b.address as mailbox_address, b.level = 'send_only' as by_hand, l.queued as people, n.*,
      (select v.subject from template t
         join template_version v on v.workspace_id = t.workspace_id and v.template_id = t.id
         join jsonb_each(l.versions) j on (j.value->>'templateId')::uuid = t.id and (j.value->>'version')::int = v.version
       where t.workspace_id = l.workspace_id order by j.key desc limit 1) as subject
    from launch l join person p on p.id = l.created_by
      join mailbox b on b.workspace_id = l.workspace_id and b.id = l.mailbox_id
      left join campaign g on g.workspace_id = l.workspace_id and g.id = l.campaign_id
      cross join lateral (select count(*) filter (where c.state = 'waiting')::int as waiting,
          count(*) filter (where c.state = 'reminder')::int as reminder, count(*) filter (where c.state = 'done')::int as done,
          count(*) filter (where c.state = 'stopped')::int as stopped,
          count(*) filter (where c.why in ('answered', 'answer_noted'))::int as answered
        from follow_up_course c where c.workspace_id = l.workspace_id and c.launch_id = l.id) n
    where l.kind is not null and l.queued > 0 and ${which(of)}
    order by l.created_at desc, l.id desc limit ${limit}`.execute(tx)
  return rows.map((row) => ({
    launchId: row.launch_id,
    ...(row.campaign_id === null ? {} : { campaignId: row.campaign_id }),
    ...(row.campaign_name === null ? {} : { campaignName: row.campaign_name }),
    kind: row.kind,
    subject: mergeKnown(row.subject ?? '', {
      campaign: row.campaign_name ?? undefined,
      brand: row.brand_name ?? undefined,
    }),
    by: row.by,
    createdAt: row.created_at,
    mailboxId: row.mailbox_id,
    mailboxAddress: row.mailbox_address,
    byHand: row.by_hand,
    people: row.people,
    counts: { waiting: row.waiting, reminder: row.reminder, done: row.done, stopped: row.stopped },
    answered: row.answered,
  }))
}

function which(
  of: { readonly campaignId: string } | { readonly launchId: string } | 'open',
): RawBuilder<unknown> {
  if (of === 'open') return sql`n.waiting + n.reminder > 0`
  return 'launchId' in of ? sql`l.id = ${of.launchId}` : sql`l.campaign_id = ${of.campaignId}`
}

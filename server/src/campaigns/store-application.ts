/**
 * Statements on applications. One is open per member at most (a partial unique index says so); a decision can be
 * changed until it is sent, and a sent one never.
 */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { SuppressionReason } from '../contacts/index.ts'
import type { MemberState } from './member.ts'

export type Decision = 'approved' | 'rejected'

export interface Application {
  readonly id: string
  readonly memberId: string
  readonly contactId: string
  readonly name: string
  readonly handle: string
  readonly address: string
  readonly message: string
  readonly appliedAt: Temporal.Instant
  readonly memberState: MemberState
  readonly decision?: Decision
  readonly decidedBy?: string
  readonly decisionSentAt?: Temporal.Instant
  readonly conversationId?: string
  /** Nobody has confirmed that the address is the person's. */
  readonly throughOpenLink: boolean
  /** Why the person gets no mail, whatever is decided. */
  readonly barred?: 'do_not_contact' | SuppressionReason
}

interface ApplicationRow {
  id: string
  member_id: string
  contact_id: string
  name: string
  handle: string
  address: string
  message: string
  applied_at: Temporal.Instant
  member_state: MemberState
  decision: Decision | null
  decided_by: string | null
  decision_sent_at: Temporal.Instant | null
  conversation_id: string | null
  through_open_link: boolean
  barred: 'do_not_contact' | SuppressionReason | null
}

function applicationOf(row: ApplicationRow): Application {
  return {
    id: row.id,
    memberId: row.member_id,
    contactId: row.contact_id,
    name: row.name,
    handle: row.handle,
    address: row.address,
    message: row.message,
    appliedAt: row.applied_at,
    memberState: row.member_state,
    ...(row.decision === null ? {} : { decision: row.decision }),
    ...(row.decided_by === null ? {} : { decidedBy: row.decided_by }),
    ...(row.decision_sent_at === null ? {} : { decisionSentAt: row.decision_sent_at }),
    ...(row.conversation_id === null ? {} : { conversationId: row.conversation_id }),
    throughOpenLink: row.through_open_link,
    ...(row.barred === null ? {} : { barred: row.barred }),
  }
}

/** The latest application of each member, oldest first: every one, one, or those without a decision. */
export async function applicationRows(
  tx: Tx,
  campaignId: string,
  wanted: 'all' | 'undecided' | { readonly id: string },
): Promise<readonly Application[]> {
  const { rows } = await sql<ApplicationRow>`
    select a.id, a.member_id, m.contact_id, k.name, k.handle, k.address, a.message, a.applied_at, m.state as member_state,
      a.decision, p.name as decided_by, a.decision_sent_at, v.id as conversation_id,
      a.through_open_link, case when k.do_not_contact then 'do_not_contact' else k.suppressed end as barred
    from member m
      join lateral (select l.* from application l where l.workspace_id = m.workspace_id and l.member_id = m.id
                    order by l.withdrawn_at is null desc, l.applied_at desc, l.id desc limit 1) a on true
      join contact_card k on k.workspace_id = m.workspace_id and k.id = m.contact_id and not k.deleted
      left join person p on p.id = a.decided_by
      left join conversation v on v.workspace_id = m.workspace_id and v.contact_id = m.contact_id
        and v.campaign_id = m.campaign_id
    where m.campaign_id = ${campaignId}
      ${wanted === 'undecided' ? sql`and a.decision is null and a.withdrawn_at is null` : sql``}
      ${typeof wanted === 'string' ? sql`` : sql`and a.id = ${wanted.id}`}
    order by a.applied_at, a.id`.execute(tx)
  return rows.map(applicationOf)
}

/** When the person's open application to a campaign came; undefined without one. */
export async function appliedSince(
  tx: Tx,
  { contactId, campaignId }: { readonly contactId: string; readonly campaignId: string },
): Promise<Temporal.Instant | undefined> {
  const { rows } = await sql<{ at: Temporal.Instant }>`
    select a.applied_at as at from application a
      join member m on m.workspace_id = a.workspace_id and m.id = a.member_id
    where m.contact_id = ${contactId} and m.campaign_id = ${campaignId} and a.withdrawn_at is null`.execute(
    tx,
  )
  return rows[0]?.at
}

/** Stores an application. False when one is open already. */
export async function insertApplication(
  tx: Tx,
  workspaceId: string,
  application: {
    readonly id: string
    readonly memberId: string
    readonly message: string
    readonly throughOpenLink?: boolean
  },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    insert into application (workspace_id, id, member_id, message, through_open_link)
    values (${workspaceId}, ${application.id}, ${application.memberId}, ${application.message},
      ${application.throughOpenLink ?? false})
    on conflict (workspace_id, member_id) where withdrawn_at is null do nothing returning id`.execute(tx)
  return rows.length > 0
}

export async function withdrawApplication(tx: Tx, memberId: string): Promise<void> {
  await sql`update application set withdrawn_at = kontor_now()
    where member_id = ${memberId} and withdrawn_at is null`.execute(tx)
}

/** Collects or takes back a decision. False when it was sent or the application withdrawn. */
export async function setDecision(
  tx: Tx,
  id: string,
  { decision, by }: { readonly decision: Decision | undefined; readonly by: string },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update application set decision = ${decision ?? null},
      decided_by = case when ${decision ?? null}::text is null then null else ${by}::uuid end,
      decided_at = case when ${decision ?? null}::text is null then null else kontor_now() end
    where id = ${id} and decision_sent_at is null and withdrawn_at is null returning id`.execute(tx)
  return rows.length > 0
}

export interface Collected {
  readonly applicationId: string
  readonly memberId: string
  readonly decision: Decision
}

/** Decided, not yet sent, in the order of deciding. */
export async function collectedDecisions(tx: Tx, campaignId: string): Promise<readonly Collected[]> {
  const { rows } = await sql<{ id: string; member_id: string; decision: Decision }>`
    select a.id, a.member_id, a.decision
    from application a join member m on m.workspace_id = a.workspace_id and m.id = a.member_id
    where m.campaign_id = ${campaignId} and a.decision is not null and a.decision_sent_at is null
      and a.withdrawn_at is null and m.state = 'applied'
    order by a.decided_at, a.id`.execute(tx)
  return rows.map((row) => ({ applicationId: row.id, memberId: row.member_id, decision: row.decision }))
}

/** Marks collected decisions as sent; returns the ids of those that were not undone, sent or withdrawn meanwhile. */
export async function markDecisionsSent(
  tx: Tx,
  ids: readonly string[],
  decision: Decision,
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    update application set decision_sent_at = kontor_now()
    where id = any(${[...ids]}::uuid[]) and decision = ${decision} and decision_sent_at is null
      and withdrawn_at is null returning id`.execute(tx)
  return rows.map((row) => row.id)
}

/** Statements on submissions as the inbox sees them: what waits for a contact, and what a key made. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { Reason, SubmissionState } from '../sending/index.ts'
import { firstNameOf, mergeKnown } from '../templates/index.ts'
import type { Sight } from './store-sight.ts'

export interface WaitingMail {
  readonly id: string
  readonly subject: string
  readonly state: SubmissionState
  readonly level: 'full' | 'send_only'
  readonly reason?: Reason
  readonly campaignName?: string
  readonly enqueuedAt: Temporal.Instant
}

export async function waitingFor(tx: Tx, { hidden }: Sight, contactId: string): Promise<WaitingMail[]> {
  const { rows } = await sql<{
    id: string
    subject: string | null
    template_subject: string | null
    to_name: string
    brand_name: string | null
    state: SubmissionState
    level: 'full' | 'send_only'
    reason: Reason | null
    campaign_name: string | null
    enqueued_at: Temporal.Instant
  }>`select s.id, s.subject, v.subject as template_subject, s.to_name, g.brand_name, s.state, m.level, s.reason, g.name as campaign_name, s.enqueued_at
    from submission s join mailbox m on m.workspace_id = s.workspace_id and m.id = s.mailbox_id
      left join campaign g on g.workspace_id = s.workspace_id and g.id = s.campaign_id
      left join template_version v on v.workspace_id = s.workspace_id and v.template_id = s.template_id and v.version = s.template_version
    where s.contact_id = ${contactId} and s.state in ('queued', 'leased', 'held', 'in_doubt')
      and s.mailbox_id <> all (${[...hidden]}::uuid[])`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    subject:
      row.subject ??
      mergeKnown(row.template_subject ?? '', {
        name: row.to_name,
        first_name: firstNameOf(row.to_name),
        campaign: row.campaign_name ?? undefined,
        brand: row.brand_name ?? undefined,
      }),
    state: row.state,
    level: row.level,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.campaign_name === null ? {} : { campaignName: row.campaign_name }),
    enqueuedAt: row.enqueued_at,
  }))
}

/** Whoever writes under the same key at the same time waits until this transaction ends. */
export async function lockKey(tx: Tx, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(kontor_workspace()::text || ' ' || ${key}, 0))`.execute(
    tx,
  )
}

/** The mail that this key made, for whoever asks a second time. */
export async function submissionOfKey(
  tx: Tx,
  key: string,
): Promise<
  | {
      readonly id: string
      readonly contactId: string
      readonly campaignId: string | undefined
      readonly state: SubmissionState
      readonly acceptedAt: Temporal.Instant | undefined
    }
  | undefined
> {
  const { rows } = await sql<{
    id: string
    contact_id: string
    campaign_id: string | null
    state: SubmissionState
    accepted_at: Temporal.Instant | null
  }>`select id, contact_id, campaign_id, state, accepted_at from submission where key = ${key}`.execute(tx)
  const row = rows[0]
  return row === undefined
    ? undefined
    : {
        id: row.id,
        contactId: row.contact_id,
        campaignId: row.campaign_id ?? undefined,
        state: row.state,
        acceptedAt: row.accepted_at ?? undefined,
      }
}

/** The mailbox of a mail of this conversation. */
export async function mailboxOfSubmission(
  tx: Tx,
  { contactId, campaignId }: { readonly contactId: string; readonly campaignId?: string | undefined },
  id: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ mailbox_id: string }>`select mailbox_id from submission
    where id = ${id} and contact_id = ${contactId} and campaign_id is not distinct from ${campaignId ?? null}::uuid`.execute(
    tx,
  )
  return rows[0]?.mailbox_id
}

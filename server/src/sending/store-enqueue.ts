/**
 * Statements that put mails into the outbox.
 */
import { sql } from 'kysely'
import { noteGrowth, records } from '../platform/db/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { EnqueueRequest, MailKind } from './submission.ts'

export interface NewSubmission extends EnqueueRequest {
  readonly id: string
  readonly toKey: string
  readonly rank: number
  readonly liftAt?: Temporal.Instant
}

/** Inserts those whose key is new; returns key and id of every one, new or known, unless all were new. */
export async function insertSubmissions(
  tx: Tx,
  workspaceId: string,
  submissions: readonly NewSubmission[],
): Promise<{ key: string; id: string }[]> {
  const rows = records(
    submissions.map((s) => ({
      id: s.id,
      mailbox_id: s.mailboxId,
      key: s.key,
      kind: s.kind,
      rank: s.rank,
      contact_id: s.contactId,
      to_address: s.toAddress,
      to_key: s.toKey,
      to_name: s.toName,
      campaign_id: s.campaignId,
      member_id: s.memberId,
      thread_id: s.threadId,
      answers_message_id: s.answersMessageId,
      template_id: s.templateId,
      template_version: s.templateVersion,
      subject: s.subject,
      text: s.text,
      author_id: s.authorId,
      not_before: s.notBefore?.toString(),
      lift_at: s.liftAt?.toString(),
    })),
  )
  const { numAffectedRows } = await sql`
    insert into submission (workspace_id, id, mailbox_id, key, kind, rank, contact_id, to_address, to_key, to_name, campaign_id,
      member_id, thread_id, answers_message_id, template_id, template_version, subject, text, author_id, not_before, lift_at, position_at, enqueued_at)
    select ${workspaceId}, r.id, r.mailbox_id, r.key, r.kind, r.rank, r.contact_id, r.to_address, r.to_key, r.to_name, r.campaign_id,
      r.member_id, r.thread_id, r.answers_message_id, r.template_id, r.template_version, r.subject, r.text, r.author_id, r.not_before,
      r.lift_at, (select kontor_now()), (select kontor_now())
    from json_to_recordset(${rows}) as r(id uuid, mailbox_id uuid, key text, kind text, rank smallint, contact_id uuid,
      to_address text, to_key text, to_name text, campaign_id uuid, member_id uuid, thread_id uuid, answers_message_id uuid,
      template_id uuid, template_version integer, subject text, text text, author_id uuid, not_before timestamptz, lift_at timestamptz)
    on conflict (workspace_id, key) do nothing`.execute(tx)
  const added = Number(numAffectedRows)
  await noteGrowth(tx, added, ['submission'])
  if (added === submissions.length) return []
  const { rows: found } = await sql<{ key: string; id: string }>`
    select key, id from submission where key = any(${submissions.map((s) => s.key)}::text[])`.execute(tx)
  return found
}

/** Has this kind of mail already left, or is it on its way, to this contact in this campaign? */
export async function alreadyWritten(
  tx: Tx,
  about: {
    contactId: string
    campaignId: string
    kind: MailKind
    exceptId?: string
    /** Earlier ones belong to something else. */
    since?: Temporal.Instant | undefined
  },
): Promise<'accepted' | 'waiting' | undefined> {
  const { rows } = await sql<{ state: string }>`select state from submission
    where contact_id = ${about.contactId} and campaign_id = ${about.campaignId} and kind = ${about.kind}
      and state in ('queued', 'leased', 'held', 'in_doubt', 'accepted') and id is distinct from ${about.exceptId ?? null}::uuid
      and (enqueued_at >= ${about.since ?? null}::timestamptz) is not false
    order by state = 'accepted' desc limit 1`.execute(tx)
  const state = rows[0]?.state
  return state === undefined ? undefined : state === 'accepted' ? 'accepted' : 'waiting'
}

export interface Copy {
  /** The final submission that it repeats. */
  readonly of: string
  readonly id: string
  /** Instead of the one that was written to. */
  readonly address: { readonly address: string; readonly key: string; readonly name: string } | undefined
}

/** With the id of a mail behind it: the key of the one mail that repeats it. */
const againMark = 'again:'

/**
 * Copies final submissions into new, linked ones, in their order. Gives the id of each copy by that of its original; without
 * those that are not final or were copied before.
 */
export async function copySubmissions(tx: Tx, copies: readonly Copy[]): Promise<Map<string, string>> {
  if (copies.length === 0) return new Map()
  const wanted = records(copies.map(({ of, id, address }) => ({ original: of, id, ...address })))
  const { rows } = await sql<{ id: string; again_of: string }>`
    insert into submission (workspace_id, id, mailbox_id, key, kind, rank, contact_id, to_address, to_key, to_name, campaign_id,
      member_id, thread_id, answers_message_id, template_id, template_version, subject, text, author_id, position_at, enqueued_at, again_of)
    select s.workspace_id, r.id, s.mailbox_id, ${againMark} || s.id::text, s.kind, s.rank, s.contact_id, coalesce(r.address, s.to_address),
      coalesce(r.key, s.to_key), coalesce(r.name, s.to_name), s.campaign_id, s.member_id,
      case when s.answers_message_id is null then null else s.thread_id end, s.answers_message_id, s.template_id, s.template_version,
      s.subject, s.text, s.author_id, (select kontor_now()), (select kontor_now()), s.id
    from json_to_recordset(${wanted}) as r(original uuid, id uuid, address text, key text, name text)
      join submission s on s.id = r.original
    where s.id = any(${copies.map(({ of }) => of)}::uuid[]) and s.state in ('accepted', 'failed', 'cancelled', 'suppressed')
    on conflict (workspace_id, key) do nothing returning id, again_of`.execute(tx)
  return new Map(rows.map((row) => [row.again_of, row.id]))
}

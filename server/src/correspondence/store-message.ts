/**
 * Statements on messages and attachments. A message is written once: capturing the same one again changes nothing.
 */
import { sql } from 'kysely'
import { records } from '../platform/db/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type {
  CapturedAttachment,
  CapturedMessage,
  HistoryMessage,
  Parent,
  SentMessage,
  Thread,
} from './message.ts'
import { insertingReferences, providerReferences, readTogether } from './store-thread.ts'

/**
 * Messages that were sent, and the provider's ids as ours from now on. The copy in Sent of one without the provider's id is
 * looked for soon.
 */
export async function insertSent(
  tx: Tx,
  workspaceId: string,
  messages: readonly SentMessage[],
): Promise<void> {
  const references = messages.flatMap(({ threadId, mailboxId, providerThreadId, providerMessageId }) =>
    providerReferences({ threadId, mailboxId, providerThreadId, providerMessageId }),
  )
  await sql`
    with sent as materialized (
      select * from json_to_recordset(${records(messages)}) as m(id uuid, "threadId" uuid, "mailboxId" uuid,
        "contactId" uuid, "campaignId" uuid, "submissionId" uuid, "messageId" text, "references" text[], "fromName" text,
        "fromAddress" text, "to" text, subject text, text text, html text, "rawSha256" text, size bigint, "authorId" uuid,
        "providerThreadId" text, "providerMessageId" text, at timestamptz)),
    named as (${insertingReferences(workspaceId, references)}), joined as (
      update thread t set provider_thread_id = s."providerThreadId" from sent s
      where t.id = s."threadId" and t.id = any(${messages.map(({ threadId }) => threadId)}::uuid[]) and t.provider_thread_id is null and s."providerThreadId" is not null)
    insert into message (workspace_id, id, thread_id, mailbox_id, contact_id, campaign_id, direction, kind, message_id,
      reference_ids, from_name, from_address, to_addresses, subject, text, html, provider_message_id, raw_sha256, size,
      submission_id, author_id, occurred_at, stored_at, sent_copy_due)
    select ${workspaceId}, id, "threadId", "mailboxId", "contactId", "campaignId", 'out', 'mail', "messageId", "references",
      "fromName", "fromAddress", array["to"], subject, text, html, "providerMessageId", decode("rawSha256", 'hex'), size,
      "submissionId", "authorId", at, (select kontor_now()),
      case when "providerMessageId" is null then (select kontor_now()) + interval '1 second' end
    from sent
    on conflict do nothing`.execute(tx)
}

/** The ids of those that were not captured before. */
export async function insertCaptured(
  tx: Tx,
  workspaceId: string,
  messages: readonly CapturedMessage[],
): Promise<ReadonlySet<string>> {
  if (messages.length === 0) return new Set()
  const values = messages.map(
    ({ thread, ...message }) => sql`
    (${workspaceId}::uuid, ${message.id}::uuid, ${thread.id}::uuid, ${thread.mailboxId}::uuid, ${thread.contactId}::uuid,
      ${thread.campaignId ?? null}::uuid, ${message.kind === 'own' ? 'out' : 'in'}, ${message.kind},
      ${message.messageId ?? null}, ${message.inReplyTo ?? null}, ${[...message.references]}::text[], ${message.fromName},
      ${message.fromAddress}, ${[...message.to]}::text[], ${message.subject}, ${message.text}, ${message.quoted},
      ${message.html ?? null}, ${message.remoteImages}::int, ${[...message.overLimit]}::text[], ${[...message.evidence]}::text[], ${message.answeredFrom ?? null},
      ${[...(message.kindEvidence ?? [])]}::text[],
      ${message.bounce === undefined ? null : JSON.stringify(message.bounce)}::jsonb,
      ${message.complaint === undefined ? null : JSON.stringify(message.complaint)}::jsonb, ${message.providerMessageId},
      decode(${message.rawSha256}, 'hex'), ${message.size}::bigint, ${message.at}::timestamptz)`,
  )
  const { rows } = await sql<{ id: string }>`
    insert into message (workspace_id, id, thread_id, mailbox_id, contact_id, campaign_id, direction, kind, message_id,
      in_reply_to, reference_ids, from_name, from_address, to_addresses, subject, text, quoted, html, remote_images, over_limit, evidence,
      answered_from, kind_evidence, bounce, complaint, provider_message_id, raw_sha256, size, occurred_at)
    values ${sql.join(values)}
    on conflict do nothing returning id`.execute(tx)
  const stored = new Set(rows.map((row) => row.id))
  for (const { id, attachments } of messages) if (stored.has(id)) await insertAttachments(tx, id, attachments)
  return stored
}

/** What a message that was read would be a copy of. */
interface Copy {
  readonly thread: Pick<Thread, 'id' | 'mailboxId'>
  readonly sha256: string
  readonly providerMessageId: string
  readonly sentMessageId: string | undefined
}

/**
 * Messages that are stored under another provider's id: moved to another folder (the same bytes), or the copy in Sent
 * of a mail of ours (the same Message-ID). The new ids are noted; gives which of the list they are.
 */
export async function knownCopies(tx: Tx, copies: readonly Copy[]): Promise<ReadonlySet<number>> {
  if (copies.length === 0) return new Set()
  const { rows } = await sql<{ n: number; id: string }>`
    select distinct on (c.n) c.n, m.id
    from unnest(${copies.map((_copy, n) => n)}::int[], ${copies.map(({ thread }) => thread.id)}::uuid[],
                ${copies.map(({ thread }) => thread.mailboxId)}::uuid[], ${copies.map(({ sha256 }) => sha256)}::text[],
                ${copies.map(({ sentMessageId }) => sentMessageId ?? null)}::text[]) as c(n, thread, mailbox, sha256, sent)
      join message m on m.thread_id = c.thread and m.mailbox_id = c.mailbox
        and (m.raw_sha256 = decode(c.sha256, 'hex') or (m.submission_id is not null and m.message_id = c.sent))
    order by c.n`.execute(tx)
  for (const { n, id } of rows)
    await sql`update message set provider_message_id = ${copies[n]?.providerMessageId ?? null}
      where id = ${id}`.execute(tx)
  return new Set(rows.map(({ n }) => n))
}

/** When the first mail that Kontor sent from a mailbox left. */
export async function firstSentAt(tx: Tx, mailboxId: string): Promise<Temporal.Instant | undefined> {
  const { rows } = await sql<{ at: Temporal.Instant | null }>`select min(occurred_at) as at from message
    where mailbox_id = ${mailboxId} and submission_id is not null`.execute(tx)
  return rows[0]?.at ?? undefined
}

/** Every address that mails of each thread went to. */
export async function addressesWrittenTo(
  tx: Tx,
  threadIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (threadIds.length === 0) return new Map()
  const { rows } = await sql<{ thread_id: string; addresses: string[] }>`
    select m.thread_id, array_agg(distinct a) as addresses from message m, unnest(m.to_addresses) a
    where m.thread_id = any(${[...threadIds]}::uuid[]) and m.direction = 'out' group by m.thread_id`.execute(
    tx,
  )
  return new Map(rows.map((row) => [row.thread_id, row.addresses]))
}

/** What a sent message carried beside its text: who else got it, and its files. Done once, repeated without effect. */
export async function completeSent(
  tx: Tx,
  messageId: string,
  { cc, files }: { readonly cc: readonly string[]; readonly files: readonly CapturedAttachment[] },
): Promise<void> {
  await sql`update message set to_addresses = to_addresses || ${[...cc]}::text[]
    where id = ${messageId} and not to_addresses @> ${[...cc]}::text[]`.execute(tx)
  await insertAttachments(tx, messageId, files)
}

async function insertAttachments(
  tx: Tx,
  messageId: string,
  files: readonly CapturedAttachment[],
): Promise<void> {
  for (const file of files) {
    await sql`insert into attachment (workspace_id, id, message_id, filename, content_type, size, sha256, content_id, blocked)
      values (kontor_workspace(), ${file.id}, ${messageId}, ${file.filename}, ${file.contentType}, ${file.size},
        decode(${file.sha256 ?? null}, 'hex'), ${file.contentId ?? null}, ${file.blocked}) on conflict do nothing`.execute(
      tx,
    )
  }
}

/** Is this provider's message one that we hold already (captured or sent by us)? */
export async function heldMessages(
  tx: Tx,
  mailboxId: string,
  providerMessageIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ provider_message_id: string }>`select provider_message_id from message
    where mailbox_id = ${readTogether(mailboxId)}
      and provider_message_id = any(${[...providerMessageIds]}::text[])`.execute(tx)
  return new Set(rows.map((row) => row.provider_message_id))
}

export async function parentOf(tx: Tx, messageId: string): Promise<Parent | undefined> {
  const { rows } = await sql<{
    message_id: string | null
    in_reply_to: string | null
    reference_ids: string[]
    subject: string
  }>`select message_id, in_reply_to, reference_ids, subject from message where id = ${messageId}`.execute(tx)
  const row = rows[0]
  if (row === undefined) return undefined
  return {
    ...(row.message_id === null ? {} : { messageId: row.message_id }),
    ...(row.in_reply_to === null ? {} : { inReplyTo: row.in_reply_to }),
    references: row.reference_ids,
    subject: row.subject,
  }
}

interface HistoryRow {
  id: string
  direction: 'in' | 'out'
  kind: HistoryMessage['kind']
  mailbox_id: string
  mailbox_address: string
  thread_id: string
  from_name: string
  from_address: string
  to_addresses: string[]
  subject: string
  text: string
  quoted: string
  html: string | null
  remote_images: number
  over_limit: string[]
  evidence: string[]
  answered_from: string | null
  kind_evidence: string[]
  bounce: unknown
  erased_at: Temporal.Instant | null
  submission_id: string | null
  author_id: string | null
  occurred_at: Temporal.Instant
}

/** The messages of one contact in one campaign (undefined: outside any), oldest first. */
export async function history(
  tx: Tx,
  { contactId, campaignId }: { contactId: string; campaignId: string | undefined },
): Promise<HistoryMessage[]> {
  const { rows } = await sql<HistoryRow>`
    select m.id, m.direction, m.kind, m.mailbox_id, b.address as mailbox_address, m.thread_id, m.from_name, m.from_address,
      m.to_addresses, m.subject, m.text, m.quoted, m.html, m.remote_images, m.over_limit, m.evidence, m.answered_from, m.kind_evidence,
      m.bounce, m.erased_at, m.submission_id, m.author_id, m.occurred_at
    from message m join mailbox b on b.workspace_id = m.workspace_id and b.id = m.mailbox_id
    where m.contact_id = ${contactId} and m.campaign_id is not distinct from ${campaignId ?? null}::uuid
    order by m.occurred_at, m.id`.execute(tx)
  const files = await attachmentsOf(
    tx,
    rows.map((row) => row.id),
  )
  return rows.map((row) => historyOf(row, files.get(row.id) ?? []))
}

function historyOf(row: HistoryRow, attachments: readonly CapturedAttachment[]): HistoryMessage {
  return {
    id: row.id,
    direction: row.direction,
    kind: row.kind,
    mailboxId: row.mailbox_id,
    mailboxAddress: row.mailbox_address,
    threadId: row.thread_id,
    fromName: row.from_name,
    fromAddress: row.from_address,
    to: row.to_addresses,
    subject: row.subject,
    text: row.text,
    quoted: row.quoted,
    ...(row.html === null ? {} : { html: row.html }),
    remoteImages: row.remote_images,
    overLimit: row.over_limit,
    evidence: row.evidence,
    ...(row.answered_from === null ? {} : { answeredFrom: row.answered_from }),
    kindEvidence: row.kind_evidence,
    ...(row.bounce === null ? {} : { bounce: row.bounce }),
    ...(row.erased_at === null ? {} : { erasedAt: row.erased_at }),
    ...(row.submission_id === null ? {} : { submissionId: row.submission_id }),
    ...(row.author_id === null ? {} : { authorId: row.author_id }),
    at: row.occurred_at,
    attachments,
  }
}

async function attachmentsOf(
  tx: Tx,
  messageIds: readonly string[],
): Promise<Map<string, CapturedAttachment[]>> {
  const found = new Map<string, CapturedAttachment[]>()
  if (messageIds.length === 0) return found
  const { rows } = await sql<{
    id: string
    message_id: string
    filename: string
    content_type: string
    size: number
    sha256: string | null
    content_id: string | null
    blocked: boolean
  }>`select id, message_id, filename, content_type, size, encode(sha256, 'hex') as sha256, content_id, blocked
    from attachment where message_id = any(${[...messageIds]}::uuid[]) order by message_id, id`.execute(tx)
  for (const row of rows) {
    const list = found.get(row.message_id) ?? []
    list.push({
      id: row.id,
      filename: row.filename,
      contentType: row.content_type,
      size: row.size,
      ...(row.sha256 === null ? {} : { sha256: row.sha256 }),
      ...(row.content_id === null ? {} : { contentId: row.content_id }),
      blocked: row.blocked,
    })
    found.set(row.message_id, list)
  }
  return found
}

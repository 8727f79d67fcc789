/**
 * Statements that erase what was written and received: content goes, files go, and with them every name and identifier.
 * That there was a message, of what kind and when, stays, so that nobody is asked again who answered before.
 */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'

/** `received`: what came in, and what the owner wrote by hand. `everything`: also what Kontor sent. */
export type Reach = 'received' | 'everything'

export interface Erasing {
  readonly mailboxId: string
  readonly reach: Reach
  /** What was stored later is not meant. */
  readonly until: Temporal.Instant
}

export interface ErasedPart {
  readonly messages: number
  readonly attachments: number
  readonly bytes: number
  /** Contact and campaign of the conversations that were touched. */
  readonly conversations: readonly { readonly contactId: string; readonly campaignId: string | undefined }[]
}

function meant({ mailboxId, reach, until }: Erasing) {
  const received = reach === 'received' ? sql`and m.submission_id is null` : sql``
  return sql`m.mailbox_id = ${mailboxId} and m.erased_at is null and m.stored_at <= ${until} ${received}`
}

/** How many messages an erasure would concern, and how many bytes of them are stored. */
export async function storedMessages(tx: Tx, erasing: Erasing): Promise<{ messages: number; bytes: number }> {
  const { rows } = await sql<{ messages: number; bytes: number }>`
    select count(*)::int as messages, coalesce(sum(m.size), 0)::float8 as bytes from message m where ${meant(erasing)}`.execute(
    tx,
  )
  return rows[0] ?? { messages: 0, bytes: 0 }
}

/** Erases some messages with their files; none left when it gives fewer than `limit`. */
export async function eraseMessages(tx: Tx, erasing: Erasing, limit: number): Promise<ErasedPart> {
  const { rows } = await sql<{
    id: string
    contact_id: string
    campaign_id: string | null
    raw: Buffer | null
    size: number
  }>`select m.id, m.contact_id, m.campaign_id, m.raw_sha256 as raw, m.size from message m where ${meant(erasing)}
    order by m.id limit ${limit} for update`.execute(tx)
  const ids = rows.map((row) => row.id)
  const files = await sql<{ sha256: Buffer | null; size: number }>`delete from attachment
    where message_id = any(${ids}::uuid[]) returning sha256, size`.execute(tx)
  await sql`delete from suggestion where message_id = any(${ids}::uuid[])`.execute(tx)
  await sql`update message set message_id = null, in_reply_to = null, reference_ids = '{}', from_name = '', from_address = '',
      to_addresses = '{}', subject = '', text = '', quoted = '', html = null, remote_images = 0, over_limit = '{}', evidence = '{}',
      kind_evidence = '{}', answered_from = null, bounce = null, complaint = null, provider_message_id = null, sent_copy_due = null,
      raw_sha256 = null, size = 0, erased_at = kontor_now()
    where id = any(${ids}::uuid[])`.execute(tx)
  const bytes =
    (await releaseFiles(
      tx,
      rows.map((row) => row.raw),
    )) +
    (await releaseFiles(
      tx,
      files.rows.map((row) => row.sha256),
    ))
  const conversations = new Map(
    rows.map((row) => [
      `${row.contact_id} ${row.campaign_id}`,
      { contactId: row.contact_id, campaignId: row.campaign_id ?? undefined },
    ]),
  )
  return {
    messages: ids.length,
    attachments: files.rows.length,
    bytes,
    conversations: [...conversations.values()],
  }
}

/**
 * Forgets files to which nothing refers any more, in the order given: a mail before the files that it holds. Returns the
 * bytes that are gone.
 */
export async function releaseFiles(tx: Tx, files: readonly (Buffer | null)[]): Promise<number> {
  const hashes = files.filter((file) => file !== null)
  if (hashes.length === 0) return 0
  const { rows } = await sql<{ bytes: number }>`
    with meant as materialized (select b.workspace_id, b.sha256, b.size
        from unnest(${hashes}::bytea[]) with ordinality as h(sha256, n)
        join blob b on b.workspace_id = (select kontor_workspace()) and b.sha256 = h.sha256 order by h.n),
      gone as (select size, blob_release(workspace_id, sha256) as released from meant)
    select coalesce(sum(size) filter (where released), 0)::float8 as bytes from gone`.execute(tx)
  return rows[0]?.bytes ?? 0
}

/** Forgets by what answers to this mailbox were recognised: ids, tokens, the provider's threads, subjects. */
export async function eraseThreads(tx: Tx, mailboxId: string): Promise<number> {
  const { rows } = await sql`delete from reference where mailbox_id = ${mailboxId} returning 1`.execute(tx)
  await sql`update thread set subject = '', provider_thread_id = null where mailbox_id = ${mailboxId}`.execute(
    tx,
  )
  return rows.length
}

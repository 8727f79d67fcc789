/**
 * Statements on mails of ours whose provider ids are not known yet, because the provider told none on accepting them.
 */
import { sql } from 'kysely'
import { parseMessageIds, tokenOf } from '../mail/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { insertReferences, providerReferences, readTogether, setProviderThread } from './store-thread.ts'

/** One of our mails whose copy in Sent is to be looked for. */
export interface AwaitedCopy {
  readonly id: string
  readonly threadId: string
  readonly mailboxId: string
  readonly messageId: string
  /** The root of References that carries our token. */
  readonly token: string
  readonly to: string
  readonly sentAt: Temporal.Instant
}

/** Mails whose copy is due to be looked for, oldest first. */
export async function dueSentCopies(tx: Tx, mailboxId: string, limit: number): Promise<AwaitedCopy[]> {
  const { rows } = await sql<{
    id: string
    thread_id: string
    mailbox_id: string
    message_id: string
    reference_ids: string[]
    to_address: string | null
    occurred_at: Temporal.Instant
  }>`select id, thread_id, mailbox_id, message_id, reference_ids, to_addresses[1] as to_address, occurred_at from message
    where mailbox_id = ${readTogether(mailboxId)} and sent_copy_due <= kontor_now() and message_id is not null
    order by sent_copy_due limit ${limit}`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    threadId: row.thread_id,
    mailboxId: row.mailbox_id,
    messageId: row.message_id,
    token: row.reference_ids.find((id) => parseMessageIds(`<${id}>`).some(tokenOf)) ?? row.message_id,
    to: row.to_address ?? '',
    sentAt: row.occurred_at,
  }))
}

/** Looks again after so many seconds; undefined: not any more. */
export async function awaitSentCopy(tx: Tx, id: string, seconds: number | undefined): Promise<void> {
  await sql`update message set sent_copy_due = kontor_now() + make_interval(secs => ${seconds ?? null}::int)
    where id = ${id} and sent_copy_due is not null`.execute(tx)
}

/** Copies that are looked for within seconds are looked for now; false when there are none. */
export async function hastenSentCopies(tx: Tx, mailboxId: string): Promise<boolean> {
  const { rows } = await sql`update message set sent_copy_due = kontor_now()
    where mailbox_id = ${readTogether(mailboxId)} and sent_copy_due < kontor_now() + interval '5 seconds'
    returning id`.execute(tx)
  return rows.length > 0
}

/** The copy was found: its ids are ours from now on. False when they were learnt before. */
export async function settleSentCopy(
  tx: Tx,
  workspaceId: string,
  copy: AwaitedCopy,
  ids: { readonly providerMessageId: string; readonly providerThreadId?: string },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update message m set sent_copy_due = null, provider_message_id = case when exists (
        select from message o where o.workspace_id = m.workspace_id and o.mailbox_id = m.mailbox_id
          and o.provider_message_id = ${ids.providerMessageId}) then m.provider_message_id
      else ${ids.providerMessageId} end
    where id = ${copy.id} and sent_copy_due is not null returning id`.execute(tx)
  if (rows.length === 0) return false
  const { threadId, mailboxId } = copy
  const { providerThreadId } = ids
  await insertReferences(tx, workspaceId, providerReferences({ threadId, mailboxId, ...ids }))
  if (providerThreadId !== undefined) await setProviderThread(tx, threadId, providerThreadId)
  return true
}

/** Which of these Message-IDs did we give to mails of ours from this mailbox? In canonical form. */
export async function ourMessageIds(
  tx: Tx,
  mailboxId: string,
  messageIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (messageIds.length === 0) return new Set()
  const { rows } = await sql<{ value: string }>`select value from reference
    where mailbox_id = ${readTogether(mailboxId)} and kind = 'message-id'
      and value = any(${[...messageIds]}::text[])`.execute(tx)
  return new Set(rows.map((row) => row.value))
}

/**
 * Who takes part in our threads behind each of these provider threads: the contacts by every address, and who answered
 * for them. A provider thread that is not ours is not among them.
 */
export async function participantsOf(
  tx: Tx,
  mailboxId: string,
  providerThreadIds: readonly string[],
): Promise<ReadonlyMap<string, Participants>> {
  const found = new Map<string, Participants>()
  if (providerThreadIds.length === 0) return found
  const { rows } = await sql<{ value: string; contact_id: string; answered: string[] | null }>`
    select r.value, t.contact_id, (select array_agg(distinct m.from_address) from message m
        where m.thread_id = t.id and m.direction = 'in' and m.kind in ('reply', 'auto_reply')) as answered
    from reference r join thread t on t.workspace_id = r.workspace_id and t.id = r.thread_id
    where r.mailbox_id = ${readTogether(mailboxId)} and r.kind = 'provider-thread'
      and r.value = any(${[...new Set(providerThreadIds)]}::text[])`.execute(tx)
  for (const row of rows) {
    const { contactIds, addresses } = found.get(row.value) ?? { contactIds: [], addresses: [] }
    found.set(row.value, {
      contactIds: [...contactIds, row.contact_id],
      addresses: [...addresses, ...(row.answered ?? [])],
    })
  }
  return found
}

export interface Participants {
  readonly contactIds: readonly string[]
  readonly addresses: readonly string[]
}

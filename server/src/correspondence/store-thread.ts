/**
 * Statements on threads and on the references by which an answer to us is recognised.
 */
import { type RawBuilder, sql } from 'kysely'
import { records } from '../platform/db/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Evidence, Thread } from './message.ts'

interface ThreadRow {
  id: string
  mailbox_id: string
  contact_id: string
  campaign_id: string | null
  token: string
  provider_thread_id: string | null
  subject: string
}

const columns = sql`t.id, t.mailbox_id, t.contact_id, t.campaign_id, t.token, t.provider_thread_id, t.subject`

function threadOf(row: ThreadRow): Thread {
  return {
    id: row.id,
    mailboxId: row.mailbox_id,
    contactId: row.contact_id,
    ...(row.campaign_id === null ? {} : { campaignId: row.campaign_id }),
    token: row.token,
    ...(row.provider_thread_id === null ? {} : { providerThreadId: row.provider_thread_id }),
    subject: row.subject,
  }
}

/** New threads, and the first identifiers that are ours by these or by older ones. */
export async function insertThreads(
  tx: Tx,
  workspaceId: string,
  threads: readonly Thread[],
  references: readonly Reference[] = [],
): Promise<void> {
  await sql`with begun as (
      insert into thread (workspace_id, id, mailbox_id, contact_id, campaign_id, token, subject, created_at)
      select ${workspaceId}, t.id, t."mailboxId", t."contactId", t."campaignId", t.token, t.subject, (select kontor_now())
      from json_to_recordset(${records(threads)}) as t(id uuid, "mailboxId" uuid, "contactId" uuid,
        "campaignId" uuid, token text, subject text))
    ${insertingReferences(workspaceId, references)}`.execute(tx)
}

export async function threadById(tx: Tx, threadId: string): Promise<Thread | undefined> {
  const { rows } = await sql<ThreadRow>`select ${columns} from thread t where t.id = ${threadId}`.execute(tx)
  return rows[0] === undefined ? undefined : threadOf(rows[0])
}

/** An identifier that is ours, and the thread that whatever names it belongs to. */
export interface Reference {
  readonly threadId: string
  readonly mailboxId: string
  readonly kind: 'message-id' | 'token' | 'provider-thread' | 'provider-message'
  readonly value: string
}

/** Identifiers that are ours from now on. Repeating is harmless; a value keeps its first thread. */
export async function insertReferences(
  tx: Tx,
  workspaceId: string,
  references: readonly Reference[],
): Promise<void> {
  if (references.length > 0) await insertingReferences(workspaceId, references).execute(tx)
}

/** The same as part of a greater statement. */
export function insertingReferences(
  workspaceId: string,
  references: readonly Reference[],
): RawBuilder<unknown> {
  return sql`insert into reference (workspace_id, mailbox_id, kind, value, thread_id, created_at)
    select ${workspaceId}, r."mailboxId", r.kind, r.value, r."threadId", (select kontor_now())
    from json_to_recordset(${records(references)}) as r("mailboxId" uuid, kind text, value text, "threadId" uuid)
    on conflict do nothing`
}

/** The provider's own names of a message and its thread, as identifiers of ours. */
export function providerReferences({
  providerThreadId,
  providerMessageId,
  ...thread
}: Pick<Reference, 'threadId' | 'mailboxId'> & {
  readonly providerThreadId?: string | undefined
  readonly providerMessageId?: string | undefined
}): readonly Reference[] {
  return [
    ...(providerThreadId === undefined
      ? []
      : [{ ...thread, kind: 'provider-thread' as const, value: providerThreadId }]),
    ...(providerMessageId === undefined
      ? []
      : [{ ...thread, kind: 'provider-message' as const, value: providerMessageId }]),
  ]
}

export async function setProviderThread(tx: Tx, threadId: string, providerThreadId: string): Promise<void> {
  await sql`update thread set provider_thread_id = ${providerThreadId}
    where id = ${threadId} and provider_thread_id is null`.execute(tx)
}

export interface Clues {
  readonly inReplyTo: readonly string[]
  readonly references: readonly string[]
  readonly tokens: readonly string[]
  readonly providerThreadId?: string
}

/**
 * Mailboxes whose mail lies in one place are read together, through one of them. In a subquery of its own, so that it is
 * asked once and not for every row.
 */
export function readTogether(mailboxId: string): RawBuilder<unknown> {
  return sql`any((select read_together(${mailboxId}))::uuid[])`
}

/** A thread of ours, and why something belongs to it. */
export interface Match {
  readonly thread: Thread
  readonly evidence: readonly Evidence[]
}

/**
 * For each mail by its clues the thread of ours that they name, strongest evidence first, with everything that agrees; a
 * page is looked up in one statement.
 */
export async function findByClues(
  tx: Tx,
  mailboxId: string,
  mails: readonly Clues[],
): Promise<readonly (Match | undefined)[]> {
  const clues = mails.flatMap((of, mail) => clueRows(of).map((clue) => ({ mail, ...clue })))
  if (clues.length === 0) return mails.map(() => undefined)
  const { rows } = await sql<ThreadRow & { mail: number; evidence: Evidence }>`
    select ${columns}, c.mail, c.evidence
    from unnest(${clues.map((one) => one.mail)}::int[], ${clues.map((one) => one.kind)}::text[],
                ${clues.map((one) => one.value)}::text[], ${clues.map((one) => one.evidence)}::text[],
                ${clues.map((one) => strength[one.evidence])}::int[]) as c(mail, kind, value, evidence, strength)
      join reference r on r.mailbox_id = ${readTogether(mailboxId)} and r.kind = c.kind and r.value = c.value
      join thread t on t.id = r.thread_id and t.workspace_id = r.workspace_id
    order by c.strength, t.created_at desc, t.id`.execute(tx)
  const found = new Map<number, (typeof rows)[number][]>()
  for (const row of rows) found.set(row.mail, [...(found.get(row.mail) ?? []), row])
  return mails.map((_of, mail) => matchOf(found.get(mail) ?? []))
}

const strength = { 'in-reply-to': 1, token: 2, references: 3, 'provider-thread': 4 } as const

function clueRows(
  clues: Clues,
): readonly (Pick<Reference, 'kind' | 'value'> & { readonly evidence: Evidence })[] {
  const { inReplyTo, tokens, references, providerThreadId } = clues
  return [
    ...inReplyTo.map((value) => ({ kind: 'message-id', value, evidence: 'in-reply-to' }) as const),
    ...tokens.map((value) => ({ kind: 'token', value, evidence: 'token' }) as const),
    ...references.map((value) => ({ kind: 'message-id', value, evidence: 'references' }) as const),
    ...(providerThreadId === undefined
      ? []
      : [{ kind: 'provider-thread', value: providerThreadId, evidence: 'provider-thread' } as const]),
  ]
}

function matchOf(rows: readonly (ThreadRow & { readonly evidence: Evidence })[]): Match | undefined {
  const [first] = rows
  if (first === undefined) return undefined
  const agreeing = rows.filter((row) => row.id === first.id).map((row) => row.evidence)
  return { thread: threadOf(first), evidence: [...new Set(agreeing)] }
}

/** Which of these provider threads are ours, with our thread of each: asked before any header is. */
export async function knownProviderThreads(
  tx: Tx,
  mailboxId: string,
  providerThreadIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ value: string; thread_id: string }>`select value, thread_id from reference
    where mailbox_id = ${readTogether(mailboxId)} and kind = 'provider-thread'
      and value = any(${[...providerThreadIds]}::text[])`.execute(tx)
  return new Map(rows.map((row) => [row.value, row.thread_id]))
}

/** Does one of these tokens belong to a submission of ours whose message is not recorded yet? */
export async function unsettledSubmission(tx: Tx, tokens: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ value: string }>`
    select r.value from reference r
    where r.kind = 'token' and r.value = any(${[...tokens]}::text[]) and r.value ~ '^[0-9a-f]{32}$'
      and not exists (select 1 from message m where m.submission_id = r.value::uuid) limit 1`.execute(tx)
  return rows.length > 0
}

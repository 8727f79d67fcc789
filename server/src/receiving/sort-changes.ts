/**
 * Separates ours from foreign: identifiers first, then, only where the thread id does not decide, the thread headers.
 *
 * Where a thread id decides or narrows, nothing is asked about mail outside our threads, unless the owner of the mailbox
 * wished that replies with another subject are found: then three headers of new mail are, and of what others sent alone.
 * Where it only narrows, strangers may share the thread id, so headers inside it that name nothing of ours count only
 * together with a writer who takes part. What is known already is neither; a message whose headers are not there (yet)
 * is missing and asked for again.
 */
import { contactsById } from '../contacts/index.ts'
import {
  findByClues,
  heldMessages,
  isOurMessageId,
  knownProviderThreads,
  participantsOf,
} from '../correspondence/index.ts'
import { canonical, parseMessageIds } from '../mail/index.ts'
import type { Change, Outcome, ProviderFailure, ThreadHeaders } from '../mailboxes/provider.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import { cluesOf } from './match.ts'
import type { OpenedMailbox } from './parts.ts'
import { askedAtOnce, inGroups } from './side-by-side.ts'
import type { MailboxRef } from './store-position.ts'

/** A change in a thread of ours, as far as the thread is known before it is read. */
export interface OwnChange extends Change {
  readonly threadId?: string
}

/** A change that is nobody's answer so far; judged: its thread was ours already, and its headers told it from us. */
export interface UnmatchedChange extends Change {
  readonly judged: boolean
}

export interface Sorted {
  readonly ours: readonly OwnChange[]
  readonly unmatched: readonly UnmatchedChange[]
  readonly missing: readonly Change[]
}

/** How far one mailbox may be looked into. */
export interface Looking {
  readonly provider: OpenedMailbox
  /** Headers of new mail outside our threads are asked for, too. */
  readonly findsChangedSubjects: boolean
  /** The deadline of one call. */
  readonly until: () => AbortSignal
}

/** Sorts one page of identifiers, a few of them at a time. */
export async function sortChanges(
  parts: { readonly database: Database },
  mailbox: MailboxRef,
  looking: Looking,
  changes: readonly Change[],
): Promise<Outcome<Sorted>> {
  const ids = changes.map((change) => change.providerMessageId)
  const threads = changes.flatMap(({ providerThreadId }) =>
    providerThreadId === undefined ? [] : [providerThreadId],
  )
  const [held, known] = await parts.database.inWorkspace(mailbox.workspaceId, async (tx) => [
    await heldMessages(tx, mailbox.mailboxId, ids),
    await knownProviderThreads(tx, mailbox.mailboxId, threads),
  ])
  const ours: OwnChange[] = []
  const unmatched: UnmatchedChange[] = []
  const missing: Change[] = []
  const fresh = changes.filter((change) => !held.has(change.providerMessageId))
  for (const group of inGroups(fresh, askedAtOnce)) {
    const places = await Promise.all(
      group.map((change) =>
        placeOf(parts, mailbox, looking, change, known.get(change.providerThreadId ?? '')),
      ),
    )
    for (const place of places) {
      if ('failure' in place) return { ok: false, failure: place.failure }
      if ('ours' in place) ours.push(place.ours)
      else if ('unmatched' in place) unmatched.push(place.unmatched)
      else if ('missing' in place) missing.push(place.missing)
    }
  }
  return { ok: true, value: { ours, unmatched, missing } }
}

type PlaceOfChange =
  | { readonly ours: OwnChange }
  | { readonly unmatched: UnmatchedChange }
  | { readonly missing: Change }
  /** The copy of what we sent, which stands in the conversation already. */
  | { readonly known: true }
  | { readonly failure: ProviderFailure }

async function placeOf(
  { database }: { readonly database: Database },
  { workspaceId, mailboxId }: MailboxRef,
  { provider, findsChangedSubjects, until }: Looking,
  change: Change,
  threadId: string | undefined,
): Promise<PlaceOfChange> {
  const inThread = threadId === undefined ? {} : { threadId }
  if (provider.traits.threadId === 'decides' && threadId !== undefined)
    return { ours: { ...change, threadId } }
  const outside = threadId === undefined && provider.traits.threadId !== 'none'
  if (outside && (change.own || !findsChangedSubjects)) return { unmatched: { ...change, judged: false } }
  const foreign = { unmatched: { ...change, judged: threadId !== undefined } }
  const headers = await provider.threadHeaders(change.providerMessageId, until())
  if (!headers.ok) return headers.failure.kind === 'not_found' ? { missing: change } : headers
  const verdict = await database.inWorkspace(workspaceId, (tx) =>
    byHeaders(tx, mailboxId, change, headers.value),
  )
  if (verdict === 'our copy') return { known: true }
  if (verdict === 'foreign') return foreign
  if ('threadId' in verdict) return { ours: { ...change, ...verdict } }
  const written = await provider.writtenBy(verdict.message, verdict.addresses, until())
  if (!written.ok) return written.failure.kind === 'not_found' ? { missing: change } : written
  return written.value ? { ours: { ...change, ...inThread } } : foreign
}

type Verdict =
  | { readonly threadId: string }
  | 'foreign'
  /** The copy of what we sent, which stands in the conversation already. */
  | 'our copy'
  | {
      readonly message: { readonly providerMessageId: string; readonly providerThreadId: string }
      readonly addresses: readonly string[]
    }

async function byHeaders(
  tx: Tx,
  mailboxId: string,
  { providerMessageId, providerThreadId, own }: Change,
  headers: ThreadHeaders,
): Promise<Verdict> {
  const [messageId] = parseMessageIds(headers.messageId ?? '')
  if (own && messageId !== undefined && (await isOurMessageId(tx, mailboxId, canonical(messageId))))
    return 'our copy'
  const match = await findByClues(tx, mailboxId, cluesOf(headers, undefined))
  if (match !== undefined) return { threadId: match.thread.id }
  if (own || providerThreadId === undefined) return 'foreign'
  const { contactIds, addresses } = await participantsOf(tx, mailboxId, providerThreadId)
  const contacts = await contactsById(tx, contactIds)
  const known = contacts.flatMap((contact) => [contact.address, ...contact.otherAddresses])
  const all = [...new Set([...known, ...addresses])]
  return all.length === 0 ? 'foreign' : { message: { providerMessageId, providerThreadId }, addresses: all }
}

/**
 * Separates ours from foreign: identifiers first, then, only where the thread id does not decide, the thread headers.
 * What is known already is neither. A message whose headers are not there (yet) is missing and asked for again.
 *
 * Where a thread id only narrows, nothing outside our threads is asked for its headers. Inside, strangers may share the
 * thread id, so headers that name nothing of ours count only together with a writer who takes part.
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
import type { Change, Outcome, ThreadHeaders } from '../mailboxes/provider.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import { cluesOf } from './match.ts'
import type { OpenedMailbox } from './parts.ts'
import type { MailboxRef } from './store-position.ts'

export interface Sorted {
  readonly ours: readonly Change[]
  readonly unmatched: readonly Change[]
  readonly missing: readonly Change[]
}

/** Sorts one page of identifiers. `until` gives the deadline of one call. */
export async function sortChanges(
  { database }: { readonly database: Database },
  { workspaceId, mailboxId }: MailboxRef,
  { provider, until }: { readonly provider: OpenedMailbox; readonly until: () => AbortSignal },
  changes: readonly Change[],
): Promise<Outcome<Sorted>> {
  const ids = changes.map((change) => change.providerMessageId)
  const threads = changes.flatMap(({ providerThreadId }) =>
    providerThreadId === undefined ? [] : [providerThreadId],
  )
  const [held, known] = await database.inWorkspace(workspaceId, async (tx) => [
    await heldMessages(tx, mailboxId, ids),
    await knownProviderThreads(tx, mailboxId, threads),
  ])
  const ours: Change[] = []
  const unmatched: Change[] = []
  const missing: Change[] = []
  for (const change of changes) {
    if (held.has(change.providerMessageId)) continue
    const inThread = change.providerThreadId !== undefined && known.has(change.providerThreadId)
    if (!inThread && provider.traits.threadId !== 'none') {
      unmatched.push(change)
      continue
    }
    if (provider.traits.threadId === 'decides') {
      ours.push(change)
      continue
    }
    const headers = await provider.threadHeaders(change.providerMessageId, until())
    if (!headers.ok) {
      if (headers.failure.kind !== 'not_found') return headers
      missing.push(change)
      continue
    }
    const verdict = await database.inWorkspace(workspaceId, (tx) =>
      byHeaders(tx, mailboxId, change, headers.value),
    )
    if (verdict === 'our copy') continue
    const match =
      typeof verdict === 'string'
        ? { ok: true as const, value: verdict === 'ours' }
        : await provider.writtenBy(verdict.message, verdict.addresses, until())
    if (!match.ok) {
      if (match.failure.kind !== 'not_found') return match
      missing.push(change)
      continue
    }
    ;(match.value ? ours : unmatched).push(change)
  }
  return { ok: true, value: { ours, unmatched, missing } }
}

type Verdict =
  | 'ours'
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
  if (match !== undefined) return 'ours'
  if (own || providerThreadId === undefined) return 'foreign'
  const { contactIds, addresses } = await participantsOf(tx, mailboxId, providerThreadId)
  const contacts = await contactsById(tx, contactIds)
  const known = contacts.flatMap((contact) => [contact.address, ...contact.otherAddresses])
  const all = [...new Set([...known, ...addresses])]
  return all.length === 0 ? 'foreign' : { message: { providerMessageId, providerThreadId }, addresses: all }
}

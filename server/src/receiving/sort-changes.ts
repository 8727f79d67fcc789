/**
 * Separates ours from foreign: identifiers first, then, only where the thread id does not decide, the thread headers.
 * What is known already is neither. A message whose headers are not there (yet) is missing and asked for again.
 */
import { findByClues, heldMessages, knownProviderThreads } from '../correspondence/index.ts'
import type { Change, Outcome } from '../mailboxes/provider.ts'
import type { Database } from '../platform/db/index.ts'
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
    if (provider.traits.threadIdDecides) {
      ;(inThread ? ours : unmatched).push(change)
      continue
    }
    const headers = await provider.threadHeaders(change.providerMessageId, until())
    if (!headers.ok) {
      if (headers.failure.kind !== 'not_found') return headers
      missing.push(change)
      continue
    }
    const clues = cluesOf(headers.value, change.providerThreadId)
    const match = await database.inWorkspace(workspaceId, (tx) => findByClues(tx, mailboxId, clues))
    ;(match === undefined ? unmatched : ours).push(change)
  }
  return { ok: true, value: { ours, unmatched, missing } }
}

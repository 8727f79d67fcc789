/**
 * The hash chain of a mailbox's access log: each entry carries the SHA-256 of its predecessor's hash and its own
 * content, and the head remembers the last one, so that an entry changed, removed or slipped in is found.
 */
import { createHash, createHmac } from 'node:crypto'

/** How deep a call looked into the mailbox. */
export type Depth = 'nothing' | 'identifiers' | 'thread_headers' | 'content'

export interface LedgerContent {
  readonly seq: number
  readonly at: Temporal.Instant
  readonly phase: 'before' | 'after'
  readonly call: string
  readonly purpose: string
  readonly depth: Depth
  /** How many messages were touched. */
  readonly touched: number
  /** Keyed hashes of their provider ids. */
  readonly touchedKeys: readonly string[]
  /** More than one for folded polls. */
  readonly times: number
  /** `ok` or the kind of failure; absent before the call. */
  readonly outcome: string | undefined
}

export interface LedgerEntry extends LedgerContent {
  readonly previous: Uint8Array
  readonly hash: Uint8Array
}

/** The hash of an entry that follows `previous` in the chain of a mailbox. */
export function entryHash(mailboxId: string, previous: Uint8Array, entry: LedgerContent): Buffer {
  const content = JSON.stringify([
    mailboxId,
    entry.seq,
    entry.at.toString({ smallestUnit: 'microsecond' }),
    entry.phase,
    entry.call,
    entry.purpose,
    entry.depth,
    entry.touched,
    entry.touchedKeys,
    entry.times,
    entry.outcome ?? null,
  ])
  return createHash('sha256').update(previous).update(content).digest()
}

/** Whether an entry stands where it was written, after `last` (undefined at the beginning of the chain). */
export function follows(mailboxId: string, last: LedgerEntry | undefined, entry: LedgerEntry): boolean {
  const previous = last?.hash ?? Buffer.alloc(0)
  return (
    entry.seq === (last?.seq ?? 0) + 1 &&
    Buffer.compare(entry.previous, previous) === 0 &&
    Buffer.compare(entry.hash, entryHash(mailboxId, previous, entry)) === 0
  )
}

/** What stands in the log for a provider's id: 128 bits of HMAC-SHA-256 under the mailbox's own key. */
export function idHash(key: Uint8Array, providerId: string): string {
  return createHmac('sha256', key).update(providerId).digest().subarray(0, 16).toString('base64url')
}

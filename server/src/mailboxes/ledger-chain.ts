/**
 * The hash chain of a mailbox's access log: each entry carries the SHA-256 of its predecessor's hash and its own
 * content, and the head remembers the last one, so that an entry changed, removed or slipped in is found.
 */
import type { LedgerLine } from '@kontor/api/ledger/chain'
import { sealedText } from '@kontor/api/ledger/chain'
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
  return createHash('sha256')
    .update(previous)
    .update(sealedText(contentOf(mailboxId, entry)))
    .digest()
}

/** An entry as an export tells it: all that its hash covers, so that the chain can be verified without Kontor. */
export function lineOf(mailboxId: string, entry: LedgerEntry): LedgerLine {
  return {
    ...contentOf(mailboxId, entry),
    previous: hexOf(entry.previous),
    hash: hexOf(entry.hash),
  }
}

function contentOf(mailboxId: string, entry: LedgerContent): Omit<LedgerLine, 'previous' | 'hash'> {
  return {
    mailboxId,
    seq: entry.seq,
    at: entry.at.toString({ smallestUnit: 'microsecond' }),
    phase: entry.phase,
    call: entry.call,
    purpose: entry.purpose,
    depth: entry.depth,
    touched: entry.touched,
    touchedKeys: entry.touchedKeys,
    times: entry.times,
    outcome: entry.outcome ?? null,
  }
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** What stands in the log for a provider's id: 128 bits of HMAC-SHA-256 under the mailbox's own key. */
export function idHash(key: Uint8Array, providerId: string): string {
  return createHmac('sha256', key).update(providerId).digest().subarray(0, 16).toString('base64url')
}

/**
 * What a bounce or a complaint is worth. Anybody can write one, so it counts only when it names a message of ours by its
 * Message-ID or our token, which none but its recipients have seen; a place in our thread is not enough. And it counts
 * only for addresses that we wrote to in that thread: nobody can have somebody else's address barred.
 */
import type { CapturedKind, Evidence } from '../correspondence/index.ts'
import { addressKey } from '../mail/index.ts'
import type { ReadMessage, ReportedRecipient } from './reading.ts'

/** Feedback types by which a person asks not to be written to (RFC 5965 §7.3 and the dialects). */
const complaintTypes = new Set([
  'abuse',
  'fraud',
  'virus',
  'other',
  'opt-out',
  'opt-out-list',
  'miscategorized',
])
/** Ids name a message; a thread does not. */
const naming = new Set<Evidence>(['in-reply-to', 'references', 'token'])

export interface Trusted {
  readonly kind: CapturedKind
  readonly kindEvidence: readonly string[]
  /** Everybody whom the report names; `ours` where we wrote to that address. */
  readonly recipients: readonly (ReportedRecipient & { readonly ours: boolean })[]
}

/** The kind under which a message is stored. `writtenTo`: keys of the addresses that the thread's mails went to. */
export function trusted(
  { own, read }: { readonly own: boolean; readonly read: ReadMessage },
  evidence: readonly Evidence[],
  writtenTo: ReadonlySet<string>,
): Trusted {
  const plain = { kindEvidence: read.kindEvidence, recipients: [] }
  if (own) return { ...plain, kind: 'own', kindEvidence: [] }
  if (read.kind === 'auto-reply') return { ...plain, kind: 'auto_reply' }
  if (read.kind === 'reply' || read.kind === 'other' || read.report === undefined)
    return { ...plain, kind: 'reply' }
  const { complaint, recipients } = read.report
  const names = evidence.some((one) => naming.has(one))
  const asks = complaint === undefined || complaintTypes.has(complaint)
  if (!names || !asks) {
    const why = names ? `feedback type ${complaint}` : 'a report that names no email of ours'
    return { kind: 'auto_reply', kindEvidence: [why, ...read.kindEvidence], recipients: [] }
  }
  return {
    kind: read.kind,
    kindEvidence: read.kindEvidence,
    recipients: recipients.map((one) => ({ ...one, ours: writtenTo.has(addressKey(one.address)) })),
  }
}

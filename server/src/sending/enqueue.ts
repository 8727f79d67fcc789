/**
 * Enqueueing: idempotent by key, in the transaction of the business write, refused when practice and real would mix.
 */
import { addressKey } from '../mail/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Emit } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import { mixes } from './practice.ts'
import type { Reason } from './reasons.ts'
import { insertSubmissions } from './store-enqueue.ts'
import type { MailboxSettings } from './store-schedule.ts'
import { mailboxesSettings } from './store-schedule.ts'
import type { EnqueueRequest } from './submission.ts'
import { rankOf } from './submission.ts'
import { startOf } from './window.ts'
import { wake } from './wake.ts'

export interface Enqueued {
  readonly key: string
  readonly submissionId: string
  /** The key was known: this is the submission it made the first time. */
  readonly replayed: boolean
}

export type EnqueueOutcome =
  | { readonly ok: true; readonly enqueued: readonly Enqueued[] }
  | { readonly ok: false; readonly reason: EnqueueRefusal }
/** A reason that whoever asked is told as a problem. */
export type EnqueueRefusal = Reason & {
  readonly code: 'mailbox_unknown' | 'mailbox_disconnected' | 'practice_and_real'
}

/**
 * Puts up to 1,000 mails into the outbox and wakes their mailboxes. One workspace (that of `tx`), any mailboxes.
 * Refused as a whole, with a reason, when a mailbox is unknown or disconnected or practice and real would mix.
 */
export type Enqueue = (tx: Tx, requests: readonly EnqueueRequest[]) => Promise<EnqueueOutcome>

const mostAtOnce = 1000

/** @throws RangeError for more than 1,000 requests: larger launches come in resumable chunks */
export function createEnqueue({ ids, emit }: { ids: Ids; emit: Emit }): Enqueue {
  return async (tx, requests) => {
    if (requests.length === 0) return { ok: true, enqueued: [] }
    if (requests.length > mostAtOnce) throw new RangeError(`at most ${mostAtOnce} mails in one transaction`)
    const mailboxIds = [...new Set(requests.map((request) => request.mailboxId))].toSorted()
    const mailboxes = new Map(
      (await mailboxesSettings(tx, mailboxIds)).map((mailbox) => [mailbox.mailboxId, mailbox]),
    )
    for (const request of requests) {
      const mailbox = mailboxes.get(request.mailboxId)
      if (mailbox === undefined) return { ok: false, reason: { code: 'mailbox_unknown' } }
      if (mailbox.health === 'disconnected') {
        return { ok: false, reason: { code: 'mailbox_disconnected', values: { address: mailbox.address } } }
      }
      if (mixes(mailbox, request.toAddress)) {
        return { ok: false, reason: { code: 'practice_and_real', values: { address: request.toAddress } } }
      }
    }
    const workspaceId = [...mailboxes.values()][0]?.workspaceId ?? ''
    const made = requests.map((request) => {
      const id = ids.uuid()
      return {
        ...request,
        id,
        toKey: addressKey(request.toAddress),
        rank: rankOf(request.kind),
        ...liftOf(request, mailboxes.get(request.mailboxId)),
      }
    })
    const known = new Map((await insertSubmissions(tx, workspaceId, made)).map((row) => [row.key, row.id]))
    await wake({ emit }, tx, mailboxIds)
    const enqueued = made.map((submission) => {
      const submissionId = known.get(submission.key) ?? submission.id
      return { key: submission.key, submissionId, replayed: submissionId !== submission.id }
    })
    await tellOutbox(tx, emit, workspaceId, made, enqueued)
    return { ok: true, enqueued }
  }
}

/** A promised day begins where its calendar day begins in the mailbox's zone. */
function liftOf(
  { promisedFor }: EnqueueRequest,
  mailbox: MailboxSettings | undefined,
): { readonly liftAt?: Temporal.Instant } {
  return promisedFor === undefined || mailbox === undefined
    ? {}
    : { liftAt: startOf(promisedFor, mailbox.window.zone) }
}

async function tellOutbox(
  tx: Tx,
  emit: Emit,
  workspaceId: string,
  made: readonly EnqueueRequest[],
  enqueued: readonly Enqueued[],
): Promise<void> {
  const first = made[0]
  const only = made.length === 1 ? enqueued[0]?.submissionId : undefined
  await emit(tx, {
    workspaceId,
    type: 'submission.enqueued',
    ...(only === undefined ? {} : { subject: only }),
    payload: {
      count: enqueued.filter((one) => !one.replayed).length,
      kind: first?.kind ?? null,
      contactId: made.length === 1 ? (first?.contactId ?? null) : null,
      campaignId: first?.campaignId ?? null,
      mailboxId: first?.mailboxId ?? null,
    },
  })
}

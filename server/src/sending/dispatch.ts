/**
 * Leases from the outbox to their outcomes.
 *
 * 1. In one transaction for all that were leased together: truth check, render, bytes, our ids and token, the attempt, and
 *    the start of the call. From here a crash leaves a mail in doubt, before here it leaves it waiting.
 * 2. The call to the provider, outside any transaction, with one deadline that ends before the lease. A process that stood
 *    still before it makes no call any more: somebody else may have looked into Sent, found nothing, and sent the mail.
 * 3. In one transaction for all that arrived meanwhile: the outcome, proved by the lease id.
 *
 * Never sends twice: an answer that did not come is `in_doubt`, not a retry. What cannot be written together is written
 * one by one, so that no mail keeps another back.
 */
import type { Reference, Thread } from '../correspondence/index.ts'
import { insertThreads, parentOf, threadById } from '../correspondence/index.ts'
import { canonical, ComposeError } from '../mail/index.ts'
import type { MailProvider } from '../mailboxes/provider.ts'
import { blobs } from '../platform/blob/index.ts'
import { deadline } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import { takingTurns } from '../platform/turns/index.ts'
import type { Intent, SendingParts, Withheld } from './parts.ts'
import type { Rendered } from './ports.ts'
import { mixes } from './practice.ts'
import type { Reason } from './reasons.ts'
import type { Arrived } from './settle.ts'
import { settleArrived, settleFailure, settleWithoutCall } from './settle.ts'
import type { Lease } from './store-lease.ts'
import type { MailboxSettings } from './store-schedule.ts'
import { mailboxesSettings } from './store-schedule.ts'
import type { LeasedSubmission } from './store-submission.ts'
import { endAttempt, lockLeased, writeIntents } from './store-submission.ts'
import type { Submission } from './submission.ts'
import type { Written } from './write.ts'
import { write } from './write.ts'

/** A lease lives longer than the longest call: an expired one is in doubt for good reason. */
export const leaseSeconds = 120
const callMilliseconds = 60_000

const settledAtOnce = 16

/**
 * Takes leases of one workspace to their outcomes, with a promise for each: resolves also when the lease was lost; rejects
 * only on our own faults.
 */
export type Dispatcher = (leases: readonly Lease[]) => readonly Promise<void>[]

export function createDispatcher(parts: SendingParts): Dispatcher {
  const settle = takingTurns<Arrived>(
    (workspaceId, arrived) =>
      parts.database.inWorkspace(workspaceId, (tx) => settleArrived(parts, tx, arrived)),
    settledAtOnce,
  )

  async function send(lease: Lease, prepared: Promise<Intent | undefined>): Promise<void> {
    const begun = parts.clock.now()
    const intent = await prepared
    if (intent === undefined) return
    const { workspaceId } = lease
    const opened = await parts.openMailbox(workspaceId, lease.mailboxId, 'send')
    if (opened.ok && begun.until(parts.clock.now()).total('milliseconds') > callMilliseconds) {
      await parts.database.inWorkspace(workspaceId, async (tx) => {
        const [standing] = await lockLeased(tx, [lease])
        if (standing !== undefined)
          await settleUncalled(parts, tx, standing, 'the process stood still before the call')
      })
      return
    }
    const outcome = opened.ok ? await call(parts, lease, intent, opened.value) : opened
    if (outcome.ok) await settle(workspaceId, { lease, intent, accepted: outcome.value })
    else
      await parts.database.inWorkspace(workspaceId, (tx) =>
        settleFailure(parts, tx, lease, intent, outcome.failure),
      )
  }

  return (leases) => {
    const prepared = prepareTogether(parts, leases)
    return leases.map((lease) => send(lease, prepared(lease)))
  }
}

function prepareTogether(
  parts: SendingParts,
  leases: readonly Lease[],
): (lease: Lease) => Promise<Intent | undefined> {
  const prepared = async (some: readonly Lease[]) => {
    const [first] = some
    if (first === undefined) return new Map<string, Intent>()
    return await parts.database.inWorkspace(first.workspaceId, (tx) => prepare(parts, tx, some))
  }
  const together = prepared(leases)
  const failed = together.then(
    () => false,
    () => leases.length > 1,
  )
  return async (lease) => ((await failed) ? await prepared([lease]) : await together).get(lease.leaseId)
}

/** What may be called for, by its lease. */
async function prepare(
  parts: SendingParts,
  tx: Tx,
  leases: readonly Lease[],
): Promise<ReadonlyMap<string, Intent>> {
  const locked = await lockLeased(tx, leases)
  const mailboxes = await mailboxesSettings(
    tx,
    locked.map(({ mailboxId }) => mailboxId),
  )
  const settings = new Map(mailboxes.map((mailbox) => [mailbox.mailboxId, mailbox]))
  const drafts: Draft[] = []
  for (const submission of locked) {
    const mailbox = settings.get(submission.mailboxId)
    if (mailbox === undefined) continue
    const draft = await draftOf(parts, tx, submission, mailbox)
    if ('verdict' in draft) await settleWithoutCall(parts, tx, submission, draft)
    else drafts.push(draft)
  }
  return await begin(parts, tx, drafts)
}

/** The words and bytes of one mail that may leave. */
interface Draft {
  readonly submission: LeasedSubmission
  readonly mailbox: MailboxSettings
  readonly rendered: Rendered
  readonly written: Written
  readonly continued: Thread | undefined
}

async function draftOf(
  parts: SendingParts,
  tx: Tx,
  submission: LeasedSubmission,
  mailbox: MailboxSettings,
): Promise<Draft | Withheld> {
  const rendered: Rendered | Withheld = mixes(mailbox, submission.toAddress)
    ? { verdict: 'suppress', reason: { code: 'practice_and_real' } }
    : await truthAndText(parts, tx, submission, mailbox)
  if ('verdict' in rendered) return rendered
  const continued = submission.threadId === undefined ? undefined : await threadById(tx, submission.threadId)
  const parent =
    submission.answersMessageId === undefined ? undefined : await parentOf(tx, submission.answersMessageId)
  try {
    const written = await write({ submission, mailbox, rendered, threadToken: continued?.token, parent })
    return { submission, mailbox, rendered, written, continued }
  } catch (error) {
    if (!(error instanceof ComposeError)) throw error
    const reason: Reason = { code: 'cannot_be_written', values: { field: error.field, problem: error.kind } }
    return { verdict: 'hold', reason }
  }
}

/** Bytes, threads, intents and attempts of all of them. */
async function begin(
  parts: SendingParts,
  tx: Tx,
  drafts: readonly Draft[],
): Promise<ReadonlyMap<string, Intent>> {
  const workspaceId = drafts[0]?.submission.workspaceId
  if (workspaceId === undefined) return new Map()
  const stored = await blobs.putAll(
    tx,
    workspaceId,
    drafts.map(({ written, rendered }) => ({ bytes: written.raw, held: rendered.files ?? [] })),
  )
  const threads = drafts.map((draft) => threadOf(parts.ids, draft))
  await insertThreads(
    tx,
    workspaceId,
    threads.flatMap((thread, n) => (thread === undefined || thread === drafts[n]?.continued ? [] : [thread])),
    drafts.flatMap(({ written }, n) => referencesOf(written, threads[n])),
  )
  const intents = drafts.map(
    ({ submission, mailbox, written }, n): Intent => ({
      submission,
      written,
      thread: threads[n],
      rawSha256: stored[n]?.sha256 ?? '',
      fromName: mailbox.displayName,
      fromAddress: mailbox.address,
    }),
  )
  const started = await writeIntents(
    tx,
    intents.map(({ submission, written, thread, rawSha256 }) => ({
      submissionId: submission.id,
      leaseId: submission.leaseId,
      addressKey: submission.addressKey,
      attemptId: parts.ids.uuid(),
      token: written.token,
      messageId: written.messageId,
      threadId: thread?.id,
      rawSha256,
      size: written.raw.byteLength,
      subject: written.subject,
    })),
    leaseSeconds,
  )
  const may = new Map<string, Intent>()
  for (const intent of intents) {
    const { submission } = intent
    if (started.has(submission.id)) may.set(submission.leaseId, intent)
    else await settleUncalled(parts, tx, submission, 'the call was not begun')
  }
  return may
}

/** Whether the mail may still leave, and with which words. */
export async function truthAndText(
  parts: Pick<SendingParts, 'authors'>,
  tx: Tx,
  submission: Submission,
  mailbox: MailboxSettings,
): Promise<Rendered | Withheld> {
  for (const author of parts.authors) {
    const truth = await author.stillTrue(tx, submission)
    if (truth !== undefined && truth.verdict !== 'true') return truth
  }
  for (const author of parts.authors) {
    const outcome = await author.render(tx, submission)
    if (outcome === undefined) continue
    if (!outcome.ok) return { verdict: 'hold', reason: outcome.hold }
    return outcome.rendered.cc?.some((address) => mixes(mailbox, address)) === true
      ? { verdict: 'suppress', reason: { code: 'practice_and_real' } }
      : outcome.rendered
  }
  return { verdict: 'hold', reason: { code: 'no_author', values: { kind: submission.kind } } }
}

/** The thread that the mail continues or begins. A mail to nobody's record begins none: an answer to it is none of ours. */
function threadOf(ids: Ids, { submission, continued, written }: Draft): Thread | undefined {
  const { contactId } = submission
  if (continued !== undefined || contactId === undefined) return continued
  return {
    id: ids.uuid(),
    mailboxId: submission.mailboxId,
    contactId,
    ...(submission.campaignId === undefined ? {} : { campaignId: submission.campaignId }),
    token: written.token,
    subject: written.subject,
  }
}

/** The mail's own identifiers. */
function referencesOf(written: Written, thread: Thread | undefined): readonly Reference[] {
  if (thread === undefined) return []
  const of = { threadId: thread.id, mailboxId: thread.mailboxId }
  return [
    { ...of, kind: 'token', value: written.token },
    { ...of, kind: 'message-id', value: canonical(written.messageId) },
  ]
}

async function call(
  parts: SendingParts,
  lease: Lease,
  intent: Intent,
  mailbox: MailProvider,
): ReturnType<MailProvider['send']> {
  try {
    const continues =
      intent.submission.answersMessageId === undefined ? undefined : intent.thread?.providerThreadId
    return await mailbox.send(intent.written.raw, continues, deadline(callMilliseconds))
  } catch (error) {
    parts.log.error({ error, submission: lease.submissionId }, 'the provider adapter failed while sending')
    return { ok: false, failure: { kind: 'unknown_outcome', diagnostic: 'the adapter failed' } }
  }
}

/** No call was made: it waits again, unless the lease ran out and others have decided. */
async function settleUncalled(
  parts: SendingParts,
  tx: Tx,
  submission: LeasedSubmission,
  why: string,
): Promise<void> {
  await endAttempt(tx, submission.id, 'not_called', why)
  await settleWithoutCall(parts, tx, submission, { verdict: 'wait' })
}

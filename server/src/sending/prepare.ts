/**
 * What is written of mails before they are called for: in one transaction for all that were leased together, whether each is
 * still true, its words and bytes, our ids and token, the attempt, and the start of the call.
 */
import type { Reference, Thread } from '../correspondence/index.ts'
import { insertThreads, parentOf, threadById } from '../correspondence/index.ts'
import { canonical, ComposeError } from '../mail/index.ts'
import { blobs } from '../platform/blob/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { Intent, SendingParts, Withheld } from './parts.ts'
import type { OutgoingFile, Rendered } from './ports.ts'
import { mixes } from './practice.ts'
import type { Reason } from './reasons.ts'
import { settleUncalled, settleWithoutCall } from './settle.ts'
import type { Lease } from './store-lease.ts'
import { leaseSeconds } from './store-lease.ts'
import type { MailboxSettings } from './store-schedule.ts'
import { mailboxesSettings } from './store-schedule.ts'
import type { LeasedSubmission } from './store-submission.ts'
import { lockLeased, writeIntents } from './store-submission.ts'
import { truthAndText } from './truth.ts'
import type { Written, WrittenFile } from './write.ts'
import { write } from './write.ts'

/** Bytes of files. A mail with more of them is large. */
const largeFiles = 256 * 1024

/** Whether large mails are written, too, or only told of. */
export type UpTo = 'small' | 'large'

/** What may be called for, by its lease; undefined when nothing may. */
export type Prepared = (lease: Lease) => Promise<Intent | Large | undefined>

/** Of a mail that waits for room: the bytes of its files. Nothing was written for it. */
export interface Large {
  readonly large: number
}

/** Writes many in one transaction; when that fails, each alone. */
export function prepareTogether(parts: SendingParts, leases: readonly Lease[], upTo: UpTo): Prepared {
  const prepared = async (some: readonly Lease[]) => {
    const [first] = some
    if (first === undefined) return new Map<string, Intent | Large>()
    return await parts.database.inWorkspace(first.workspaceId, (tx) => prepare(parts, tx, some, upTo))
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
  upTo: UpTo,
): Promise<ReadonlyMap<string, Intent | Large>> {
  const locked = await lockLeased(tx, leases)
  const mailboxes = await mailboxesSettings(
    tx,
    locked.map(({ mailboxId }) => mailboxId),
  )
  const settings = new Map(mailboxes.map((mailbox) => [mailbox.mailboxId, mailbox]))
  const drafts: Draft[] = []
  const large = new Map<string, Large>()
  for (const submission of locked) {
    const mailbox = settings.get(submission.mailboxId)
    if (mailbox === undefined) continue
    const draft = await draftOf(parts, tx, { submission, mailbox, upTo })
    if ('large' in draft) large.set(submission.leaseId, draft)
    else if ('verdict' in draft) await settleWithoutCall(parts, tx, submission, draft)
    else drafts.push(draft)
  }
  return new Map<string, Intent | Large>([...large, ...(await begin(parts, tx, drafts))])
}

/** The words and bytes of one mail that may leave. */
interface Draft {
  readonly submission: LeasedSubmission
  readonly mailbox: MailboxSettings
  readonly files: readonly WrittenFile[]
  readonly written: Written
  readonly continued: Thread | undefined
}

async function draftOf(
  parts: SendingParts,
  tx: Tx,
  {
    submission,
    mailbox,
    upTo,
  }: {
    readonly submission: LeasedSubmission
    readonly mailbox: MailboxSettings
    readonly upTo: UpTo
  },
): Promise<Draft | Large | Withheld> {
  const rendered: Rendered | Withheld = mixes(mailbox, submission.toAddress)
    ? { verdict: 'suppress', reason: { code: 'practice_and_real' } }
    : await truthAndText(parts, tx, submission, mailbox)
  if ('verdict' in rendered) return rendered
  const bytes = (rendered.files ?? []).reduce((sum, { size }) => sum + size, 0)
  if (upTo === 'small' && bytes > largeFiles) return { large: bytes }
  const files = await readFiles(tx, submission.workspaceId, rendered.files)
  if ('code' in files) return { verdict: 'hold', reason: files }
  const continued = submission.threadId === undefined ? undefined : await threadById(tx, submission.threadId)
  const parent =
    submission.answersMessageId === undefined ? undefined : await parentOf(tx, submission.answersMessageId)
  try {
    const written = await write({
      submission,
      mailbox,
      rendered,
      files,
      threadToken: continued?.token,
      parent,
    })
    return { submission, mailbox, files, written, continued }
  } catch (error) {
    if (!(error instanceof ComposeError)) throw error
    const reason: Reason = { code: 'cannot_be_written', values: { field: error.field, problem: error.kind } }
    return { verdict: 'hold', reason }
  }
}

async function readFiles(
  tx: Tx,
  workspaceId: string,
  files: readonly OutgoingFile[] = [],
): Promise<readonly WrittenFile[] | Reason> {
  const read: WrittenFile[] = []
  for (const file of files) {
    const content = await blobs.get(tx, workspaceId, file.sha256)
    if (content === undefined) return { code: 'file_gone', values: { name: file.filename } }
    read.push({ ...file, content })
  }
  return read
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
    drafts.map(({ written, files }) => ({ bytes: written.raw, held: files })),
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

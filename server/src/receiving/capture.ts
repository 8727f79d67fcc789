/**
 * Stores one matched message: the thread it belongs to with its evidence, what it is, its text and files.
 * Capturing the same message twice changes nothing.
 */
import { contactById } from '../contacts/index.ts'
import type { CapturedAttachment, CapturedKind, Thread } from '../correspondence/index.ts'
import {
  addressesWrittenTo,
  findByClues,
  insertCaptured,
  insertSuggestion,
  knownCopy,
  unsettledSubmission,
} from '../correspondence/index.ts'
import { addressKey, canonical, parseMessageIds } from '../mail/index.ts'
import { blobs } from '../platform/blob/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Emit } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import { cluesOf, headersOf } from './match.ts'
import type { ReadAttachment, ReadMessage } from './reading.ts'
import type { Trusted } from './trust.ts'
import { trusted } from './trust.ts'

export interface Fetched {
  readonly providerMessageId: string
  readonly providerThreadId?: string
  readonly own: boolean
  readonly raw: Uint8Array
  readonly receivedAt: Temporal.Instant
  readonly read: ReadMessage
}

export type CaptureOutcome =
  | { readonly outcome: 'captured'; readonly kind: CapturedKind }
  | { readonly outcome: 'known' | 'foreign' | 'unsettled' }

interface Parts {
  readonly ids: Ids
  readonly emit: Emit
}

const riskyTypes =
  /\.(exe|bat|cmd|com|scr|pif|js|jse|vbs|vbe|wsf|hta|msi|jar|lnk|reg|ps1|iso|img|html?|svg|xhtml)$/i
const largestAttachment = 25 * 1024 * 1024

/** Matches by what the message itself says and stores it. */
export async function capture(
  parts: Parts,
  tx: Tx,
  mailbox: { workspaceId: string; mailboxId: string },
  fetched: Fetched,
): Promise<CaptureOutcome> {
  const clues = cluesOf(headersOf(fetched.read, fetched.read.report?.aboutIds), fetched.providerThreadId)
  const [match] = await findByClues(tx, mailbox.mailboxId, [clues])
  if (match === undefined) return { outcome: 'foreign' }
  // A copy of our own mail whose record is not settled yet: known by its token; looked at again later.
  if (fetched.own && (await unsettledSubmission(tx, clues.tokens))) return { outcome: 'unsettled' }
  const blob = await blobs.put(tx, mailbox.workspaceId, fetched.raw)
  const { providerMessageId, read } = fetched
  const messageId = parseMessageIds(`<${read.messageId ?? ''}>`).map(canonical)[0]
  const copy = { sha256: blob.sha256, providerMessageId, sentMessageId: fetched.own ? messageId : undefined }
  if (await knownCopy(tx, match.thread, copy)) return { outcome: 'known' }
  const known = await addressesOf(tx, match.thread)
  const found = trusted(fetched, match.evidence, known.writtenTo)
  const { kind } = found
  const answeredFrom =
    kind === 'reply' && !known.contact.has(addressKey(read.fromAddress)) ? read.fromAddress : ''
  const attachments = await storeAttachments(parts, tx, mailbox.workspaceId, read.attachments)
  const id = parts.ids.uuid()
  const stored = await insertCaptured(tx, mailbox.workspaceId, {
    id,
    thread: match.thread,
    kind,
    ...(messageId === undefined ? {} : { messageId }),
    ...(read.inReplyTo[0] === undefined ? {} : { inReplyTo: read.inReplyTo[0] }),
    references: read.references,
    fromName: read.fromName,
    fromAddress: read.fromAddress,
    to: read.to,
    subject: read.subject,
    text: read.text,
    quoted: read.quoted,
    ...(read.html === undefined ? {} : { html: read.html }),
    remoteImages: read.remoteImages,
    evidence: match.evidence,
    kindEvidence: found.kindEvidence,
    ...(answeredFrom === '' ? {} : { answeredFrom }),
    ...(kind === 'bounce' ? { bounce: { recipients: found.recipients } } : {}),
    ...(kind === 'complaint' ? { complaint: { type: read.report?.complaint } } : {}),
    providerMessageId,
    rawSha256: blob.sha256,
    size: blob.size,
    at: fetched.receivedAt,
    attachments,
  })
  if (!stored) return { outcome: 'known' }
  const { declines } = read
  if (kind === 'reply' && declines !== undefined)
    await insertSuggestion(tx, { id: parts.ids.uuid(), messageId: id, kind: 'declined', evidence: declines })
  await tellCaptured(parts, tx, mailbox, { id, thread: match.thread, found, read })
  return { outcome: 'captured', kind }
}

/** Keys of the contact's own addresses, and of all that the thread's mails went to. */
async function addressesOf(
  tx: Tx,
  thread: Thread,
): Promise<{ contact: ReadonlySet<string>; writtenTo: ReadonlySet<string> }> {
  const person = await contactById(tx, thread.contactId)
  const own = person === undefined ? [] : [person.address, ...person.otherAddresses]
  const contact = new Set(own.map(addressKey))
  const written = (await addressesWrittenTo(tx, thread.id)).map(addressKey)
  return { contact, writtenTo: new Set([...written, ...contact]) }
}

async function storeAttachments(
  parts: Parts,
  tx: Tx,
  workspaceId: string,
  files: readonly ReadAttachment[],
): Promise<CapturedAttachment[]> {
  const stored: CapturedAttachment[] = []
  for (const file of files) {
    const tooLarge = file.content.byteLength > largestAttachment
    const blocked = tooLarge || riskyTypes.test(file.filename)
    const blob = blocked ? undefined : await blobs.put(tx, workspaceId, file.content)
    stored.push({
      id: parts.ids.uuid(),
      filename: file.filename.slice(0, 255) || 'attachment',
      contentType: file.contentType,
      size: file.content.byteLength,
      ...(blob === undefined ? {} : { sha256: blob.sha256 }),
      ...(file.contentId === undefined ? {} : { contentId: file.contentId }),
      blocked,
    })
  }
  return stored
}

async function tellCaptured(
  parts: Parts,
  tx: Tx,
  mailbox: { workspaceId: string; mailboxId: string },
  captured: {
    id: string
    thread: Thread
    found: Trusted
    read: ReadMessage
  },
): Promise<void> {
  const { kind, recipients } = captured.found
  await parts.emit(tx, {
    workspaceId: mailbox.workspaceId,
    type: 'message.captured',
    subject: captured.id,
    payload: {
      kind,
      mailboxId: captured.thread.mailboxId,
      threadId: captured.thread.id,
      contactId: captured.thread.contactId,
      campaignId: captured.thread.campaignId ?? null,
      recipients: recipients
        .filter(({ ours }) => ours)
        .map(({ ours: _ours, why, ...one }) => ({ ...one, diagnostic: why })),
      ...(kind === 'complaint' ? { complaint: captured.read.report?.complaint } : {}),
      ...(kind === 'reply' && captured.read.declines !== undefined ? { suggests: 'declined' } : {}),
    },
  })
}

/**
 * Stores one matched message: the thread it belongs to with its evidence, what it is, its text and files.
 * Capturing the same message twice changes nothing.
 */
import { contactById } from '../contacts/index.ts'
import type { CapturedAttachment, CapturedKind, Evidence, Thread } from '../correspondence/index.ts'
import { findByClues, insertCaptured, unsettledSubmission } from '../correspondence/index.ts'
import { addressKey, canonical, parseMessageIds } from '../mail/index.ts'
import { blobs } from '../platform/blob/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Emit } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import { cluesOf, headersOf } from './match.ts'
import type { ReadAttachment, ReadMessage } from './reading.ts'

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
  const clues = cluesOf(headersOf(fetched.read), fetched.providerThreadId)
  const match = await findByClues(tx, mailbox.mailboxId, clues)
  if (match === undefined) return { outcome: 'foreign' }
  // A copy of our own mail whose record is not settled yet: known by its token; looked at again later.
  if (fetched.own && (await unsettledSubmission(tx, clues.tokens))) return { outcome: 'unsettled' }
  const kind = kindOf(fetched)
  const answeredFrom =
    kind === 'reply' ? await otherSender(tx, match.thread, fetched.read.fromAddress) : undefined
  const attachments = await storeAttachments(parts, tx, mailbox.workspaceId, fetched.read.attachments)
  const blob = await blobs.put(tx, mailbox.workspaceId, fetched.raw)
  const id = parts.ids.uuid()
  const { read } = fetched
  const messageId = parseMessageIds(`<${read.messageId ?? ''}>`)[0]
  const stored = await insertCaptured(tx, mailbox.workspaceId, {
    id,
    thread: match.thread,
    kind,
    ...(messageId === undefined ? {} : { messageId: canonical(messageId) }),
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
    ...(answeredFrom === undefined ? {} : { answeredFrom }),
    ...(read.bounce === undefined ? {} : { bounce: read.bounce }),
    providerMessageId: fetched.providerMessageId,
    rawSha256: blob.sha256,
    size: blob.size,
    at: fetched.receivedAt,
    attachments,
  })
  if (!stored) return { outcome: 'known' }
  await tellCaptured(parts, tx, mailbox, { id, kind, thread: match.thread, evidence: match.evidence, read })
  return { outcome: 'captured', kind }
}

function kindOf({ own, read }: Fetched): CapturedKind {
  if (own) return 'own'
  if (read.kind === 'auto-reply') return 'auto_reply'
  if (read.kind === 'other') return 'reply'
  return read.kind
}

async function otherSender(tx: Tx, thread: Thread, from: string): Promise<string | undefined> {
  if (from === '') return undefined
  const contact = await contactById(tx, thread.contactId)
  const known = contact === undefined ? [] : [contact.address, ...contact.otherAddresses]
  const key = addressKey(from)
  return known.some((address) => addressKey(address) === key) ? undefined : from
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
    kind: CapturedKind
    thread: Thread
    evidence: readonly Evidence[]
    read: ReadMessage
  },
): Promise<void> {
  await parts.emit(tx, {
    workspaceId: mailbox.workspaceId,
    type: 'message.captured',
    subject: captured.id,
    payload: {
      kind: captured.kind,
      mailboxId: mailbox.mailboxId,
      threadId: captured.thread.id,
      contactId: captured.thread.contactId,
      campaignId: captured.thread.campaignId ?? null,
      recipients: captured.read.bounce?.recipients ?? [],
    },
  })
}

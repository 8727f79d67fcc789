/**
 * Stores matched messages: the thread each belongs to with its evidence, what it is, its text and files. A few are stored
 * by the statements that one would take. Capturing the same message twice changes nothing.
 */
import { contactsById } from '../contacts/index.ts'
import type {
  CapturedAttachment,
  CapturedKind,
  CapturedMessage,
  Match,
  Thread,
} from '../correspondence/index.ts'
import {
  addressesWrittenTo,
  findByClues,
  insertCaptured,
  insertSuggestion,
  knownCopies,
  unsettledSubmission,
} from '../correspondence/index.ts'
import { addressKey, canonical, parseMessageIds } from '../mail/index.ts'
import { blobs } from '../platform/blob/index.ts'
import type { BlobRef } from '../platform/blob/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Emit, NewEvent } from '../platform/events/index.ts'
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

/** Matches by what the messages themselves say and stores them; the outcomes in the order of the messages. */
export async function capture(
  parts: Parts,
  tx: Tx,
  mailbox: { workspaceId: string; mailboxId: string },
  fetched: readonly Fetched[],
): Promise<readonly CaptureOutcome[]> {
  const outcomes: CaptureOutcome[] = []
  for (const group of apart(fetched)) outcomes.push(...(await captureGroup(parts, tx, mailbox, group)))
  return outcomes
}

/**
 * Groups in which no message changes what another one is: own mail says whom we wrote to, and of two copies the second is
 * known once the first is stored.
 */
function apart(fetched: readonly Fetched[]): Fetched[][] {
  const groups: Fetched[][] = []
  for (const one of fetched) {
    const group = groups.at(-1)
    const alone = (other: Fetched) => other.own || Buffer.compare(other.raw, one.raw) === 0
    if (group === undefined || one.own || group.some(alone)) groups.push([one])
    else group.push(one)
  }
  return groups
}

/** A message that answers us, and the thread that it belongs to. */
interface Matched {
  readonly fetched: Fetched
  readonly match: Match
  readonly blob: BlobRef
  readonly messageId: string | undefined
}

async function captureGroup(
  parts: Parts,
  tx: Tx,
  mailbox: { workspaceId: string; mailboxId: string },
  group: readonly Fetched[],
): Promise<readonly CaptureOutcome[]> {
  const clues = group.map(({ read, providerThreadId }) =>
    cluesOf(headersOf(read, read.report?.aboutIds), providerThreadId),
  )
  const matches = await findByClues(tx, mailbox.mailboxId, clues)
  const outcomes = new Map<Fetched, CaptureOutcome>()
  const matched: Matched[] = []
  for (const [n, fetched] of group.entries()) {
    const match = matches[n]
    if (match === undefined) outcomes.set(fetched, { outcome: 'foreign' })
    // A copy of our own mail whose record is not settled yet: known by its token; looked at again later.
    else if (fetched.own && (await unsettledSubmission(tx, clues[n]?.tokens ?? [])))
      outcomes.set(fetched, { outcome: 'unsettled' })
    else {
      const blob = await blobs.put(tx, mailbox.workspaceId, fetched.raw)
      const [messageId] = parseMessageIds(`<${fetched.read.messageId ?? ''}>`).map(canonical)
      matched.push({ fetched, match, blob, messageId })
    }
  }
  const known = await knownCopies(
    tx,
    matched.map(({ fetched, match, blob, messageId }) => ({
      thread: match.thread,
      sha256: blob.sha256,
      providerMessageId: fetched.providerMessageId,
      sentMessageId: fetched.own ? messageId : undefined,
    })),
  )
  const fresh = matched.filter((_one, n) => !known.has(n))
  const addresses = await addressesOf(
    tx,
    fresh.map(({ match }) => match.thread),
  )
  const captured: Captured[] = []
  for (const one of fresh) captured.push(await capturedOf(parts, tx, mailbox.workspaceId, one, addresses))
  const stored = await insertCaptured(
    tx,
    mailbox.workspaceId,
    captured.map(({ message }) => message),
  )
  const told = captured.filter(({ message }) => stored.has(message.id))
  for (const { message, fetched } of told) {
    outcomes.set(fetched, { outcome: 'captured', kind: message.kind })
    const { declines } = fetched.read
    if (message.kind === 'reply' && declines !== undefined)
      await insertSuggestion(tx, {
        id: parts.ids.uuid(),
        messageId: message.id,
        kind: 'declined',
        evidence: declines,
      })
  }
  await parts.emit(tx, ...told.map((one) => toldOf(mailbox.workspaceId, one)))
  return group.map((fetched) => outcomes.get(fetched) ?? { outcome: 'known' })
}

interface Captured {
  readonly fetched: Fetched
  readonly found: Trusted
  readonly message: CapturedMessage
}

async function capturedOf(
  parts: Parts,
  tx: Tx,
  workspaceId: string,
  { fetched, match, blob, messageId }: Matched,
  addresses: AddressesOf,
): Promise<Captured> {
  const { providerMessageId, read } = fetched
  const found = trusted(fetched, match.evidence, addresses.writtenTo(match.thread))
  const { kind } = found
  const answeredFrom =
    kind === 'reply' && !addresses.contact(match.thread).has(addressKey(read.fromAddress))
      ? read.fromAddress
      : ''
  const message: CapturedMessage = {
    id: parts.ids.uuid(),
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
    overLimit: read.overLimit,
    evidence: match.evidence,
    kindEvidence: found.kindEvidence,
    ...(answeredFrom === '' ? {} : { answeredFrom }),
    ...(kind === 'bounce' ? { bounce: { recipients: found.recipients } } : {}),
    ...(kind === 'complaint' ? { complaint: { type: read.report?.complaint } } : {}),
    providerMessageId,
    rawSha256: blob.sha256,
    size: blob.size,
    at: fetched.receivedAt,
    attachments: await storeAttachments(parts, tx, workspaceId, read.attachments),
  }
  return { fetched, found, message }
}

interface AddressesOf {
  /** Keys of the contact's own addresses. */
  contact(thread: Thread): ReadonlySet<string>
  /** Of all that the thread's mails went to, too. */
  writtenTo(thread: Thread): ReadonlySet<string>
}

async function addressesOf(tx: Tx, threads: readonly Thread[]): Promise<AddressesOf> {
  const people = await contactsById(tx, [...new Set(threads.map(({ contactId }) => contactId))])
  const own = new Map(people.map((one) => [one.id, [one.address, ...one.otherAddresses].map(addressKey)]))
  const written = await addressesWrittenTo(tx, [...new Set(threads.map(({ id }) => id))])
  const ownOf = ({ contactId }: Thread) => own.get(contactId) ?? []
  return {
    contact: (thread) => new Set(ownOf(thread)),
    writtenTo: (thread) => new Set([...(written.get(thread.id) ?? []).map(addressKey), ...ownOf(thread)]),
  }
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

function toldOf(workspaceId: string, { message, found, fetched }: Captured): NewEvent {
  const { kind, recipients } = found
  const { thread } = message
  const { report, declines } = fetched.read
  return {
    workspaceId,
    type: 'message.captured',
    subject: message.id,
    payload: {
      kind,
      mailboxId: thread.mailboxId,
      threadId: thread.id,
      contactId: thread.contactId,
      campaignId: thread.campaignId ?? null,
      at: message.at.toString(),
      recipients: recipients
        .filter(({ ours }) => ours)
        .map(({ ours: _ours, why, ...one }) => ({ ...one, diagnostic: why })),
      ...(kind === 'complaint' ? { complaint: report?.complaint } : {}),
      ...(kind === 'reply' && declines !== undefined ? { suggests: 'declined' } : {}),
    },
  }
}

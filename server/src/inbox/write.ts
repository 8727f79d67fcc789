/**
 * Writing to one influencer: an answer in a conversation, or a new one-to-one mail. Both become `direct` submissions,
 * idempotent by key; an answer over somebody else's is refused until the writer has seen it.
 */
import { contactById } from '../contacts/index.ts'
import { baseSubject } from '../mail/index.ts'
import { databaseNow } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Enqueue, EnqueueRefusal, MailAuthor, Reason } from '../sending/index.ts'
import type { FollowParts } from './follow.ts'
import { note } from './follow.ts'
import type { ConversationRow } from './store-conversation.ts'
import { lockConversation } from './store-conversation.ts'
import { lastReceived } from './store-message.ts'
import { notAnswering } from './store-presence.ts'
import { saidSince } from './store-turn.ts'
import { submissionOfKey } from './store-waiting.ts'

export interface Words {
  readonly key: string
  readonly mailboxId: string
  readonly subject?: string | undefined
  readonly text: string
  readonly authorId: string
  readonly workspaceId: string
}

export interface WritingParts extends FollowParts {
  readonly enqueue: Enqueue
}

export type WriteOutcome =
  | {
      readonly ok: true
      readonly submissionId: string
      readonly conversationId: string
      readonly replayed: boolean
    }
  | { readonly ok: false; readonly reason: WriteRefusal }

type WriteRefusal = Omit<Reason, 'code'> & {
  readonly code:
    | EnqueueRefusal['code']
    | 'answered_meanwhile'
    | 'contact_unknown'
    | 'contact_without_address'
    | 'key_reused'
    | 'not_queued'
}

/** Answers the newest message of the other side, in its thread, from the given mailbox. */
export async function answer(
  parts: WritingParts,
  tx: Tx,
  conversation: ConversationRow,
  words: Words & { readonly version?: number | undefined },
): Promise<WriteOutcome> {
  const { id, contactId, campaignId, contactName } = conversation
  await lockConversation(tx, { contactId, campaignId })
  const known = await replay(tx, conversation, words)
  if (known !== undefined) return known
  const meanwhile =
    words.version === undefined
      ? undefined
      : await saidSince(tx, id, { version: words.version, personId: words.authorId })
  if (meanwhile !== undefined) {
    const by = meanwhile.kind === 'heard' ? contactName : (meanwhile.by ?? '')
    return { ok: false, reason: { code: 'answered_meanwhile', values: { by, what: meanwhile.kind } } }
  }
  const parent = await lastReceived(tx, contactId, campaignId, words.mailboxId)
  await notAnswering(tx, id, words.authorId)
  return await put(parts, tx, {
    ...words,
    contactId,
    campaignId,
    subject: parent === undefined ? (words.subject ?? conversation.subject) : baseSubject(parent.subject),
    parent,
  })
}

/** A new mail outside any thread. */
export async function writeTo(
  parts: WritingParts,
  tx: Tx,
  words: Words & { readonly contactId: string; readonly campaignId: string | undefined },
): Promise<WriteOutcome> {
  const known = await replay(tx, words, words)
  return known ?? (await put(parts, tx, { ...words, subject: words.subject ?? '', parent: undefined }))
}

/** The same key again is the same mail, whatever has happened since; for somebody else it is a clash. */
async function replay(
  tx: Tx,
  { contactId, campaignId }: { readonly contactId: string; readonly campaignId?: string | undefined },
  { key }: Words,
): Promise<WriteOutcome | undefined> {
  const known = await submissionOfKey(tx, key)
  if (known === undefined) return undefined
  if (known.contactId !== contactId || known.campaignId !== campaignId)
    return { ok: false, reason: { code: 'key_reused' } }
  const conversation = await lockConversation(tx, { contactId, campaignId })
  const conversationId = conversation?.id ?? ''
  return { ok: true, submissionId: known.id, conversationId, replayed: true }
}

async function put(
  parts: WritingParts,
  tx: Tx,
  mail: Words & {
    contactId: string
    campaignId: string | undefined
    subject: string
    parent: { id: string; threadId: string } | undefined
  },
): Promise<WriteOutcome> {
  const contact = await contactById(tx, mail.contactId)
  if (contact === undefined) return { ok: false, reason: { code: 'contact_unknown' } }
  if (contact.address === '') return { ok: false, reason: { code: 'contact_without_address' } }
  const outcome = await parts.enqueue(tx, [
    {
      key: mail.key,
      mailboxId: mail.mailboxId,
      kind: 'direct',
      contactId: contact.id,
      toAddress: contact.address,
      toName: contact.name,
      ...(mail.campaignId === undefined ? {} : { campaignId: mail.campaignId }),
      ...(mail.parent === undefined
        ? {}
        : { threadId: mail.parent.threadId, answersMessageId: mail.parent.id }),
      subject: mail.subject,
      text: mail.text,
      authorId: mail.authorId,
    },
  ])
  if (!outcome.ok) return outcome
  const [made] = outcome.enqueued
  if (made === undefined) return { ok: false, reason: { code: 'not_queued' } }
  const { submissionId } = made
  const { conversationId } = await note(parts, tx, {
    workspaceId: mail.workspaceId,
    contactId: contact.id,
    campaignId: mail.campaignId,
    mailboxId: mail.mailboxId,
    direction: 'out',
    kind: 'direct',
    subject: mail.subject,
    text: mail.text,
    at: await databaseNow(tx),
    personId: mail.authorId,
    answeredByHand: false,
    repliedLater: false,
    queued: { submissionId },
  })
  return { ok: true, submissionId, conversationId, replayed: false }
}

/** Direct mails are written by a person: the text is as it was typed, and still true unless the address is barred. */
export const directAuthor: MailAuthor = {
  render: async (_tx, submission) => {
    if (submission.kind !== 'direct') return undefined
    return { ok: true, rendered: { subject: submission.subject ?? '', text: submission.text ?? '' } }
  },
  stillTrue: async (tx, submission) => {
    if (submission.kind !== 'direct') return undefined
    const contact = await contactById(tx, submission.contactId)
    if (contact?.address === submission.toAddress && barring(contact.suppressed)) {
      return { verdict: 'suppress', reason: { code: 'suppressed', values: { why: contact.suppressed } } }
    }
    return { verdict: 'true' }
  },
}

// Whoever unsubscribed from campaign mail may still be answered by a person.
function barring(suppressed: string | undefined): suppressed is 'bounce' | 'complaint' {
  return suppressed === 'bounce' || suppressed === 'complaint'
}

/**
 * Writing to one influencer: an answer in a conversation, or a new one-to-one mail. Both become `direct` submissions,
 * idempotent by key; an answer over somebody else's is refused until the writer has seen it.
 */
import { contactById } from '../contacts/index.ts'
import { databaseNow } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { Enqueue, EnqueueRefusal, MailAuthor, Reason } from '../sending/index.ts'
import { baseSubject } from '../mail/index.ts'
import type { ConversationRow } from './store-conversation.ts'
import { snippetOf } from './follow.ts'
import { lockConversation, notAnswering, touchConversation } from './store-conversation.ts'
import { lastAuthor } from './store-waiting.ts'
import { lastReceived } from './store-message.ts'

export interface Words {
  readonly key: string
  readonly mailboxId: string
  readonly subject?: string | undefined
  readonly text: string
  readonly authorId: string
}

export interface WritingParts {
  readonly enqueue: Enqueue
  readonly ids: Ids
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
    | 'not_queued'
}

/** Answers the newest message of the other side, in its thread, from the given mailbox. */
export async function answer(
  { enqueue, ids }: WritingParts,
  tx: Tx,
  conversation: ConversationRow,
  words: Words & { readonly version?: number | undefined },
): Promise<WriteOutcome> {
  const locked = await lockConversation(tx, conversation.id)
  if (words.version !== undefined && locked !== undefined && locked.version > words.version) {
    return {
      ok: false,
      reason: { code: 'answered_meanwhile', values: { by: await fasterOne(tx, conversation) } },
    }
  }
  const { contactId, campaignId } = conversation
  const parent = await lastReceived(tx, contactId, campaignId, words.mailboxId)
  await notAnswering(tx, conversation.id, words.authorId)
  return await put({ enqueue, ids }, tx, {
    ...words,
    contactId,
    campaignId,
    subject: parent === undefined ? (words.subject ?? conversation.subject) : baseSubject(parent.subject),
    parent,
  })
}

/** A new mail outside any thread. */
export async function writeTo(
  { enqueue, ids }: WritingParts,
  tx: Tx,
  words: Words & { readonly contactId: string; readonly campaignId: string | undefined },
): Promise<WriteOutcome> {
  return await put({ enqueue, ids }, tx, { ...words, subject: words.subject ?? '', parent: undefined })
}

async function put(
  { enqueue, ids }: WritingParts,
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
  const outcome = await enqueue(tx, [
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
  const conversationId = await touchConversation(tx, {
    id: ids.uuid(),
    contactId: contact.id,
    campaignId: mail.campaignId,
    subject: mail.subject,
    snippet: snippetOf(mail.text),
    direction: 'out',
    teamState: 'waiting',
    at: await databaseNow(tx),
  })
  return { ok: true, submissionId: made.submissionId, conversationId, replayed: made.replayed }
}

async function fasterOne(tx: Tx, conversation: ConversationRow): Promise<string> {
  const { contactId, campaignId, contactName, lastDirection } = conversation
  if (lastDirection === 'in') return contactName
  return (await lastAuthor(tx, contactId, campaignId)) ?? ''
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

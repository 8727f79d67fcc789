/**
 * Writing to one influencer: an answer in a conversation, or a new one-to-one mail. Both become `direct` submissions,
 * idempotent by key; an answer over somebody else's is refused until the writer has seen it.
 *
 * 1. A key that is known is the mail that it made, before anything else is asked; of two with one key, one is second.
 * 2. The conversation is locked, so that of two who answer at once one is second. What was said since the version on the
 *    writer's screen stops them.
 * 3. Recipients, files and layout are checked; nothing has been written yet.
 * 4. Submission, letter, links and the conversation's turn, and the draft is gone: one transaction.
 */
import { isDeepStrictEqual } from 'node:util'
import { contactById } from '../contacts/index.ts'
import { insertLinks } from '../correspondence/index.ts'
import { addressKey, baseSubject } from '../mail/index.ts'
import type { Mailbox } from '../mailboxes/index.ts'
import { databaseNow, instantText } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { expectedOf } from '../sending/index.ts'
import type { Enqueue, EnqueueRefusal, Reason, SubmissionState } from '../sending/index.ts'
import type { CopyRefusal } from './address-book.ts'
import { checkedCopies } from './address-book.ts'
import type { FollowParts } from './follow.ts'
import { note } from './follow.ts'
import type { LetterParts, LetterRefusal } from './letter.ts'
import { prepareLetter } from './letter.ts'
import type { ConversationRow } from './store-conversation.ts'
import { lockConversation } from './store-conversation.ts'
import type { DraftWords } from './store-draft.ts'
import { deleteDraft } from './store-draft.ts'
import { insertLetter, letterOf } from './store-letter.ts'
import { addressesIn, lastReceived, lastReplier } from './store-message.ts'
import { notAnswering } from './store-presence.ts'
import { saidSince } from './store-turn.ts'
import { lockKey, submissionOfKey } from './store-waiting.ts'

/** Time in which whoever sent a mail can take it back before anything leaves. */
const secondThoughts = { seconds: 10 }

export interface WritingParts extends FollowParts, LetterParts {
  readonly enqueue: Enqueue
}

export interface Wish {
  readonly key: string
  readonly mailbox: Mailbox
  readonly words: DraftWords
  /** Who presses send. */
  readonly by: string
  /** Whose words they are, when somebody else wrote them. */
  readonly authorId?: string | undefined
  readonly draftId?: string | undefined
  /** Not before this; `undo` is ten seconds from now. */
  readonly leave?: Temporal.Instant | 'undo' | undefined
}

export type WriteRefusal =
  | CopyRefusal
  | LetterRefusal
  | (Omit<Reason, 'code'> & {
      readonly code:
        | EnqueueRefusal['code']
        | 'answered_meanwhile'
        | 'contact_unknown'
        | 'contact_without_address'
        | 'key_reused'
        | 'not_in_thread'
        | 'not_queued'
    })

export type WriteOutcome =
  | {
      readonly ok: true
      readonly submissionId: string
      readonly conversationId: string
      /** The key was known: what has become of the mail that it made. */
      readonly known?: KnownMail
    }
  | { readonly ok: false; readonly reason: WriteRefusal }

export interface KnownMail {
  readonly state: SubmissionState
  /** When it leaves, or when its provider took it, in UTC; unknown of one that does neither. */
  readonly at: string | undefined
}

interface Place {
  readonly contactId: string
  readonly campaignId?: string | undefined
}

/** Answers the newest message of the other side; in its thread when the mailbox is the one it came to. */
export async function answer(
  parts: WritingParts,
  tx: Tx,
  conversation: ConversationRow,
  wish: Wish & { readonly version?: number | undefined },
): Promise<WriteOutcome> {
  const { id, contactId, campaignId, contactName } = conversation
  await lockConversation(tx, { contactId, campaignId })
  const { version, by } = wish
  const meanwhile = version === undefined ? undefined : await saidSince(tx, id, { version, personId: by })
  if (meanwhile !== undefined) {
    const name = meanwhile.kind === 'heard' ? contactName : (meanwhile.by ?? '')
    return refused({ code: 'answered_meanwhile', values: { by: name, what: meanwhile.kind } })
  }
  const to = wish.words.to ?? (await lastReplier(tx, { contactId, campaignId }))
  const parent = await lastReceived(tx, { contactId, campaignId, mailboxId: wish.mailbox.id })
  await notAnswering(tx, id, by)
  const subject =
    parent === undefined ? wish.words.subject || conversation.subject : baseSubject(parent.subject)
  return await put(parts, tx, {
    ...wish,
    words: { ...wish.words, to },
    contactId,
    campaignId,
    subject,
    parent,
  })
}

/** A new mail outside any thread. */
export async function writeTo(
  parts: WritingParts,
  tx: Tx,
  place: { readonly contactId: string; readonly campaignId: string | undefined },
  wish: Wish,
): Promise<WriteOutcome> {
  return await put(parts, tx, { ...wish, ...place, subject: wish.words.subject, parent: undefined })
}

/** What was typed, as far as it says whether two who use one key mean one mail; an answer has its subject from its thread. */
export type Typed = Pick<DraftWords, 'cc' | 'text' | 'html' | 'files'> & { readonly subject?: string }

/**
 * The mail that the key made, whatever has happened since, its draft gone or its time past, and whatever time is asked for
 * now; to somebody else or with other words it is a clash, so that none get lost. Undefined for a new key, which is this
 * transaction's until it ends.
 */
export async function writtenBefore(
  tx: Tx,
  { contactId, campaignId }: Place,
  { key, typed }: { readonly key: string; readonly typed: Typed },
): Promise<WriteOutcome | undefined> {
  await lockKey(tx, key)
  const known = await submissionOfKey(tx, key)
  if (known === undefined) return undefined
  const letter = await letterOf(tx, known.id)
  const same =
    known.contactId === contactId &&
    known.campaignId === campaignId &&
    (letter === undefined || means(letter.typed, typed))
  if (!same) return refused({ code: 'key_reused' })
  const conversation = await lockConversation(tx, { contactId, campaignId })
  const leaves = (await expectedOf(tx, [known.id])).get(known.id)?.at
  const at = leaves === undefined ? known.acceptedAt?.toString() : instantText(leaves)
  return {
    ok: true,
    submissionId: known.id,
    conversationId: conversation?.id ?? '',
    known: { state: known.state, at },
  }
}

// the page takes sender and recipient from what it shows at the moment, which may have changed since the first time
function means(known: DraftWords, { cc, subject, text, html, files }: Typed): boolean {
  return isDeepStrictEqual(
    [known.cc, known.subject, known.text, known.html, known.files],
    [cc, subject ?? known.subject, text, html, files],
  )
}

async function put(
  parts: WritingParts,
  tx: Tx,
  mail: Wish & {
    readonly contactId: string
    readonly campaignId: string | undefined
    readonly subject: string
    readonly parent: { readonly id: string; readonly threadId?: string } | undefined
  },
): Promise<WriteOutcome> {
  const { words, mailbox, campaignId, parent, subject } = mail
  const contact = await contactById(tx, mail.contactId)
  if (contact === undefined) return refused({ code: 'contact_unknown' })
  const to = words.to ?? contact.address
  if (to === '') return refused({ code: 'contact_without_address' })
  const onFile = [contact.address, ...contact.otherAddresses].some(
    (one) => addressKey(one) === addressKey(to),
  )
  const named = onFile ? undefined : await inThread(tx, mail, to)
  if (!onFile && named === undefined) return refused({ code: 'not_in_thread' })
  const cc = await checkedCopies(tx, mailbox, to, words.cc)
  if ('code' in cc) return refused(cc)
  const now = await databaseNow(tx)
  const { language } = contact
  const letter = await prepareLetter(parts, tx, { words, mailbox, language, by: mail.by, now })
  if ('code' in letter) return refused(letter)
  const authorId = mail.authorId ?? mail.by
  const notBefore = mail.leave === 'undo' ? now.add(secondThoughts) : mail.leave
  const outcome = await parts.enqueue(tx, [
    {
      key: mail.key,
      mailboxId: mailbox.id,
      kind: 'direct',
      contactId: contact.id,
      toAddress: to,
      toName: named ?? contact.name,
      ...(campaignId === undefined ? {} : { campaignId }),
      ...(parent === undefined ? {} : { answersMessageId: parent.id }),
      ...(parent?.threadId === undefined ? {} : { threadId: parent.threadId }),
      ...(notBefore === undefined ? {} : { notBefore }),
      subject,
      text: letter.text,
      authorId,
    },
  ])
  if (!outcome.ok) return outcome
  const [made] = outcome.enqueued
  if (made === undefined) return refused({ code: 'not_queued' })
  const { submissionId } = made
  const { html, files, links, text } = letter
  await insertLetter(tx, {
    submissionId,
    html,
    cc,
    typed: { ...words, mailboxId: mailbox.id, subject },
    files,
  })
  await insertLinks(
    tx,
    links.map((link) => ({ ...link, submissionId })),
  )
  if (mail.draftId !== undefined) await deleteDraft(tx, mail.draftId)
  const { conversationId } = await note(parts, tx, {
    workspaceId: mailbox.workspaceId,
    contactId: contact.id,
    campaignId,
    mailboxId: mailbox.id,
    direction: 'out',
    kind: 'direct',
    subject,
    text,
    at: now,
    personId: mail.by,
    answeredByHand: false,
    repliedLater: false,
    queued: { submissionId },
  })
  return { ok: true, submissionId, conversationId }
}

/** Name of somebody who took part in the conversation with this address; undefined when nobody did. */
async function inThread(tx: Tx, place: Place, address: string): Promise<string | undefined> {
  const { contactId, campaignId } = place
  return (await addressesIn(tx, { contactId, campaignId })).get(addressKey(address))
}

function refused(reason: WriteRefusal): { readonly ok: false; readonly reason: WriteRefusal } {
  return { ok: false, reason }
}

/** A person answers a mail in their mailbox, as a mail program would: to Reply-To or From, with In-Reply-To, References and a quotation. */
import { type NamedAddress, addressKey } from '../mime/addresses.ts'
import { type Attachment, compose } from '../mime/compose.ts'
import { type Description, describe } from '../mime/describe.ts'
import { parseParts, readableText } from '../mime/parts.ts'
import { answerSubject } from '../mime/subject.ts'
import type { Account } from '../store/accounts.ts'
import { messageAt, rawOf } from '../store/mailboxes.ts'
import type { Store } from '../store/store.ts'
import type { Client } from './people.ts'
import { quoteUnder } from './quote.ts'

export interface Answer {
  /** The mailbox that holds the mail to answer, and the id of that mail there. */
  readonly mailbox: Account
  readonly messageId: string
  /** Who the answer comes from: the owner of the mailbox, or somebody else in their place. */
  readonly from: NamedAddress
  readonly text: string
  readonly html?: string | undefined
  readonly changedSubject?: string | undefined
  readonly quote: boolean
  /** `full` as RFC 5322 §3.6.4 says, `in-reply-to` alone, `references` alone, or `none`. */
  readonly references: 'full' | 'in-reply-to' | 'references' | 'none'
  readonly autoReply: boolean
  readonly attachments: readonly Attachment[]
  readonly client: Client
  readonly language: string
}

/** The bytes of the answer, dated `now`, and whom it goes to; undefined when there is nothing to answer. */
export async function composeAnswer(
  store: Store,
  now: number,
  answer: Answer,
): Promise<{ readonly raw: Buffer; readonly to: NamedAddress } | undefined> {
  const message = messageAt(store, answer.mailbox.key, answer.messageId)
  const originalRaw = rawOf(store, answer.mailbox.key, answer.messageId)
  if (message === undefined || originalRaw === undefined) return undefined
  const original = describe(originalRaw)
  const to = answerGoesTo(original, answer.mailbox.key)
  if (to === undefined) return undefined
  const quoted = answer.quote
    ? quoteUnder(
        answer.text,
        {
          from: original.from[0] ?? to,
          to: original.to,
          subject: original.subject,
          text: readableText(parseParts(originalRaw)),
          atMs: message.internalDate,
        },
        answer.client,
        answer.language,
      )
    : { text: answer.text, html: undefined }
  const chain = original.references.length > 0 ? original.references : original.inReplyTo.slice(0, 1)
  const linked = original.messageId !== ''
  const raw = await compose({
    from: answer.from,
    to: [to],
    subject: answer.changedSubject ?? subjectOf(answer, original.subject),
    text: quoted.text,
    html: answer.html ?? quoted.html,
    messageId: `<${answerId(store, now)}@mail.practice.example>`,
    dateMs: now,
    inReplyTo:
      linked && (answer.references === 'full' || answer.references === 'in-reply-to')
        ? original.messageId
        : undefined,
    references:
      linked && (answer.references === 'full' || answer.references === 'references')
        ? [...chain, original.messageId]
        : undefined,
    headers: answer.autoReply ? { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' } : {},
    attachments: answer.attachments,
  })
  return { raw, to }
}

/** Reply-To, else From; whoever answers a mail of their own follows up with its recipient. */
function answerGoesTo(original: Description, ownKey: string): NamedAddress | undefined {
  const [from] = original.from
  const own = from !== undefined && addressKey(from.address) === ownKey
  return own ? original.to[0] : (original.replyTo[0] ?? from)
}

function subjectOf(answer: Answer, subject: string): string {
  if (!answer.autoReply) return answerSubject(subject, answer.language)
  return `${answer.language === 'de' ? 'Automatische Antwort' : 'Automatic reply'}: ${subject}`
}

function answerId(store: Store, now: number): string {
  return `${now.toString(36)}.${store.next('answer').toString(36)}.answer`
}

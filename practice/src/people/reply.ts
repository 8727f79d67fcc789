/** A person answers a mail in their mailbox, as a mail program would: to Reply-To or From, with In-Reply-To, References and a quotation. */
import { type NamedAddress, addressKey } from '../mime/addresses.ts'
import { type Attachment, compose } from '../mime/compose.ts'
import { type Description, describe } from '../mime/describe.ts'
import { bodyText, parseParts, readableText } from '../mime/parts.ts'
import { answerSubject } from '../mime/subject.ts'
import type { Account } from '../store/accounts.ts'
import { messageAt, rawOf } from '../store/mailboxes.ts'
import type { Store } from '../store/store.ts'
import { autoReplyOf } from './auto-reply.ts'
import { type Client, answerPrefix, writtenWith } from './clients/client.ts'

export interface Answer {
  /** The mailbox that holds the mail to answer, and the id of that mail there. */
  readonly mailbox: Account
  readonly messageId: string
  /** Who the answer comes from: the owner of the mailbox, or somebody else in their place. */
  readonly from: NamedAddress
  readonly text: string
  readonly html?: string | undefined
  readonly signature?: string | undefined
  readonly changedSubject?: string | undefined
  readonly quote: boolean
  /** `full` as RFC 5322 §3.6.4 says, `in-reply-to` alone, `references` alone, or `none`. */
  readonly references: 'full' | 'in-reply-to' | 'references' | 'none'
  readonly autoReply: boolean
  readonly attachments: readonly Attachment[]
  /** Content-ID of an attachment that stands inside the letter. */
  readonly picture?: string | undefined
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
  const parts = parseParts(originalRaw)
  const written = writtenWith(answer.client, {
    text: answer.text,
    signature: answer.signature ?? '',
    language: answer.language,
    picture: answer.picture,
    original: answer.quote
      ? {
          from: original.from[0] ?? to,
          to: original.to,
          subject: original.subject,
          text: readableText(parts),
          html: bodyText(parts, 'text/html'),
          messageId: original.messageId,
          atMs: message.internalDate,
        }
      : undefined,
  })
  const automatic = answer.autoReply
    ? autoReplyOf(answer.client, answer.language, original.subject, answer.from.address)
    : undefined
  const prefix = answerPrefix(answer.client, answer.language)
  const raw = await compose({
    from: answer.from,
    to: [to],
    subject: answer.changedSubject ?? automatic?.subject ?? answerSubject(original.subject, prefix),
    text: automatic === undefined ? written.text : answer.text,
    html: answer.html ?? (isRich(answer) ? written.html : undefined),
    messageId: `<${answerId(store, now)}@mail.practice.example>`,
    dateMs: now,
    ...threading(answer.references, original),
    headers: automatic?.headers ?? written.headers,
    attachments: answer.attachments,
  })
  return { raw, to }
}

/** A letter without quotation, signature or picture goes out as plain text, and so does what no person wrote. */
function isRich({ quote, signature, picture, autoReply }: Answer): boolean {
  return !autoReply && (quote || (signature ?? '') !== '' || picture !== undefined)
}

function threading(
  wanted: Answer['references'],
  original: Description,
): { readonly inReplyTo?: string; readonly references?: readonly string[] } {
  if (original.messageId === '') return {}
  const chain = original.references.length > 0 ? original.references : original.inReplyTo.slice(0, 1)
  return {
    ...(wanted === 'full' || wanted === 'in-reply-to' ? { inReplyTo: original.messageId } : {}),
    ...(wanted === 'full' || wanted === 'references' ? { references: [...chain, original.messageId] } : {}),
  }
}

/** Reply-To, else From; whoever answers a mail of their own follows up with its recipient. */
function answerGoesTo(original: Description, ownKey: string): NamedAddress | undefined {
  const [from] = original.from
  const own = from !== undefined && addressKey(from.address) === ownKey
  return own ? original.to[0] : (original.replyTo[0] ?? from)
}

function answerId(store: Store, now: number): string {
  return `${now.toString(36)}.${store.next('answer').toString(36)}.answer`
}

/** What a mailbox notes of a message when it files it: ids, subject, people, the first words. */
import { type NamedAddress, parseAddresses } from './addresses.ts'
import { decodeWords } from './encoded-words.ts'
import { headerValue, messageIds } from './headers.ts'
import { parseParts, snippetOf } from './parts.ts'

export interface Description {
  readonly messageId: string
  readonly inReplyTo: readonly string[]
  readonly references: readonly string[]
  readonly subject: string
  readonly from: readonly NamedAddress[]
  readonly to: readonly NamedAddress[]
  readonly cc: readonly NamedAddress[]
  readonly bcc: readonly NamedAddress[]
  readonly replyTo: readonly NamedAddress[]
  readonly snippet: string
}

export function describe(raw: Buffer): Description {
  const root = parseParts(raw)
  const value = (name: string): string | undefined => headerValue(root.headers, name)
  return {
    messageId: messageIds(value('message-id'))[0] ?? '',
    inReplyTo: messageIds(value('in-reply-to')),
    references: messageIds(value('references')),
    subject: decodeWords(value('subject') ?? ''),
    from: parseAddresses(value('from')),
    to: parseAddresses(value('to')),
    cc: parseAddresses(value('cc')),
    bcc: parseAddresses(value('bcc')),
    replyTo: parseAddresses(value('reply-to')),
    snippet: snippetOf(root),
  }
}

/**
 * Builds the bytes of a message that somebody of the practice world writes. Boundary, date and Message-ID are given, so
 * that the same letter always has the same bytes; files and URLs are never opened.
 */
import MailComposer from 'nodemailer/lib/mail-composer'
import { mailDate } from '../clock.ts'
import { type NamedAddress, formatAddress } from './addresses.ts'

export interface Attachment {
  readonly filename: string
  readonly contentType: string
  readonly content: Buffer
  /** Stands inside the letter, at `cid:` and this id (RFC 2392). */
  readonly contentId?: string | undefined
}

export interface Letter {
  readonly from: NamedAddress
  readonly to: readonly NamedAddress[]
  readonly subject: string
  readonly text: string
  readonly html?: string | undefined
  readonly messageId: string
  readonly dateMs: number
  readonly inReplyTo?: string | undefined
  readonly references?: readonly string[] | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly attachments?: readonly Attachment[] | undefined
}

export async function compose(letter: Letter): Promise<Buffer> {
  const composer = new MailComposer({
    from: formatAddress(letter.from).replaceAll('\r\n', ''),
    to: letter.to.map((each) => ({ name: each.name, address: each.address })),
    subject: letter.subject,
    text: letter.text,
    html: letter.html,
    messageId: letter.messageId,
    date: mailDate(letter.dateMs),
    inReplyTo: letter.inReplyTo,
    references: letter.references === undefined ? undefined : [...letter.references],
    headers: { ...letter.headers },
    attachments: letter.attachments?.map(({ contentId, ...each }) => ({
      ...each,
      ...(contentId === undefined ? {} : { cid: contentId, contentDisposition: 'inline' as const }),
    })),
    baseBoundary: letter.messageId.replaceAll(/\W/g, '').slice(0, 24),
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}

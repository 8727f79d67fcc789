/**
 * Fixes the bytes of one mail: the rendered text, the mailbox's name and signature, and the thread headers.
 *
 * References begin with the thread's synthetic root, then this mail's own token, then its ancestors: clients copy
 * References into their answers, so that a token comes back even where the provider replaced our Message-ID.
 */
import type { Parent } from '../correspondence/index.ts'
import {
  compose,
  newMessageId,
  newToken,
  parseMessageIds,
  referencesFor,
  replySubject,
  textToHtml,
} from '../mail/index.ts'
import type { MessageId } from '../mail/index.ts'
import type { HeldBlob } from '../platform/blob/index.ts'
import type { OutgoingFile, Rendered } from './ports.ts'
import type { MailboxSettings } from './store-schedule.ts'
import type { LeasedSubmission } from './store-submission.ts'

export interface Written {
  readonly raw: Uint8Array
  readonly token: string
  readonly messageId: MessageId
  readonly references: readonly MessageId[]
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** A file with its bytes. */
export type WrittenFile = OutgoingFile & HeldBlob

export interface WriteInput {
  readonly submission: LeasedSubmission
  readonly mailbox: MailboxSettings
  readonly rendered: Rendered
  readonly files: readonly WrittenFile[]
  /** Token of the thread that this mail continues; absent when it begins one. */
  readonly threadToken: string | undefined
  readonly parent: Parent | undefined
}

/**
 * The message as bytes, the same for the same input.
 * @throws ComposeError (as a rejection) when a header would carry what it must not
 */
export async function write({
  submission,
  mailbox,
  rendered,
  files,
  threadToken,
  parent,
}: WriteInput): Promise<Written> {
  const domain = mailbox.address.slice(mailbox.address.lastIndexOf('@') + 1).toLowerCase()
  const token = submission.id.replaceAll('-', '')
  const own = newToken(token, domain)
  const root = threadToken === undefined ? own : newToken(threadToken, domain)
  const messageId = newMessageId(`k.${token}.${submission.tries + 1}`, domain)
  const chain = referencesFor({
    parentReferences: parent === undefined ? [] : parseMessageIds(parent.references.map(bracketed).join(' ')),
    parentInReplyTo: parent?.inReplyTo === undefined ? [] : parseMessageIds(bracketed(parent.inReplyTo)),
    parentId: parent?.messageId === undefined ? undefined : parseMessageIds(bracketed(parent.messageId))[0],
    token: root,
  })
  const references = root === own || chain.includes(own) ? chain : [root, own, ...chain.slice(1)]
  const inReplyTo =
    parent?.messageId === undefined ? undefined : parseMessageIds(bracketed(parent.messageId))[0]
  const subject = parent === undefined ? rendered.subject : replySubject(rendered.subject)
  const text = withSignature(rendered.text, mailbox.signature)
  const html = `${rendered.html ?? textToHtml(rendered.text)}${signatureHtml(mailbox)}`
  const raw = await compose({
    from: { address: mailbox.address, name: mailbox.displayName },
    to: [{ address: submission.toAddress, name: submission.toName }],
    cc: (rendered.cc ?? []).map((address) => ({ address, name: '' })),
    subject,
    text,
    html,
    attachments: files,
    messageId,
    inReplyTo,
    references,
    date: submission.lockedAt,
    boundarySeed: `k${token}`,
    ...(rendered.unsubscribeUrl?.startsWith('https:') === true
      ? { headers: { listUnsubscribe: { https: rendered.unsubscribeUrl, oneClick: true } } }
      : {}),
  })
  return { raw, token, messageId, references, subject, text, html }
}

function bracketed(id: string): string {
  return `<${id}>`
}

// "-- " with its trailing space is how clients recognise a signature (RFC 3676 §4.3)
function withSignature(text: string, signature: string): string {
  return signature === '' ? text : `${text.trimEnd()}\n\n-- \n${signature}\n`
}

function signatureHtml({
  signature,
  signatureHtml: layout,
}: Pick<MailboxSettings, 'signature' | 'signatureHtml'>): string {
  if (signature === '') return ''
  const html = layout === '' ? textToHtml(signature) : layout
  return `<div style="color:#5B6066">--&nbsp;<br>${html}</div>`
}

/**
 * Takes one captured message apart: what it is, what it says, what may be shown. Runs in a worker thread with limits of
 * time and memory, because the bytes come from outside; knows no database and no clock.
 */
import { classify, defaultLimits, messageReply, parseMessage, sanitizeMailHtml } from '../mail/index.ts'

export interface ReadAttachment {
  readonly filename: string
  readonly contentType: string
  readonly contentId?: string
  readonly content: Uint8Array
}

export interface ReadMessage {
  readonly kind: 'reply' | 'auto-reply' | 'bounce' | 'complaint' | 'other'
  readonly kindEvidence: readonly string[]
  readonly bounce?: {
    readonly recipients: readonly { address: string; permanent: boolean; status: string }[]
  }
  readonly messageId?: string
  readonly inReplyTo: readonly string[]
  readonly references: readonly string[]
  readonly fromName: string
  readonly fromAddress: string
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly quoted: string
  readonly html?: string
  readonly remoteImages: number
  readonly attachments: readonly ReadAttachment[]
  readonly notes: readonly string[]
}

/** Parses, classifies, cuts and sanitises. Resolves also for broken messages. */
export async function readMessage(raw: Uint8Array): Promise<ReadMessage> {
  const parsed = await parseMessage(raw, defaultLimits)
  const found = classify(parsed)
  const reply = messageReply(parsed)
  const safe = parsed.html === undefined ? undefined : sanitizeMailHtml(parsed.html)
  return {
    kind: found.kind,
    kindEvidence: found.evidence,
    ...(found.kind === 'bounce'
      ? {
          bounce: {
            recipients: found.bounce.recipients.map(({ address, permanent, status }) => ({
              address,
              permanent,
              status,
            })),
          },
        }
      : {}),
    ...(parsed.messageId === undefined ? {} : { messageId: parsed.messageId }),
    inReplyTo: parsed.inReplyTo,
    references: parsed.references,
    fromName: parsed.from?.name ?? '',
    fromAddress: parsed.from?.address ?? '',
    to: parsed.to.map((one) => one.address),
    subject: parsed.subject,
    text: reply.signature === undefined ? reply.visible : `${reply.visible}\n\n${reply.signature}`,
    quoted: reply.quoted,
    ...(safe === undefined ? {} : { html: safe.html }),
    remoteImages: safe?.remoteImages ?? 0,
    attachments: parsed.attachments.map((file) => ({
      filename: file.filename ?? '',
      contentType: file.contentType,
      ...(file.contentId === undefined ? {} : { contentId: file.contentId }),
      content: file.content,
    })),
    notes: [...parsed.overLimit, ...parsed.problems],
  }
}

/**
 * Handing a raw message to Gmail: as JSON while it is small, as an upload above that, and outside its thread when
 * Gmail does not take it there (which it says before accepting anything).
 */
import type { Accepted, Outcome } from '../../mailboxes/provider.ts'
import { failed, succeeded } from '../shared/outcome.ts'
import type { GmailClient } from './client.ts'
import { SentAnswer } from './translate.ts'

/** 35 MiB, the limit of an upload (gmail.v1, users.messages.send). */
export const maxRawBytes = 36_700_160
// a JSON body may have about 5 MB, and base64 makes 4 bytes of 3
const maxJsonRawBytes = 3_500_000

/** One submission. @returns `unknown_outcome` whenever it may have been accepted without us knowing. */
export async function sendRaw(
  gmail: GmailClient,
  raw: Uint8Array,
  threadId: string | undefined,
  signal: AbortSignal,
): Promise<Outcome<Accepted>> {
  if (raw.byteLength > maxRawBytes) {
    const diagnostic = `${raw.byteLength} bytes, at most ${maxRawBytes}`
    return failed({ kind: 'rejected', why: 'too_large', permanent: true, diagnostic })
  }
  const sent = await gmail(submission(raw, threadId), signal)
  if (!sent.ok && sent.failure.kind === 'not_found') {
    if (threadId !== undefined) return sendRaw(gmail, raw, undefined, signal)
    return failed({ kind: 'our_config', diagnostic: sent.failure.diagnostic })
  }
  if (!sent.ok) return sent
  const { id, threadId: thread } = sent.value
  return succeeded({
    ...(id === undefined ? {} : { providerMessageId: id }),
    ...(thread === undefined ? {} : { providerThreadId: thread }),
  })
}

function submission(
  raw: Uint8Array,
  threadId: string | undefined,
): Parameters<GmailClient>[0] & {
  readonly answer: typeof SentAnswer
} {
  const thread = threadId === undefined ? {} : { threadId }
  const rest = { fields: 'id,threadId', answer: SentAnswer, asked: 'submission' } as const
  const path = '/gmail/v1/users/me/messages/send'
  if (raw.byteLength <= maxJsonRawBytes) {
    const body = JSON.stringify({ ...thread, raw: Buffer.from(raw).toString('base64url') })
    return { ...rest, path, body: { type: 'application/json', bytes: body } }
  }
  const boundary = boundaryFor(raw)
  const bytes = [
    Buffer.from(
      `--${boundary}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n${JSON.stringify(thread)}\r\n` +
        `--${boundary}\r\nContent-Type: message/rfc822\r\n\r\n`,
    ),
    raw,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]
  return {
    ...rest,
    path: `/upload${path}`,
    query: [['uploadType', 'multipart']],
    body: { type: `multipart/related; boundary=${boundary}`, bytes },
  }
}

// RFC 2046 §5.1.1: a boundary must not occur in what it encloses
function boundaryFor(raw: Uint8Array): string {
  const message = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  for (let n = 0; ; n++) {
    const boundary = `kontor-upload-${n}`
    if (!message.includes(`--${boundary}`)) return boundary
  }
}

/**
 * Handing a raw message to Graph: always `sendMail` with the whole MIME in base64, because its JSON form and its reply
 * calls write headers of their own. Graph answers 202 with nothing, so the ids are learnt from Sent later.
 */
import type { Accepted, Outcome } from '../../mailboxes/provider.ts'
import { failed, succeeded } from '../shared/outcome.ts'
import type { GraphClient } from './client.ts'

/** One request may have 4 MB, and base64 makes 4 bytes of 3. About 2.2 MB of files, which the MIME holds in base64 too. */
export const maxRawBytes = 3_000_000

/** One submission. @returns `unknown_outcome` whenever it may have been accepted without us knowing. */
export async function sendRaw(
  graph: GraphClient,
  raw: Uint8Array,
  signal: AbortSignal,
): Promise<Outcome<Accepted>> {
  if (raw.byteLength > maxRawBytes) {
    const diagnostic = `${raw.byteLength} bytes, at most ${maxRawBytes}`
    return failed({ kind: 'rejected', why: 'too_large', permanent: true, diagnostic })
  }
  const body = { type: 'text/plain', bytes: Buffer.from(raw).toString('base64') }
  const read = (): Accepted => ({})
  const sent = await graph({ path: '/me/sendMail', asked: 'submission', read, body }, signal)
  if (!sent.ok && sent.failure.kind === 'not_found') {
    return failed({ kind: 'our_config', diagnostic: sent.failure.diagnostic })
  }
  return sent.ok ? succeeded(sent.value) : sent
}

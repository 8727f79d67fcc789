/** Sending: our bytes over SMTP, then the copy into Sent where the server does not file it by itself. */
import type { Accepted, Outcome } from '../../mailboxes/provider.ts'
import { deadline } from '../../platform/clock/index.ts'
import { failed, succeeded } from '../shared/outcome.ts'
import { smtpFailure, toldBy } from './errors.ts'
import { fileSent } from './read.ts'
import type { Secret } from './secret.ts'
import type { Ask } from './session.ts'
import type { Credentials } from './signing-in.ts'
import { signingIn } from './signing-in.ts'
import { NoLoginError, recipientsIn, submit, withSmtp } from './smtp.ts'

export interface SendParts {
  readonly ask: Ask
  readonly credentials: Credentials
  readonly productNow: () => Promise<Temporal.Instant>
}

const mostBytes = 25 * 1024 * 1024
const filingMs = 15_000

export async function sendRaw(
  parts: SendParts,
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<Outcome<Accepted>> {
  if (bytes.byteLength > mostBytes)
    return failed({
      kind: 'rejected',
      why: 'too_large',
      permanent: true,
      diagnostic: `${bytes.byteLength} bytes`,
    })
  const to = recipientsIn(bytes)
  if (to.length === 0)
    return failed({
      kind: 'rejected',
      why: 'recipient_invalid',
      permanent: true,
      diagnostic: 'nobody to send to',
    })
  let secret: Secret | undefined
  let begun = false
  const begin = () => {
    begun = true
  }
  try {
    const sent = await signingIn(parts.credentials, signal, (credential) => {
      secret = credential.secret
      const submission = { from: secret.address, to, raw: bytes }
      return withSmtp(credential.place, secret, signal, (connection) => submit(connection, submission, begin))
    })
    if (!sent.ok) return sent
    // whom it was written to does not get it, although a copy left for others: nobody may take it for sent
    const [first = ''] = to
    if (sent.value.includes(first))
      return failed({
        kind: 'rejected',
        why: 'recipient_invalid',
        permanent: true,
        diagnostic: `${first} was refused, the others were taken`,
      })
  } catch (error) {
    const told = toldBy(error)
    if (error instanceof NoLoginError) return failed({ kind: 'our_config', diagnostic: error.message })
    if (begun && told.status === 0)
      return failed({ kind: 'unknown_outcome', diagnostic: `${told.code} ${told.message}`.trim() })
    return failed(smtpFailure(told, await parts.productNow()))
  }
  return succeeded(secret === undefined ? {} : await filed(parts, secret, bytes))
}

/** The mail is accepted whatever becomes of its copy. */
async function filed({ ask }: SendParts, secret: Secret, bytes: Uint8Array): Promise<Accepted> {
  if (secret.imap === undefined) return {}
  const [, messageId = ''] = /^message-id:\s*<([^>\s]+)>/im.exec(Buffer.from(bytes).toString('latin1')) ?? []
  const copy = await ask(deadline(filingMs), async (client) =>
    succeeded(await fileSent(client, bytes, messageId)),
  )
  return copy.ok && copy.value !== undefined ? { providerMessageId: copy.value } : {}
}

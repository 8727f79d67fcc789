/**
 * Whether the public address leads to this very Kontor: its health page is asked through it with a text that nobody
 * knew before, and the answer proves that whoever answers holds our key. Another Kontor would say something else.
 */
import type { HttpClient } from '../platform/http-client/index.ts'
import { createHttpClient, HttpError } from '../platform/http-client/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { SecretBox } from '../platform/secret-box/index.ts'
import { leadsHereOnly } from '../platform/public-address/index.ts'
import { publicOrigin } from './settings.ts'

export type AddressVerdict =
  | 'reached'
  | 'reached_plainly'
  | 'no_origin'
  | 'only_here'
  | 'nobody_listens'
  | 'host_unknown'
  | 'certificate'
  | 'too_slow'
  | 'leads_elsewhere'
  | 'not_kontor'
  | 'other_kontor'

const patienceMs = 8000
const longestAnswer = 64 * 1024

/** What the health page answers to a question, so that only somebody with our key can have answered. */
export function healthProof(box: SecretBox, ask: string): string {
  return box.mac(ask, 'health')
}

/** Asks through the address that was typed, and through no other. */
export async function checkAddress(
  parts: { readonly ids: Ids; readonly box: SecretBox; readonly http?: HttpClient },
  typed: string,
): Promise<{ readonly verdict: AddressVerdict; readonly detail: string }> {
  const origin = publicOrigin(typed)
  if (origin === undefined) return { verdict: 'no_origin', detail: '' }
  if (leadsHereOnly(origin)) return { verdict: 'only_here', detail: '' }
  const http = parts.http ?? createHttpClient({ allowedOrigins: () => [origin], timeoutMs: patienceMs })
  const ask = parts.ids.token(18)
  try {
    const answer = await http.request({ url: `${origin}/health?ask=${ask}`, maxBytes: longestAnswer })
    const told = answerIn(answer.status === 200 ? answer.text() : '')
    if (told === undefined) return { verdict: 'not_kontor', detail: String(answer.status) }
    if (told !== healthProof(parts.box, ask)) return { verdict: 'other_kontor', detail: '' }
    return { verdict: origin.startsWith('https:') ? 'reached' : 'reached_plainly', detail: '' }
  } catch (error) {
    if (!(error instanceof HttpError)) throw error
    return { verdict: unreached(error), detail: '' }
  }
}

function answerIn(text: string): string | undefined {
  try {
    const { ok, answer } = JSON.parse(text) as Record<string, unknown>
    return ok === true && typeof answer === 'string' ? answer : undefined
  } catch {
    return undefined
  }
}

/** Why no page came. */
export function unreached(
  error: HttpError,
): 'too_slow' | 'host_unknown' | 'certificate' | 'leads_elsewhere' | 'nobody_listens' {
  const { code = '' } = (error.cause ?? {}) as { readonly code?: string }
  if (error.kind === 'timeout' || code === 'ETIMEDOUT') return 'too_slow'
  if (/ENOTFOUND|EAI_AGAIN/.test(code)) return 'host_unknown'
  if (/CERT|SIGNATURE|ISSUER|TLS|SSL/.test(code)) return 'certificate'
  return error.kind === 'refused' && error.mayHaveLeft ? 'leads_elsewhere' : 'nobody_listens'
}

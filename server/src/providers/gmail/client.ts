/**
 * One request to Gmail's HTTP interface: with an access token, compressed, and always with `fields=`, because an
 * answer without it may carry more of a message (its snippet) than was meant to be seen.
 *
 * A refused access token is renewed once and the request repeated once; a submission too, because a refusal at the
 * door means that nothing was accepted. No other retries.
 */
import { z } from 'zod'
import type { Endpoint } from '../../mailboxes/consent.ts'
import type { AccessTokens, Outcome } from '../../mailboxes/provider.ts'
import type { HttpAnswer, HttpClient } from '../../platform/http-client/index.ts'
import { uncompressed } from '../shared/compression.ts'
import { failed, succeeded, withoutAnswer } from '../shared/outcome.ts'
import type { Asked } from './errors.ts'
import { gmailFailure } from './errors.ts'

export interface GmailRequest<T> {
  /** Below the endpoint, for example `/gmail/v1/users/me/profile`; a whole URL for the sign-in's own pages. */
  readonly path: string
  readonly query?: readonly (readonly [string, string])[]
  /** Exactly what may be in the answer; undefined only where the page knows no `fields`. */
  readonly fields: string | undefined
  readonly answer: z.ZodType<T>
  readonly asked: Asked
  readonly body?: { readonly type: string; readonly bytes: string | Uint8Array }
}

export type GmailClient = <T>(request: GmailRequest<T>, signal: AbortSignal) => Promise<Outcome<T>>

export interface GmailClientOptions {
  readonly endpoint: Endpoint
  readonly http: HttpClient
  readonly tokens: AccessTokens
  /** Product time; asked only when the provider says to wait. */
  readonly now: () => Promise<Temporal.Instant>
}

/** Compressed wrongly, no JSON, or not the shape that was asked for. */
function isUnreadable(error: unknown): error is Error {
  if (error instanceof SyntaxError || error instanceof z.ZodError) return true
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
}

const questionMs = 30_000
const submissionMs = 120_000

/** The client of one mailbox. */
export function createGmailClient({ endpoint, http, tokens, now }: GmailClientOptions): GmailClient {
  return async (request, signal) => {
    const token = await tokens.current(signal)
    if (!token.ok) return token
    const first = await attempt(request, token.value, signal)
    if (!first.ok || first.value.status !== 401) return read(request, first)
    const fresh = await tokens.renewed(token.value, signal)
    if (!fresh.ok) return fresh
    return read(request, await attempt(request, fresh.value, signal))
  }

  async function attempt<T>(
    request: GmailRequest<T>,
    token: string,
    signal: AbortSignal,
  ): Promise<Outcome<HttpAnswer>> {
    const kind = request.asked === 'submission' ? 'submission' : 'question'
    try {
      const answer = await http.request({
        url: addressOf(request),
        method: request.body === undefined ? 'GET' : 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          'accept-encoding': 'gzip',
          // Google compresses only for a client that says so here as well
          'user-agent': 'Kontor (gzip)',
          ...(request.body === undefined ? {} : { 'content-type': request.body.type }),
        },
        ...(request.body === undefined ? {} : { body: request.body.bytes }),
        signal,
        timeoutMs: kind === 'submission' ? submissionMs : questionMs,
      })
      return succeeded(answer)
    } catch (error) {
      return failed(withoutAnswer(error, kind))
    }
  }

  async function read<T>(request: GmailRequest<T>, answered: Outcome<HttpAnswer>): Promise<Outcome<T>> {
    if (!answered.ok) return answered
    try {
      const answer = await uncompressed(answered.value)
      if (answer.status < 200 || answer.status > 299) {
        return failed(gmailFailure(answer, request.asked, await now()))
      }
      return succeeded(request.answer.parse(answer.text() === '' ? {} : answer.json()))
    } catch (error) {
      if (!isUnreadable(error)) throw error
      const diagnostic = `${answered.value.status} with an answer that cannot be read (${error.name})`
      return failed({ kind: request.asked === 'submission' ? 'unknown_outcome' : 'transient', diagnostic })
    }
  }

  function addressOf<T>(request: GmailRequest<T>): string {
    const url = request.path.startsWith('/')
      ? new URL(`${endpoint.apiUrl}${request.path}`)
      : new URL(request.path)
    for (const [name, value] of request.query ?? []) url.searchParams.append(name, value)
    if (request.fields !== undefined) url.searchParams.set('fields', request.fields)
    return url.href
  }
}

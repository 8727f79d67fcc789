/**
 * One request to Gmail's HTTP interface: always with `fields=`, because an answer without it may carry more of a
 * message (its snippet) than was meant to be seen.
 */
import type { z } from 'zod'
import type { OAuthEndpoint } from '../../mailboxes/consent.ts'
import type { AccessTokens, Outcome } from '../../mailboxes/provider.ts'
import type { HttpBody, HttpClient } from '../../platform/http-client/index.ts'
import { bearerClient } from '../shared/bearer.ts'
import { failed, succeeded } from '../shared/outcome.ts'
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
  readonly body?: { readonly type: string; readonly bytes: HttpBody }
}

export type GmailClient = <T>(request: GmailRequest<T>, signal: AbortSignal) => Promise<Outcome<T>>

export interface GmailClientOptions {
  readonly endpoint: OAuthEndpoint
  readonly http: HttpClient
  readonly tokens: AccessTokens
  /** Product time; asked only when the provider says to wait. */
  readonly now: () => Promise<Temporal.Instant>
}

/** The client of one mailbox. */
export function createGmailClient({ endpoint, http, tokens, now }: GmailClientOptions): GmailClient {
  const ask = bearerClient(http, tokens)
  return (request, signal) =>
    ask(
      {
        url: addressOf(endpoint, request),
        kind: request.asked === 'submission' ? 'submission' : 'question',
        // Google compresses only for a client that says so here as well
        headers: { 'user-agent': 'Kontor (gzip)' },
        ...(request.body === undefined ? {} : { body: request.body }),
      },
      async (answer) => {
        if (answer.status < 200 || answer.status > 299) {
          return failed(gmailFailure(answer, request.asked, await now()))
        }
        return succeeded(request.answer.parse(answer.text() === '' ? {} : answer.json()))
      },
      signal,
    )
}

function addressOf<T>(endpoint: OAuthEndpoint, request: GmailRequest<T>): string {
  const url = request.path.startsWith('/')
    ? new URL(`${endpoint.apiUrl}${request.path}`)
    : new URL(request.path)
  for (const [name, value] of request.query ?? []) url.searchParams.append(name, value)
  if (request.fields !== undefined) url.searchParams.set('fields', request.fields)
  return url.href
}

/**
 * One request to Microsoft Graph: ids that stay when a message moves, only the properties that were selected, and links
 * to further pages followed only below the configured address, because they carry our token to wherever they point.
 */
import type { z } from 'zod'
import type { OAuthEndpoint, SharedMailbox } from '../../mailboxes/consent.ts'
import type { AccessTokens, Outcome } from '../../mailboxes/provider.ts'
import type { HttpAnswer, HttpClient } from '../../platform/http-client/index.ts'
import { createRoom } from '../../platform/room/index.ts'
import type { BearerRequest } from '../shared/bearer.ts'
import { bearerClient } from '../shared/bearer.ts'
import { failed, succeeded } from '../shared/outcome.ts'
import { httpDate } from '../shared/retry-after.ts'
import type { Asked } from './errors.ts'
import { graphFailure, sharedFailure } from './errors.ts'

export interface GraphRequest<T> {
  /** Below the endpoint, with its query: `/me?$select=mail`. */
  readonly path: string
  readonly asked: Asked
  readonly read: (answer: HttpAnswer) => T
  /** Most entries of a page, where the answer has pages. */
  readonly pageSize?: number
  readonly method?: BearerRequest['method']
  readonly body?: { readonly type: string; readonly bytes: string | Uint8Array }
}

export type GraphClient = <T>(request: GraphRequest<T>, signal: AbortSignal) => Promise<Outcome<T>>

export interface GraphClientOptions {
  readonly endpoint: OAuthEndpoint
  readonly http: HttpClient
  readonly tokens: AccessTokens
  /** What is the account's own in a path (`/me/…`) then stands for this mailbox. */
  readonly shared?: SharedMailbox | undefined
  /** Product time; asked only when the provider says to wait. */
  readonly now: () => Promise<Temporal.Instant>
}

/** Below the four that Graph takes of a mailbox at once, so that one is left for sending. */
const askedAtOnce = 3

/** The client of one mailbox. What is asked for side by side beyond what Graph takes waits here. */
export function createGraphClient({ endpoint, http, tokens, shared, now }: GraphClientOptions): GraphClient {
  const ask = bearerClient(http, tokens)
  const room = createRoom(askedAtOnce)
  return async (request, signal) => {
    using _place = await room(1)
    return await ask(
      {
        url: `${endpoint.apiUrl}${pathFor(request.path, shared)}`,
        kind: request.asked === 'submission' ? 'submission' : 'question',
        headers: {
          prefer: [
            'IdType="ImmutableId"',
            ...(request.pageSize === undefined ? [] : [`odata.maxpagesize=${request.pageSize}`]),
          ].join(', '),
        },
        ...(request.method === undefined ? {} : { method: request.method }),
        ...(request.body === undefined ? {} : { body: request.body }),
      },
      async (answer) => {
        if (answer.status < 200 || answer.status > 299) {
          const failure = graphFailure(answer, request.asked, await now())
          return failed(shared === undefined ? failure : sharedFailure(answer, request, failure))
        }
        return succeeded(request.read(answer))
      },
      signal,
    )
  }
}

/** Below the endpoint; links that Graph gave us name the mailbox themselves. */
export function pathFor(path: string, shared: SharedMailbox | undefined): string {
  if (shared === undefined || !path.startsWith('/me/')) return path
  return `/users/${encodeURIComponent(shared.address)}/${path.slice('/me/'.length)}`
}

/** A path with its query; values are encoded so that Graph reads a space as one. */
export function pathOf(path: string, query: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`
}

/** Text in a `$filter`. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** What a link of an answer asks for, below the endpoint; undefined when it leads elsewhere. */
export function pathOfLink(endpoint: Pick<OAuthEndpoint, 'apiUrl'>, link: string): string | undefined {
  const [base, url] = [new URL(endpoint.apiUrl), URL.parse(link)]
  if (url?.origin !== base.origin || !url.pathname.startsWith(`${base.pathname}/`)) return undefined
  return `${url.pathname.slice(base.pathname.length)}${url.search}`
}

/** Reads an answer by its shape. */
export function json<T>(shape: z.ZodType<T>): (answer: HttpAnswer) => T {
  return (answer) => shape.parse(answer.json())
}

/** Reads an answer by its shape, with the provider's own time. */
export function dated<T>(
  shape: z.ZodType<T>,
): (answer: HttpAnswer) => { readonly told: T; readonly at: Temporal.Instant | undefined } {
  return (answer) => ({ told: shape.parse(answer.json()), at: httpDate(answer.headers.get('date') ?? '') })
}

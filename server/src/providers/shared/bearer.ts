/**
 * One request with an access token, compressed. A refused access token is renewed once and the request repeated once;
 * a submission too, because a refusal at the door means that nothing was accepted. No other retries.
 *
 * What an answer means is read by the adapter; that it could not be read at all is known here.
 */
import { z } from 'zod'
import type { AccessTokens, Outcome, ProviderFailure } from '../../mailboxes/provider.ts'
import type { HttpAnswer, HttpBody, HttpClient } from '../../platform/http-client/index.ts'
import { uncompressed } from './compression.ts'
import { failed, succeeded, withoutAnswer } from './outcome.ts'

export interface BearerRequest {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly kind: 'submission' | 'question'
  /** GET without a body and POST with one, unless told. */
  readonly method?: 'POST' | 'PATCH' | 'DELETE'
  readonly body?: { readonly type: string; readonly bytes: HttpBody }
}

/** `read` turns a whole answer into what was asked for; what it throws on an unreadable answer is known here. */
export type BearerClient = <T>(
  request: BearerRequest,
  read: (answer: HttpAnswer) => Outcome<T> | Promise<Outcome<T>>,
  signal: AbortSignal,
) => Promise<Outcome<T>>

const questionMs = 30_000
const submissionMs = 120_000

/** The requests of one grant. */
export function bearerClient(http: HttpClient, tokens: AccessTokens): BearerClient {
  return async (request, read, signal) => {
    const token = await tokens.current(signal)
    if (!token.ok) return token
    const first = await attempt(request, token.value, signal)
    if (!first.ok) return first
    if (first.value.status !== 401) return understood(request, first.value, read)
    const fresh = await tokens.renewed(token.value, signal)
    if (!fresh.ok) return fresh
    const second = await attempt(request, fresh.value, signal)
    return second.ok ? understood(request, second.value, read) : second
  }

  async function attempt(
    request: BearerRequest,
    token: string,
    signal: AbortSignal,
  ): Promise<Outcome<HttpAnswer>> {
    const { url, kind, body } = request
    try {
      const answer = await http.request({
        url,
        method: request.method ?? (body === undefined ? 'GET' : 'POST'),
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          'accept-encoding': 'gzip',
          ...(body === undefined ? {} : { 'content-type': body.type }),
          ...request.headers,
        },
        ...(body === undefined ? {} : { body: body.bytes }),
        signal,
        timeoutMs: kind === 'submission' ? submissionMs : questionMs,
      })
      return succeeded(answer)
    } catch (error) {
      return failed(withoutAnswer(error, kind))
    }
  }
}

async function understood<T>(
  { kind }: BearerRequest,
  answer: HttpAnswer,
  read: (answer: HttpAnswer) => Outcome<T> | Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  try {
    return await read(await uncompressed(answer))
  } catch (error) {
    if (!isUnreadable(error)) throw error
    const diagnostic = `${answer.status} with an answer that cannot be read (${error.name})`
    const failure: ProviderFailure = {
      kind: kind === 'submission' ? 'unknown_outcome' : 'transient',
      diagnostic,
    }
    return failed(failure)
  }
}

/** Compressed wrongly, no JSON, or not the shape that was asked for. */
function isUnreadable(error: unknown): error is Error {
  if (error instanceof SyntaxError || error instanceof z.ZodError) return true
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
}

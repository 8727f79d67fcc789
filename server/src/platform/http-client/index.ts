/**
 * Owns requests that leave the house: only to origins the configuration names, one deadline for the whole attempt
 * (connection, answer and body), a bounded body, no redirect to another origin.
 *
 * What a failed attempt may have caused is data: `mayHaveLeft` is false only when it is certain that no byte of the
 * request was sent. Whoever sends mail decides by it between "try again" and "outcome unknown".
 * Refuses: retries (one policy, in the caller), cookies, caching.
 */
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Clock } from '../clock/index.ts'
import { wallClock } from '../clock/index.ts'

/** What a request carries; pieces leave one after another and are not put together. */
export type HttpBody = string | Uint8Array | readonly Uint8Array[]
export type HttpRequest = {
  readonly url: string
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: HttpBody
  readonly signal?: AbortSignal
  /** Milliseconds for this attempt instead of the client's. */
  readonly timeoutMs?: number
  /** Most bytes of the answer's body; 40 MiB unless told. */
  readonly maxBytes?: number
}
export type HttpAnswer = {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array
  text(): string
  /** @throws SyntaxError when the body is not JSON. */
  json(): unknown
}
export type HttpFailureKind = 'refused' | 'timeout' | 'cut' | 'too-large'
export type HttpClient = {
  /** An answer of any status. @throws HttpError when there is none. */
  request(request: HttpRequest): Promise<HttpAnswer>
}

/** No answer. `refused`: not allowed or nobody listens; `cut`: the connection broke; `timeout`: our deadline. */
export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly kind: HttpFailureKind
  readonly mayHaveLeft: boolean
  constructor(kind: HttpFailureKind, mayHaveLeft: boolean, sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.kind = kind
    this.mayHaveLeft = mayHaveLeft
  }
}

const mostRedirects = 3
const mostBytes = 40 * 1024 * 1024

/** A client for the origins that `allowedOrigins` lists at the moment of each request. */
export function createHttpClient(options: {
  readonly allowedOrigins: () => readonly string[]
  readonly timeoutMs: number
  readonly clock?: Clock
}): HttpClient {
  const clock = options.clock ?? wallClock

  async function request(wanted: HttpRequest): Promise<HttpAnswer> {
    const over = new AbortController()
    const settled = new AbortController()
    void clock.sleep(wanted.timeoutMs ?? options.timeoutMs, settled.signal).then(() => over.abort())
    try {
      return await follow(wanted, over.signal)
    } finally {
      settled.abort()
    }
  }

  async function follow(wanted: HttpRequest, over: AbortSignal): Promise<HttpAnswer> {
    let url = permitted(wanted.url, false)
    for (let hops = 0; ; hops++) {
      const answer = await attempt(url, wanted, over)
      const location = answer.headers.get('location')
      const method = wanted.method ?? 'GET'
      if (answer.status < 300 || answer.status > 399 || location === null || method !== 'GET') return answer
      if (hops === mostRedirects)
        throw new HttpError('refused', true, `too many redirects from ${url.origin}`)
      url = permitted(new URL(location, url).href, true)
    }
  }

  function permitted(address: string, redirected: boolean): URL {
    const url = URL.parse(address)
    if (url === null) throw new HttpError('refused', redirected, 'not a URL')
    if (options.allowedOrigins().includes(url.origin)) return url
    const how = redirected ? 'A redirect' : 'A request'
    throw new HttpError('refused', redirected, `${how} to ${url.origin} is not allowed by the configuration.`)
  }

  return { request }
}

function attempt(url: URL, wanted: HttpRequest, over: AbortSignal): Promise<HttpAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>()
  const pieces = wanted.body === undefined ? undefined : piecesOf(wanted.body)
  const method = wanted.method ?? 'GET'
  const outgoing: ClientRequest = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
    method,
    // A kept connection may be closed by the other side while we write to it, which would leave the outcome of a
    // send unknown for no reason. Only reading reuses connections.
    ...(method === 'GET' ? {} : { agent: false }),
    headers: {
      ...wanted.headers,
      ...(pieces === undefined ? {} : { 'content-length': String(lengthOf(pieces)) }),
    },
  })
  let connected = false
  const fail = (kind: HttpFailureKind, sentence: string, cause?: unknown) => {
    reject(new HttpError(kind, connected, sentence, cause === undefined ? undefined : { cause }))
    outgoing.destroy()
  }
  const late = () => fail('timeout', `${url.origin} did not answer in time`)
  const cancelled = () => fail('cut', 'the request was cancelled')
  over.addEventListener('abort', late, { once: true })
  wanted.signal?.addEventListener('abort', cancelled, { once: true })
  if (wanted.signal?.aborted === true) cancelled()

  outgoing.on('socket', (socket) => {
    const leaving = () => {
      connected = true
    }
    if (!socket.connecting) return leaving()
    socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', leaving)
  })
  outgoing.on('error', (error: NodeJS.ErrnoException) =>
    fail(
      connected ? 'cut' : 'refused',
      `no answer from ${url.origin} (${error.code ?? error.message})`,
      error,
    ),
  )
  outgoing.on('response', (incoming) => {
    read(incoming, wanted.maxBytes ?? mostBytes).then(resolve, (error: unknown) =>
      error instanceof HttpError
        ? fail(error.kind, error.message)
        : fail('cut', `${url.origin} broke off`, error),
    )
  })
  for (const piece of pieces ?? []) outgoing.write(piece)
  outgoing.end()
  return promise.finally(() => {
    over.removeEventListener('abort', late)
    wanted.signal?.removeEventListener('abort', cancelled)
  })
}

function piecesOf(body: HttpBody): readonly Uint8Array[] {
  if (typeof body === 'string') return [Buffer.from(body)]
  return body instanceof Uint8Array ? [body] : body
}

function lengthOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, { byteLength }) => sum + byteLength, 0)
}

async function read(incoming: IncomingMessage, limit: number): Promise<HttpAnswer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) throw new HttpError('too-large', true, `an answer of more than ${limit} bytes`)
    chunks.push(chunk)
  }
  const bytes = Buffer.concat(chunks)
  const headers = new Headers()
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value)
  }
  return {
    status: incoming.statusCode ?? 0,
    headers,
    bytes,
    text: () => bytes.toString('utf8'),
    json: () => JSON.parse(bytes.toString('utf8')) as unknown,
  }
}

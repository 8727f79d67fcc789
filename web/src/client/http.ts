/**
 * The page's way to the server: JSON over fetch below /api/v1, every answer checked against its schema.
 * A refusal becomes a ProblemError whose `code` is translated by the page (locales, `problems`); a server
 * that cannot be reached and an answer of the wrong shape are problems of their own.
 */
import { Problem } from '@kontor/api/common'
import type { z } from 'zod'

/** A refusal by the server (RFC 9457), or `unreachable`, or `unexpected_answer`. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: string
  readonly status: number
  readonly values: Readonly<Record<string, string | number>>
  readonly fields: readonly NonNullable<Problem['fields']>[number][]
  readonly detail: string | undefined

  constructor(problem: {
    code: string
    status: number
    title: string
    values?: Record<string, string | number> | undefined
    fields?: Problem['fields']
    detail?: string | undefined
    cause?: unknown
  }) {
    super(problem.title, { cause: problem.cause })
    this.code = problem.code
    this.status = problem.status
    this.values = problem.values ?? {}
    this.fields = problem.fields ?? []
    this.detail = problem.detail
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

async function request<S extends z.ZodType>(
  method: Method,
  path: string,
  schema: S,
  body?: unknown,
  signal?: AbortSignal,
): Promise<z.output<S>> {
  return await read(path, schema, await reach(method, path, body, signal))
}

async function read<S extends z.ZodType>(path: string, schema: S, response: Response): Promise<z.output<S>> {
  const told: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw refusal(response, told)
  const parsed = schema.safeParse(told)
  if (parsed.success) return parsed.data
  throw new ProblemError({
    code: 'unexpected_answer',
    status: response.status,
    title: `Unexpected answer from ${path}`,
    cause: parsed.error,
  })
}

async function reach(method: Method, path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  const withBody = bodyOf(body)
  try {
    return await fetch(`/api/v1${path}`, {
      method,
      credentials: 'same-origin',
      ...withBody,
      ...(signal ? { signal } : {}),
    })
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new ProblemError({ code: 'unreachable', status: 0, title: 'The server cannot be reached', cause })
  }
}

/** Keepalive carries at most 64 kB and lets a request finish after its page has gone. */
const mostAfterwards = 60_000

function bodyOf(body: unknown): RequestInit {
  if (body === undefined) return {}
  if (body instanceof Blob) return { body, headers: { 'content-type': 'application/octet-stream' } }
  const text = JSON.stringify(body)
  const keepalive = document.visibilityState === 'hidden' && text.length < mostAfterwards
  return { body: text, headers: { 'content-type': 'application/json' }, ...(keepalive ? { keepalive } : {}) }
}

function refusal(response: Response, answer: unknown): ProblemError {
  const problem = Problem.safeParse(answer)
  if (problem.success) return new ProblemError({ ...problem.data, title: problem.data.title })
  const code = response.status >= 500 ? 'server_failed' : 'unexpected_answer'
  return new ProblemError({ code, status: response.status, title: response.statusText })
}

/** Text of a query: absent and empty values are left out. */
export function query(values: Readonly<Record<string, string | number | undefined>>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

/** Paths are below /api/v1 and begin with a slash. Every call throws ProblemError. */
export const api = {
  get: <S extends z.ZodType>(path: string, schema: S, signal?: AbortSignal): Promise<z.output<S>> =>
    request('GET', path, schema, undefined, signal),
  post: <S extends z.ZodType>(
    path: string,
    schema: S,
    body: unknown = {},
    signal?: AbortSignal,
  ): Promise<z.output<S>> => request('POST', path, schema, body, signal),
  put: <S extends z.ZodType>(path: string, schema: S, body: unknown = {}): Promise<z.output<S>> =>
    request('PUT', path, schema, body),
  putBytes: <S extends z.ZodType>(
    path: string,
    schema: S,
    bytes: Blob,
    signal?: AbortSignal,
  ): Promise<z.output<S>> => request('PUT', path, schema, bytes, signal),
  patch: <S extends z.ZodType>(path: string, schema: S, body: unknown = {}): Promise<z.output<S>> =>
    request('PATCH', path, schema, body),
  remove: <S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> =>
    request('DELETE', path, schema),
}

/**
 * Owns refusals on the wire: problem details (RFC 9457) with a stable code that the page translates. One table says
 * what an error of the platform or of the team means in HTTP; domains throw `problem(…)` from their routes.ts.
 *
 * Refuses: sentences for people (the page owns them, in both languages) and details of unexpected errors.
 */
import type { Problem } from '@kontor/api/common'
import { HTTPException } from 'hono/http-exception'
import type { z } from 'zod'
import { RoleTooLowError } from '../team/index.ts'
import { databaseIsAway } from './database-away.ts'

export type ProblemStatus = 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 502 | 503
export type ProblemValues = Readonly<Record<string, string | number>>
export type BrokenField = {
  readonly path: string
  readonly code: string
  readonly message: string
  /** What the sentence names: a bound that was missed. */
  readonly values?: ProblemValues
}

/** A refusal that becomes the answer to the request. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly status: ProblemStatus
  readonly code: string
  readonly values: ProblemValues | undefined
  readonly fields: readonly BrokenField[] | undefined
  readonly retryAfterSeconds: number | undefined
  constructor(
    status: ProblemStatus,
    code: string,
    more: {
      readonly values?: ProblemValues | undefined
      readonly fields?: readonly BrokenField[]
      readonly retryAfterSeconds?: number
    } = {},
  ) {
    super(`${status} ${code}`)
    this.status = status
    this.code = code
    this.values = more.values
    this.fields = more.fields
    this.retryAfterSeconds = more.retryAfterSeconds
  }
}

const titles: Readonly<Record<ProblemStatus, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
}

/** `throw problem(409, 'contact_known', { contactId })`. */
export function problem(status: ProblemStatus, code: string, values?: ProblemValues): ProblemError {
  return new ProblemError(status, code, { values })
}

/** One broken field: `throw brokenField('address', 'address')` → 400 invalid, sentence `field_address`. */
export function brokenField(path: string, code: string): ProblemError {
  return new ProblemError(400, 'invalid', { fields: [{ path, code, message: code }] })
}

/** What an error means for the client; `unexpected` is true when it should be looked into. */
export function problemOf(error: unknown): { readonly problem: ProblemError; readonly unexpected: boolean } {
  if (error instanceof ProblemError) return { problem: error, unexpected: false }
  if (error instanceof RoleTooLowError) {
    return { problem: problem(403, 'forbidden', { needed: error.needed }), unexpected: false }
  }
  if (databaseIsAway(error)) {
    return {
      problem: new ProblemError(503, 'database_away', { retryAfterSeconds: 2 }),
      unexpected: false,
    }
  }
  if (error instanceof HTTPException) return { problem: ofHttpException(error), unexpected: false }
  return { problem: problem(500, 'server_failed'), unexpected: true }
}

/** The answer itself. */
export function problemResponse(error: ProblemError): Response {
  const body: Problem = {
    type: `urn:kontor:problem:${error.code}`,
    title: titles[error.status],
    status: error.status,
    code: error.code,
    ...(error.values === undefined ? {} : { values: error.values }),
    ...(error.fields === undefined ? {} : { fields: [...error.fields] }),
  }
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  if (error.retryAfterSeconds !== undefined) headers.set('retry-after', String(error.retryAfterSeconds))
  return new Response(JSON.stringify(body), { status: error.status, headers })
}

/** The fields that a schema found broken, with the codes the page has sentences for. */
export function brokenFields(error: z.ZodError): readonly BrokenField[] {
  return error.issues.map((issue): BrokenField => {
    const bound = boundOf(issue)
    return {
      path: issue.path.map(String).join('.'),
      code: fieldCode(issue),
      message: issue.message,
      ...(bound === undefined ? {} : { values: { bound } }),
    }
  })
}

type FieldCode =
  | z.core.$ZodIssue['code']
  | 'required'
  | 'number_too_small'
  | 'number_too_big'
  | 'list_too_small'
  | 'list_too_big'

function fieldCode(issue: z.core.$ZodIssue): FieldCode {
  const absent = issue.code === 'invalid_type' && issue.message.endsWith('received undefined')
  if (absent) return 'required'
  if (issue.code !== 'too_small' && issue.code !== 'too_big') return issue.code
  if (issue.code === 'too_small' && issue.origin === 'string' && issue.minimum === 1) return 'required'
  if (issue.origin === 'array' || issue.origin === 'set') return `list_${issue.code}`
  return issue.origin === 'string' ? issue.code : `number_${issue.code}`
}

function boundOf(issue: z.core.$ZodIssue): number | undefined {
  if (issue.code === 'too_small') return Number(issue.minimum)
  return issue.code === 'too_big' ? Number(issue.maximum) : undefined
}

function ofHttpException(error: HTTPException): ProblemError {
  if (error.status === 413) return problem(413, 'too_large')
  if (error.status === 415) return problem(415, 'not_json')
  return problem(400, 'malformed')
}

/** Failures of the Gmail interface in Google's shape. Clients key off `errors[].reason` and `details[].reason`. */

export interface GmailFailure {
  readonly status: number
  readonly reason: string
  readonly statusName: string
  readonly message: string
  readonly domain?: string
  /** `details[].reason` of google.rpc.ErrorInfo. */
  readonly detail?: string
  readonly location?: string
  readonly headers?: Readonly<Record<string, string>>
}

export class GmailError extends Error {
  override readonly name = 'GmailError'
  readonly failure: GmailFailure

  constructor(failure: GmailFailure) {
    super(failure.message)
    this.failure = failure
  }
}

export function errorBody(failure: GmailFailure): Readonly<Record<string, unknown>> {
  const { status, reason, statusName, message, domain = 'global', detail, location } = failure
  return {
    error: {
      code: status,
      message,
      errors: [
        { message, domain, reason, ...(location === undefined ? {} : { location, locationType: 'header' }) },
      ],
      status: statusName,
      ...(detail === undefined
        ? {}
        : {
            details: [
              {
                '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
                reason: detail,
                domain: 'googleapis.com',
              },
            ],
          }),
    },
  }
}

export function badRequest(message: string): GmailError {
  return new GmailError({ status: 400, reason: 'invalidArgument', statusName: 'INVALID_ARGUMENT', message })
}

export function notFound(): GmailError {
  return new GmailError({
    status: 404,
    reason: 'notFound',
    statusName: 'NOT_FOUND',
    message: 'Requested entity was not found.',
  })
}

export function tooLarge(): GmailError {
  return new GmailError({
    status: 413,
    reason: 'uploadTooLarge',
    statusName: 'INVALID_ARGUMENT',
    message: 'Request Entity Too Large',
  })
}

export function invalidCredentials(): GmailError {
  return new GmailError({
    status: 401,
    reason: 'authError',
    statusName: 'UNAUTHENTICATED',
    message:
      'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
    location: 'Authorization',
  })
}

export function insufficientScope(): GmailError {
  return new GmailError({
    status: 403,
    reason: 'insufficientPermissions',
    statusName: 'PERMISSION_DENIED',
    message: 'Request had insufficient authentication scopes.',
    detail: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
  })
}

export function missing(message: string): GmailError {
  return new GmailError({ status: 404, reason: 'notFound', statusName: 'NOT_FOUND', message })
}

export function forbidden(message: string): GmailError {
  return new GmailError({ status: 403, reason: 'forbidden', statusName: 'PERMISSION_DENIED', message })
}

/** Too many units in a minute for one user. Google says no time here. */
export function unitsSpent(): GmailError {
  return new GmailError({
    status: 429,
    reason: 'rateLimitExceeded',
    statusName: 'RESOURCE_EXHAUSTED',
    domain: 'usageLimits',
    message: 'Quota exceeded for quota metric of units per minute and user.',
    detail: 'RATE_LIMIT_EXCEEDED',
  })
}

/** Other wordings of one refusal. `403`: the older words, which name no time; the other is the newer with the older reason. */
export const WORDINGS = ['403', 'userRateLimitExceeded'] as const

export interface RateWording {
  readonly what: 'sending' | 'everything'
  /** One of the other wordings; empty for the usual one. */
  readonly as: string
  /** `Retry-After`, in place of the time in the sentence; undefined where the sentence has it. */
  readonly header?: string | undefined
}

/** `until` is an ISO time, undefined where the sentence names none; "(Mail sending)" marks a limit on sending alone. */
export function rateLimited(until: string | undefined, { what, as, header }: RateWording): GmailError {
  const headers = header === undefined ? {} : { headers: { 'retry-after': header } }
  if (as === '403')
    return new GmailError({
      status: 403,
      reason: 'userRateLimitExceeded',
      statusName: 'PERMISSION_DENIED',
      domain: 'usageLimits',
      message: 'User Rate Limit Exceeded',
      ...headers,
    })
  const time = until === undefined ? '' : `  Retry after ${until}`
  return new GmailError({
    status: 429,
    reason: as === 'userRateLimitExceeded' ? as : 'rateLimitExceeded',
    statusName: 'RESOURCE_EXHAUSTED',
    domain: 'usageLimits',
    message: `User-rate limit exceeded.${time}${what === 'sending' ? ' (Mail sending)' : ''}`,
    ...headers,
  })
}

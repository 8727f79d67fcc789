/** Failures of Graph in its own shape (`{"error":{"code","message","innerError"}}`). Clients key off `code`. */
import { isoTime } from '../clock.ts'
import { guidOf } from './tenant.ts'

export interface GraphFailure {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly headers?: Readonly<Record<string, string>>
}

export class GraphError extends Error {
  override readonly name = 'GraphError'
  readonly failure: GraphFailure

  constructor(failure: GraphFailure) {
    super(failure.message)
    this.failure = failure
  }
}

export function errorBody(
  failure: Pick<GraphFailure, 'code' | 'message'>,
  nowMs: number,
): Readonly<Record<string, unknown>> {
  const trace = guidOf('request', String(nowMs))
  return {
    error: {
      code: failure.code,
      message: failure.message,
      innerError: { date: isoTime(nowMs).slice(0, 19), 'request-id': trace, 'client-request-id': trace },
    },
  }
}

export function badRequest(code: string, message: string): GraphError {
  return new GraphError({ status: 400, code, message })
}

export function invalidToken(): GraphError {
  return new GraphError({
    status: 401,
    code: 'InvalidAuthenticationToken',
    message: 'Lifetime validation failed, the token is expired.',
    headers: { 'www-authenticate': 'Bearer realm=""' },
  })
}

export function accessDenied(): GraphError {
  return new GraphError({
    status: 403,
    code: 'ErrorAccessDenied',
    message: 'Access is denied. Check credentials and try again.',
  })
}

export function sendAsDenied(): GraphError {
  return new GraphError({
    status: 403,
    code: 'ErrorSendAsDenied',
    message: 'The user account may not send mail on behalf of the specified account.',
  })
}

export function itemNotFound(): GraphError {
  return new GraphError({
    status: 404,
    code: 'ErrorItemNotFound',
    message: 'The specified object was not found in the store.',
  })
}

/** Nobody here has this address. */
export function noUser(): GraphError {
  return new GraphError({
    status: 404,
    code: 'ResourceNotFound',
    message: 'Resource could not be discovered.',
  })
}

export function noMailbox(): GraphError {
  return new GraphError({
    status: 404,
    code: 'MailboxNotEnabledForRESTAPI',
    message: 'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
  })
}

export function tooLarge(): GraphError {
  return new GraphError({
    status: 413,
    code: 'RequestEntityTooLarge',
    message: 'The request body is larger than 4194304 bytes.',
  })
}

export function syncStateNotFound(): GraphError {
  return new GraphError({
    status: 410,
    code: 'syncStateNotFound',
    message: 'The sync state generation is not found; start again without a token.',
  })
}

/** `retryAfter`: what `Retry-After` says; undefined for no such header. */
export function throttled(retryAfter: string | undefined): GraphError {
  return new GraphError({
    status: 429,
    code: 'ApplicationThrottled',
    message: 'Application is over its MailboxConcurrency limit.',
    ...(retryAfter === undefined ? {} : { headers: { 'retry-after': retryAfter } }),
  })
}

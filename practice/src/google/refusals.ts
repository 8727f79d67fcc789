/** Refusals that Google may come up with, by the names under which they are ordered, and the method at which each is usually met. */
import { CONSENT_CALL, TOKEN_CALL } from '../calls.ts'
import { type GmailFailure, insufficientScope, invalidCredentials, notFound } from './gmail-errors.ts'

export interface GmailRefusal {
  /** Undefined: at any method. */
  readonly method?: string | undefined
  readonly failure: GmailFailure
}

const SEND = 'gmail.users.messages.send'
const limit = { domain: 'usageLimits' } as const
const denied = { status: 403, statusName: 'PERMISSION_DENIED' } as const

export const GMAIL_REFUSALS: ReadonlyMap<string, GmailRefusal> = new Map<string, GmailRefusal>([
  [
    'domainPolicy',
    {
      failure: {
        ...denied,
        reason: 'domainPolicy',
        message: 'The domain administrators have disabled Gmail apps.',
      },
    },
  ],
  [
    'accessNotConfigured',
    {
      failure: {
        ...denied,
        ...limit,
        reason: 'accessNotConfigured',
        detail: 'SERVICE_DISABLED',
        message: 'Gmail API has not been used in this project before or it is disabled.',
      },
    },
  ],
  [
    'failedPrecondition',
    {
      failure: {
        status: 400,
        statusName: 'FAILED_PRECONDITION',
        reason: 'failedPrecondition',
        message: 'Mail service not enabled',
      },
    },
  ],
  [
    'dailyLimitExceeded',
    { failure: { ...denied, ...limit, reason: 'dailyLimitExceeded', message: 'Daily Limit Exceeded' } },
  ],
  [
    'tooManyConcurrent',
    {
      failure: {
        ...limit,
        status: 429,
        statusName: 'RESOURCE_EXHAUSTED',
        reason: 'rateLimitExceeded',
        message: 'Too many concurrent requests for user',
      },
    },
  ],
  ['authError', { failure: invalidCredentials().failure }],
  ['insufficientPermissions', { failure: insufficientScope().failure }],
  [
    'backendError',
    {
      failure: { status: 500, statusName: 'INTERNAL', reason: 'backendError', message: 'Backend Error' },
    },
  ],
  ['messageNotFound', { method: 'gmail.users.messages.get', failure: notFound().failure }],
  [
    'historyNotFound',
    {
      method: 'gmail.users.history.list',
      failure: notFound().failure,
    },
  ],
  [
    'invalidTo',
    {
      method: SEND,
      failure: {
        status: 400,
        statusName: 'INVALID_ARGUMENT',
        reason: 'invalidArgument',
        message: 'Invalid To header',
      },
    },
  ],
])

export interface TokenRefusal {
  readonly method: string
  readonly status: 400 | 503
  readonly body: Readonly<Record<'error' | 'error_description', string>> & {
    readonly error_subtype?: string
  }
}

/** What becomes of refreshing a token, or of a consent. */
export const TOKEN_REFUSALS: ReadonlyMap<string, TokenRefusal> = new Map<string, TokenRefusal>([
  [
    'invalid_grant',
    {
      method: TOKEN_CALL,
      status: 400,
      body: { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' },
    },
  ],
  [
    'invalid_rapt',
    {
      method: TOKEN_CALL,
      status: 400,
      body: {
        error: 'invalid_grant',
        error_description: 'reauth related error (invalid_rapt)',
        error_subtype: 'invalid_rapt',
      },
    },
  ],
  [
    'admin_policy_enforced',
    {
      method: TOKEN_CALL,
      status: 400,
      body: {
        error: 'admin_policy_enforced',
        error_description: 'Access to the requested scopes is restricted by an administrator.',
      },
    },
  ],
  [
    'internal_failure',
    {
      method: TOKEN_CALL,
      status: 503,
      body: { error: 'internal_failure', error_description: 'Backend Error' },
    },
  ],
  [
    'access_denied',
    {
      method: CONSENT_CALL,
      status: 400,
      body: { error: 'access_denied', error_description: 'The user said no.' },
    },
  ],
])

import { expect, test } from 'vitest'
import type { Asked } from './errors.ts'
import { gmailFailure } from './errors.ts'

const now = Temporal.Instant.from('2026-03-10T09:00:00Z')

function failure(status: number, error: object | string, asked: Asked, retryAfter?: string) {
  const text = typeof error === 'string' ? error : JSON.stringify({ error })
  const headers = new Headers(retryAfter === undefined ? {} : { 'retry-after': retryAfter })
  const { diagnostic: _said, ...rest } = gmailFailure({ status, headers, text: () => text }, asked, now)
  return 'until' in rest ? { ...rest, until: rest.until.toString() } : rest
}

const reason = (name: string, message = '') => ({
  message,
  errors: [{ reason: name, domain: 'usageLimits' }],
})
const detail = (name: string) => ({
  message: 'Request had …',
  status: 'PERMISSION_DENIED',
  details: [{ reason: name }],
})

test.each([
  [
    'a broken recipient',
    400,
    reason('invalidArgument', 'Invalid To header'),
    'submission',
    { kind: 'rejected', why: 'recipient_invalid', permanent: true },
  ],
  [
    'no recipient',
    400,
    reason('invalidArgument', 'Recipient address required'),
    'submission',
    { kind: 'rejected', why: 'recipient_invalid', permanent: true },
  ],
  [
    'a raw message that is not base64',
    400,
    reason('badRequest', 'Base64 decoding failed'),
    'submission',
    { kind: 'rejected', why: 'malformed', permanent: true },
  ],
  [
    'a thread into which the message does not fit',
    400,
    reason('invalidArgument', 'Invalid thread_id value'),
    'submission',
    { kind: 'not_found' },
  ],
  ['a broken question', 400, reason('invalidArgument'), 'question', { kind: 'our_config' }],
  [
    'an account without Gmail',
    400,
    reason('failedPrecondition', 'Mail service not enabled'),
    'question',
    { kind: 'unauthorised', why: 'mailbox_unavailable' },
  ],
  [
    'an account whose Gmail is off',
    400,
    { message: 'Precondition check failed.', status: 'FAILED_PRECONDITION' },
    'history',
    { kind: 'unauthorised', why: 'mailbox_unavailable' },
  ],
  [
    'an access token that ran out',
    401,
    reason('authError', 'Invalid Credentials'),
    'question',
    { kind: 'unauthorised', why: 'token_refused' },
  ],
  [
    'a scope that is missing for sending',
    403,
    reason('insufficientPermissions'),
    'submission',
    { kind: 'scope_missing', missing: ['send'] },
  ],
  [
    'a scope that is missing for reading',
    403,
    detail('ACCESS_TOKEN_SCOPE_INSUFFICIENT'),
    'history',
    { kind: 'scope_missing', missing: ['read'] },
  ],
  ['a domain that forbids it', 403, reason('domainPolicy'), 'question', { kind: 'admin_needed' }],
  [
    'an interface that is switched off for us',
    403,
    reason('accessNotConfigured'),
    'question',
    { kind: 'our_config' },
  ],
  [
    'the limit of the whole registration',
    403,
    reason('dailyLimitExceeded'),
    'submission',
    { kind: 'quota_day', until: '2026-03-11T07:00:00Z' },
  ],
  [
    'a rate limit under 403',
    403,
    reason('userRateLimitExceeded'),
    'submission',
    { kind: 'throttled', until: '2026-03-10T09:00:30Z' },
  ],
  [
    'a rate limit of everybody under 403',
    403,
    reason('rateLimitExceeded'),
    'question',
    { kind: 'throttled', until: '2026-03-10T09:00:30Z' },
  ],
  ['an interface that nobody enabled', 403, detail('SERVICE_DISABLED'), 'question', { kind: 'our_config' }],
  ['an unknown refusal', 403, reason('somethingElse'), 'question', { kind: 'our_config' }],
  ['a message that is gone', 404, reason('notFound'), 'question', { kind: 'not_found' }],
  ['a history that is too old', 404, reason('notFound'), 'history', { kind: 'cursor_expired' }],
  [
    'a body that is too large',
    413,
    '<html>',
    'submission',
    { kind: 'rejected', why: 'too_large', permanent: true },
  ],
  [
    'a rate limit with a time',
    429,
    reason('userRateLimitExceeded', 'User-rate limit exceeded.  Retry after 2026-03-10T09:02:00.000Z'),
    'submission',
    { kind: 'throttled', until: '2026-03-10T09:02:00Z' },
  ],
  [
    'the limit of the day',
    429,
    reason(
      'rateLimitExceeded',
      'User-rate limit exceeded.  Retry after 2026-03-11T08:00:00.000Z (Mail sending)',
    ),
    'submission',
    { kind: 'quota_day', until: '2026-03-11T08:00:00Z' },
  ],
  [
    'too many calls at once',
    429,
    { ...reason('rateLimitExceeded', 'Too many concurrent requests for user'), status: 'RESOURCE_EXHAUSTED' },
    'question',
    { kind: 'throttled', until: '2026-03-10T09:00:30Z' },
  ],
  ['a backend that is away', 503, reason('backendError'), 'submission', { kind: 'transient' }],
  ['a backend that failed over a question', 500, reason('backendError'), 'question', { kind: 'transient' }],
  [
    'a backend that failed over a submission',
    500,
    reason('backendError'),
    'submission',
    { kind: 'unknown_outcome' },
  ],
  ['a gateway that gave up on a question', 502, '', 'question', { kind: 'transient' }],
  ['a gateway that gave up on a submission', 502, '', 'submission', { kind: 'unknown_outcome' }],
  ['a gateway that was too slow for a submission', 504, '<html>', 'submission', { kind: 'unknown_outcome' }],
  ['a status that nobody knows', 418, '', 'question', { kind: 'our_config' }],
] as const)('%s', (_name, status, error, asked, expected) => {
  expect(failure(status, error, asked)).toEqual(expected)
})

test('a wait in seconds counts from now', () => {
  expect(failure(429, '', 'question', '90')).toEqual({ kind: 'throttled', until: '2026-03-10T09:01:30Z' })
})

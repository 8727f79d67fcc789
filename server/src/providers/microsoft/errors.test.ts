import { expect, test } from 'vitest'
import type { Asked } from './errors.ts'
import { graphFailure, sharedFailure } from './errors.ts'

const now = Temporal.Instant.from('2026-03-10T09:00:00Z')

function refused(
  status: number,
  code: string | object,
  asked: Asked = 'question',
  headers: Record<string, string> = {},
) {
  const error = typeof code === 'string' ? { code, message: 'A sentence.' } : code
  const text = JSON.stringify({ error })
  const { diagnostic, ...failure } = graphFailure(
    { status, headers: new Headers(headers), text: () => text },
    asked,
    now,
  )
  expect(diagnostic).toContain(String(status))
  return failure
}

const rejected = (why: string, permanent = true) => ({ kind: 'rejected', why, permanent })
const unauthorised = (why: string) => ({ kind: 'unauthorised', why })

test.each([
  [401, 'InvalidAuthenticationToken', 'question', unauthorised('token_refused')],
  [403, 'ErrorAccessDenied', 'submission', { kind: 'scope_missing', missing: ['send'] }],
  [403, 'ErrorAccessDenied', 'question', { kind: 'scope_missing', missing: ['read'] }],
  [403, 'insufficient_claims', 'question', unauthorised('organisation_policy')],
  [403, 'ErrorSendAsDenied', 'submission', { kind: 'sender_refused' }],
  [403, 'ErrorMessageSubmissionBlocked', 'submission', unauthorised('account_suspended')],
  [554, 'ErrorMessageSubmissionBlocked', 'submission', unauthorised('account_suspended')],
  [404, 'MailboxNotEnabledForRESTAPI', 'question', unauthorised('mailbox_unavailable')],
  [404, 'MailboxNotEnabledForRESTAPI', 'submission', unauthorised('mailbox_unavailable')],
  [404, 'ResourceNotFound', 'submission', unauthorised('mailbox_unavailable')],
  [404, 'ErrorNonExistentMailbox', 'question', unauthorised('mailbox_unavailable')],
  [404, 'ErrorItemNotFound', 'question', { kind: 'not_found' }],
  [400, 'ErrorInvalidIdMalformed', 'question', { kind: 'not_found' }],
  [400, 'ErrorInvalidRecipients', 'submission', rejected('recipient_invalid')],
  [400, 'ErrorMimeContentInvalidBase64String', 'submission', rejected('malformed')],
  [400, 'InvalidInternetMessageHeader', 'submission', rejected('malformed')],
  [400, 'InvalidInternetMessageHeaderCollection', 'submission', rejected('malformed')],
  [400, 'ErrorInvalidRequest', 'submission', rejected('malformed')],
  [400, 'InefficientFilter', 'question', { kind: 'our_config' }],
  [413, 'RequestEntityTooLarge', 'submission', rejected('too_large')],
  [400, 'ErrorMessageSizeExceeded', 'submission', rejected('too_large')],
  [413, 'ErrorMessageSizeExceeded', 'submission', rejected('too_large')],
  [403, 'ErrorQuotaExceeded', 'submission', rejected('mailbox_full', false)],
  [507, 'ErrorQuotaExceeded', 'submission', rejected('mailbox_full', false)],
  [410, 'syncStateNotFound', 'changes', { kind: 'cursor_expired' }],
  [400, 'SyncStateInvalid', 'changes', { kind: 'cursor_expired' }],
  [409, 'resyncRequired', 'changes', { kind: 'cursor_expired' }],
  [400, 'InvalidSyncStateData', 'changes', { kind: 'cursor_expired' }],
  [400, 'BadRequest', 'changes', { kind: 'cursor_expired' }],
  [500, 'ErrorInternalServerTransientError', 'question', { kind: 'transient' }],
  [500, 'ErrorInternalServerTransientError', 'submission', { kind: 'unknown_outcome' }],
  [504, 'UnknownError', 'submission', { kind: 'unknown_outcome' }],
  [503, 'ServiceUnavailable', 'submission', { kind: 'transient' }],
  [503, 'ErrorServerBusy', 'question', { kind: 'transient' }],
  [418, 'Teapot', 'question', { kind: 'our_config' }],
] as const)('%i %s to a %s', (status, code, asked, failure) => {
  expect(refused(status, code, asked)).toEqual(failure)
  expect(refused(status, code.toUpperCase(), asked)).toEqual(failure)
})

test.each([
  ['seconds', '60', { seconds: 60 }],
  ['a date', 'Tue, 10 Mar 2026 09:10:00 GMT', { minutes: 10 }],
] as const)('who asks for patience in %s is believed', (_name, header, wait) => {
  const headers = { 'retry-after': header }
  const throttled = { kind: 'throttled', until: now.add(wait) }
  expect(refused(429, 'ApplicationThrottled', 'submission', headers)).toEqual(throttled)
  expect(refused(503, 'ServiceUnavailable', 'question', headers)).toEqual(throttled)
})

test('who asks for patience without a time gets half a minute; a full day gets some hours', () => {
  expect(refused(429, 'TooManyRequests')).toEqual({ kind: 'throttled', until: now.add({ seconds: 30 }) })
  for (const [status, code] of [
    [429, 'ErrorExceededMessageLimit'],
    [403, 'ErrorExceededMessageLimit'],
    [403, 'ErrorExceededMaxRecipientLimitBlock'],
  ] as const)
    expect(refused(status, code, 'submission')).toEqual({ kind: 'quota_day', until: now.add({ hours: 4 }) })
  expect(refused(509, 'BandwidthLimitExceeded')).toEqual({
    kind: 'throttled',
    until: now.add({ seconds: 30 }),
  })
})

test('the code in the middle of a refusal counts, and a refusal without any is read by its status', () => {
  const nested = { code: 'BadRequest', innerError: { code: 'x', innererror: { code: 'syncStateNotFound' } } }
  expect(refused(400, nested, 'changes')).toEqual({ kind: 'cursor_expired' })
  const answer = { status: 502, headers: new Headers(), text: () => '<html>Bad gateway</html>' }
  expect(graphFailure(answer, 'question', now)).toEqual({ kind: 'transient', diagnostic: '502' })
})

const inbox = '/me/mailFolders/inbox?$select=id'
const message = '/me/messages/1?$select=id'
const noRight = { kind: 'mailbox_refused', why: 'no_right' }
const unknown = { kind: 'mailbox_refused', why: 'unknown' }

test.each([
  [403, 'ErrorAccessDenied', 'question', message, noRight],
  [403, 'ErrorAccessDenied', 'submission', '/me/sendMail', noRight],
  [403, 'ErrorSendAsDenied', 'submission', '/me/sendMail', { kind: 'sender_refused' }],
  [404, 'ErrorItemNotFound', 'question', inbox, noRight],
  [404, 'ErrorItemNotFound', 'submission', '/me/sendMail', noRight],
  [404, 'ErrorItemNotFound', 'question', message, { kind: 'not_found' }],
  [404, 'ResourceNotFound', 'question', inbox, unknown],
  [404, 'ErrorInvalidUser', 'submission', '/me/sendMail', unknown],
  [404, 'MailboxNotEnabledForRESTAPI', 'question', message, unknown],
  [403, 'ErrorAccessDenied', 'watch', '/subscriptions', { kind: 'our_config' }],
  [404, 'ResourceNotFound', 'watch', '/subscriptions/1', { kind: 'not_found' }],
  [401, 'InvalidAuthenticationToken', 'question', message, unauthorised('token_refused')],
  [429, 'ApplicationThrottled', 'question', message, { kind: 'throttled', until: expect.anything() }],
] as const)('of a shared mailbox, %i %s to a %s of %s', (status, code, asked, path, failure) => {
  const answer = {
    status,
    headers: new Headers(),
    text: () => JSON.stringify({ error: { code, message: '' } }),
  }
  const { diagnostic: _said, ...told } = sharedFailure(
    answer,
    { asked, path },
    graphFailure(answer, asked, now),
  )
  expect(told).toEqual(failure)
})

test('that something is not found in the own mailbox says nothing of the account', () => {
  expect(refused(404, 'ResourceNotFound')).toEqual({ kind: 'not_found' })
})

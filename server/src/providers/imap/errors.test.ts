import { expect, test } from 'vitest'
import { complaintIn, imapFailure, refusesLogin, smtpFailure, toldBy } from './errors.ts'

const now = Temporal.Instant.from('2026-03-10T09:00:00Z')
const smtp = (responseCode: number, response: string, command = 'DATA') =>
  smtpFailure(toldBy({ message: 'Message failed', responseCode, response, command }), now)

test.each([
  [421, '421 4.7.0 Try again later, closing connection', 'DATA', 'throttled', ''],
  [450, '450 4.2.1 The user is receiving mail too quickly', 'RCPT TO', 'throttled', ''],
  [451, '451 4.7.1 Too many messages', 'MAIL FROM', 'throttled', ''],
  [451, '451 4.3.0 Temporary system problem', 'DATA', 'transient', ''],
  [454, '454 4.7.0 Temporary authentication failure', 'AUTH PLAIN', 'throttled', ''],
  [550, '550 5.4.5 Daily user sending limit exceeded', 'DATA', 'quota_day', ''],
  [535, '535 5.7.8 Username and Password not accepted', 'AUTH PLAIN', 'unauthorised', 'password_refused'],
  [534, '534-5.7.9 Application-specific password required', 'AUTH PLAIN', 'unauthorised', 'app_password'],
  [550, '550 5.1.1 No such user', 'RCPT TO', 'rejected', 'recipient_invalid'],
  [553, '553 5.7.1 Sender address rejected: not owned by user', 'MAIL FROM', 'sender_refused', ''],
  [553, '553 5.7.1 Sender address rejected: not owned by user', 'RCPT TO', 'sender_refused', ''],
  [
    550,
    '550 5.7.60 SMTP; Client does not have permissions to send as this sender',
    'DATA',
    'sender_refused',
    '',
  ],
  [550, '550 5.1.8 Access denied, bad outbound sender', 'DATA', 'unauthorised', 'account_suspended'],
  [550, '550 5.7.502 Access denied, banned sender', 'DATA', 'unauthorised', 'account_suspended'],
  [550, '550 5.7.233 your tenant exceeded its daily limit', 'DATA', 'quota_day', ''],
  [554, '554 5.7.1 Client host rejected', 'MAIL FROM', 'rejected', 'refused'],
  [550, '550 5.7.1 Recipient address rejected: access denied', 'RCPT TO', 'rejected', 'recipient_invalid'],
  [
    550,
    '550 5.7.1 You are not allowed to send mail to this recipient',
    'RCPT TO',
    'rejected',
    'recipient_invalid',
  ],
  [
    554,
    '554 5.7.1 <all@x.example>: Recipient address rejected: sender not allowed',
    'RCPT TO',
    'rejected',
    'recipient_invalid',
  ],
  [552, '552 5.3.4 Message size exceeds fixed limit', 'MAIL FROM', 'rejected', 'too_large'],
  [554, '554 5.7.1 Message refused as spam', 'DATA', 'rejected', 'refused'],
])('SMTP %i “%s” to %s is %s %s', (status, response, command, kind, why) => {
  const failure = smtp(status, response, command)
  expect([failure.kind, 'why' in failure ? failure.why : '']).toEqual([kind, why])
})

test('a refusal for good is permanent, and a pause names its end', () => {
  expect(smtp(550, '550 5.1.1 No such user', 'RCPT TO')).toMatchObject({ permanent: true })
  expect(smtp(421, '421 4.7.0 slow down')).toMatchObject({ until: now.add({ minutes: 15 }) })
})

test.each([
  [{ authenticationFailed: true, serverResponseCode: 'AUTHENTICATIONFAILED' }, 'unauthorised'],
  [{ authenticationFailed: true, serverResponseCode: 'UNAVAILABLE' }, 'transient'],
  [{ authenticationFailed: true, serverResponseCode: 'LIMIT' }, 'throttled'],
  [{ code: 'ETHROTTLE' }, 'throttled'],
  [{ serverResponseCode: 'NONEXISTENT' }, 'not_found'],
  [{ code: 'NoConnection' }, 'transient'],
])('IMAP %j is %s', (error, kind) => {
  expect(imapFailure(toldBy({ message: 'Command failed', ...error }), now).kind).toBe(kind)
})

test.each([
  ['smtp', { code: 'EDNS', message: 'queryA ENOTFOUND' }, 'host_unknown'],
  ['smtp', { code: 'ESOCKET', cause: { code: 'ECONNREFUSED' } }, 'nobody_listens'],
  ['smtp', { code: 'EAUTH', responseCode: 535 }, 'login_refused'],
  ['smtp', { code: 'ETLS', command: 'STARTTLS' }, 'no_starttls'],
  ['smtp', { code: 'ESOCKET', message: 'self-signed certificate' }, 'certificate'],
  ['smtp', { code: 'ETIMEDOUT', message: 'Greeting never received' }, 'speaks_tls'],
  ['smtp', { code: 'ESOCKET', message: 'SSL routines:wrong version number' }, 'speaks_plainly'],
  ['imap', { code: 'CONNECT_TIMEOUT' }, 'too_slow'],
  ['imap', { message: 'Server does not support STARTTLS' }, 'no_starttls'],
  [
    'imap',
    { authenticationFailed: true, responseText: 'IMAP access is disabled for your domain' },
    'imap_off',
  ],
  ['imap', { authenticationFailed: true, responseText: 'Invalid credentials' }, 'login_refused'],
  ['imap', { authenticationFailed: true, serverResponseCode: 'UNAVAILABLE' }, 'busy'],
  ['smtp', { code: 'EAUTH', responseCode: 454, command: 'AUTH PLAIN' }, 'busy'],
  ['imap', { code: 'EConnectionClosed' }, 'broke_off'],
] as const)('over %s %j reads as %s', (speaks, error, verdict) => {
  expect(complaintIn(toldBy(error), speaks)).toBe(verdict)
})

test.each([
  [{ authenticationFailed: true, serverResponseCode: 'AUTHENTICATIONFAILED' }, true],
  [{ authenticationFailed: true }, true],
  [{ responseCode: 535, command: 'AUTH XOAUTH2' }, true],
  [{ responseCode: 334, command: 'AUTH XOAUTH2' }, true],
  [{ authenticationFailed: true, serverResponseCode: 'UNAVAILABLE' }, false],
  [{ authenticationFailed: true, serverResponseCode: 'LIMIT' }, false],
  [{ responseCode: 454, command: 'AUTH XOAUTH2' }, false],
  [{ responseCode: 550, command: 'RCPT TO' }, false],
])('that %j refuses who we are is %s', (error, refuses) => {
  expect(refusesLogin(toldBy(error))).toBe(refuses)
})

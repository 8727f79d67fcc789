import { expect, test } from 'vitest'
import { blamesSender, enhancedStatus, isPermanent, statusOf } from './status.ts'

test.each([
  ['550 5.1.1 user unknown', '5.1.1'],
  ['(#5.7.1)', '5.7.1'],
  ['5.0.0 then 5.2.2', '5.2.2'],
  ['5.0.0 only', '5.0.0'],
  ['4.4.7 (expired)', '4.4.7'],
  ['host 192.5.1.1 said', undefined],
  ['[5.1.1.9]', undefined],
  ['version v5.2.1', undefined],
  ['qmail 4.8.15', undefined],
  ['2.1.5 ok', undefined],
])('%j carries %s', (text, status) => {
  expect(enhancedStatus(text)).toBe(status)
})

test.each([
  ['5.1.1', '', false, '5.1.1'],
  ['5.1.1 (bad mailbox)', 'smtp; 550 5.7.1 no', false, '5.1.1'],
  ['5.0.0', '550 5.1.1 no such user', false, '5.1.1'],
  ['5.0.0', 'mailbox is full', false, '5.2.2'],
  ['5.0.0', '', false, '5.0.0'],
  ['4.0.0', 'mailbox is full', false, '4.2.2'],
  [undefined, '550 no such user here', false, '5.1.1'],
  [undefined, '452 over quota', false, '4.2.2'],
  [undefined, '554 rejected as spam', false, '5.7.1'],
  [undefined, 'Remote host said: 550', false, '5.0.0'],
  [undefined, 'User unknown', false, '5.1.1'],
  [undefined, 'Das Postfach ist voll', false, '4.2.2'],
  [undefined, 'mailbox disabled', false, '5.2.1'],
  [undefined, 'Host or domain name not found', false, '5.1.2'],
  [undefined, 'Die Domain konnte nicht gefunden werden', false, '5.1.2'],
  [undefined, 'connect to mx: Connection timed out', false, '4.4.1'],
  [undefined, 'message has been in the queue too long', false, '4.4.7'],
  [undefined, 'too many hops', false, '5.4.6'],
  [undefined, 'message too large', false, '5.3.4'],
  [undefined, '', false, '5.0.0'],
  [undefined, '', true, '4.0.0'],
  [undefined, 'User unknown', true, '4.1.1'],
])('Status %s with %j, delayed %s: %s', (field, diagnostic, delayed, status) => {
  expect(statusOf({ field, diagnostic, delayed })).toBe(status)
})

test('only class 5 is permanent', () => {
  expect(['5.1.1', '5.0.0', '4.2.2'].map(isPermanent)).toEqual([true, true, false])
})

test.each([
  ['5.4.5', '550-5.4.5 Daily user sending limit exceeded.', true],
  ['5.4.5', '', true],
  ['5.0.0', 'You have reached a limit for sending mail. Your message was not sent.', true],
  ['5.1.8', '550 5.1.8 Access denied, bad outbound sender. AS(42004)', true],
  ['5.7.232', "Your message can't be sent because your trial tenant has exceeded its daily limit", true],
  ['5.7.233', '', true],
  ['5.7.502', 'Access denied, banned sender', true],
  ['5.7.705', 'Access denied, tenant has exceeded threshold', true],
  ['4.4.5', 'Daily user sending limit exceeded', false],
  ['5.1.1', 'user unknown', false],
  ['5.1.8', "Sender's domain does not exist", false],
  ['5.2.2', 'the mailbox of the user is over its daily limit', false],
  ['5.7.1', 'rejected by policy', false],
])('%s “%s” is about whoever sent: %s', (status, diagnostic, about) => {
  expect(blamesSender(status, diagnostic)).toBe(about)
})

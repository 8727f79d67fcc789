import { expect, test } from 'vitest'
import { retryAfter } from './retry-after.ts'

const now = Temporal.Instant.from('2026-03-10T09:00:00Z')

test.each([
  ['seconds', '120', undefined, '2026-03-10T09:02:00Z'],
  ['no seconds at all', '0', undefined, '2026-03-10T09:00:00Z'],
  ['an HTTP date', 'Tue, 10 Mar 2026 11:30:05 GMT', undefined, '2026-03-10T11:30:05Z'],
  [
    'a sentence with an instant',
    null,
    'User-rate limit exceeded.  Retry after 2026-03-10T09:15:00.123Z',
    '2026-03-10T09:15:00.123Z',
  ],
  [
    'a sentence with a full stop, which wins over the header',
    '5',
    'Retry after 2026-03-10T10:00:00Z. (Mail sending)',
    '2026-03-10T10:00:00Z',
  ],
  ['a sentence without an instant, so the header counts', '7', 'Retry after a while', '2026-03-10T09:00:07Z'],
  ['an impossible date', 'Tue, 31 Feb 2026 11:30:05 GMT', undefined, undefined],
  ['an unknown month', 'Tue, 10 Foo 2026 11:30:05 GMT', undefined, undefined],
  ['words', 'soon', undefined, undefined],
  ['nothing', null, undefined, undefined],
])('the time to ask again is read from %s', (_kind, header, sentence, until) => {
  const told = sentence === undefined ? { header } : { header, sentence }
  expect(retryAfter(told, now)?.toString()).toBe(until)
})

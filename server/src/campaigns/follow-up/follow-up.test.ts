import { expect, test } from 'vitest'
import { dueAt } from './follow-up.ts'

const times = {
  zone: 'Europe/Berlin',
  windowFrom: Temporal.PlainTime.from('08:00'),
  windowTo: Temporal.PlainTime.from('20:00'),
  windowDays: [1, 2, 3, 4, 5, 6, 7],
}
function due(acceptedAt: string, afterDays: number, more: Partial<typeof times> = {}): string {
  return dueAt({ acceptedAt: Temporal.Instant.from(acceptedAt), afterDays }, { ...times, ...more }).toString()
}

test('a follow-up is due at the same time of day, so many days later', () => {
  expect(due('2026-01-05T14:30:00Z', 4)).toBe('2026-01-09T14:30:00Z')
})

test('what falls outside the sending times is due when they open next', () => {
  // 21:00 in Berlin, then Wednesday at 08:00
  expect(due('2026-01-05T20:00:00Z', 1)).toBe('2026-01-07T07:00:00Z')
  // 06:00 in Berlin, then the same day at 08:00
  expect(due('2026-01-05T05:00:00Z', 1)).toBe('2026-01-06T07:00:00Z')
  // Saturday, with Monday to Friday
  expect(due('2026-01-05T14:30:00Z', 5, { windowDays: [1, 2, 3, 4, 5] })).toBe('2026-01-12T07:00:00Z')
})

test('the day on which the clocks go forward has 23 hours, and the one on which they go back 25', () => {
  // 27 March 10:00 CET; 30 March 10:00 CEST is 71 hours later
  expect(due('2026-03-27T09:00:00Z', 3)).toBe('2026-03-30T08:00:00Z')
  // 24 October 10:00 CEST; 25 October 10:00 CET is 25 hours later
  expect(due('2026-10-24T08:00:00Z', 1)).toBe('2026-10-25T09:00:00Z')
})

test('an hour that the clocks skip is due at the hour after it', () => {
  const always = { windowFrom: Temporal.PlainTime.from('00:00'), windowTo: Temporal.PlainTime.from('23:59') }
  // 02:30 does not exist on 29 March
  expect(due('2026-03-28T01:30:00Z', 1, always)).toBe('2026-03-29T01:30:00Z')
})

test('days that are over already are due now, within the sending times', () => {
  const acceptedAt = Temporal.Instant.from('2026-01-05T14:30:00Z')
  const now = Temporal.Instant.from('2026-01-20T22:00:00Z')
  expect(dueAt({ acceptedAt, afterDays: 4 }, times, now).toString()).toBe('2026-01-21T07:00:00Z')
})

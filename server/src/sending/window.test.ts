import { expect, test } from 'vitest'
import { dayOf, endAfterZoneMove, nextWindow } from './window.ts'

const everyDay = [1, 2, 3, 4, 5, 6, 7]
const berlin = {
  zone: 'Europe/Berlin',
  days: everyDay,
  from: Temporal.PlainTime.from('08:00'),
  to: Temporal.PlainTime.from('20:00'),
}

function at(text: string): Temporal.Instant {
  return Temporal.Instant.from(text)
}

function spoken(window: {
  opensAt: Temporal.Instant
  releaseAt: Temporal.Instant
  closesAt: Temporal.Instant
}): string[] {
  return [window.opensAt, window.releaseAt, window.closesAt].map(String)
}

test.each([
  ['winter', '2026-01-05T12:00:00Z', '2026-01-04T23:00:00Z', '2026-01-05T23:00:00Z', 24],
  ['the clocks go forward', '2026-03-29T12:00:00Z', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', 23],
  ['the clocks go back', '2026-10-25T12:00:00Z', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 25],
])('a day in Berlin is a calendar day: %s', (_name, now, starts, ends, hours) => {
  const day = dayOf('Europe/Berlin', at(now))
  expect([String(day.startsAt), String(day.endsAt), day.startsAt.until(day.endsAt).total('hours')]).toEqual([
    starts,
    ends,
    hours,
  ])
})

test.each([
  [
    'open now',
    '2026-01-05T12:00:00Z',
    ['2026-01-05T07:00:00Z', '2026-01-05T17:00:00Z', '2026-01-05T19:00:00Z'],
  ],
  [
    'before it opens',
    '2026-01-05T05:00:00Z',
    ['2026-01-05T07:00:00Z', '2026-01-05T17:00:00Z', '2026-01-05T19:00:00Z'],
  ],
  [
    'the second it closes',
    '2026-01-05T19:00:00Z',
    ['2026-01-06T07:00:00Z', '2026-01-06T17:00:00Z', '2026-01-06T19:00:00Z'],
  ],
  [
    'the day the clocks go forward',
    '2026-03-28T21:00:00Z',
    ['2026-03-29T06:00:00Z', '2026-03-29T16:00:00Z', '2026-03-29T18:00:00Z'],
  ],
])('the sending window in Berlin: %s', (_name, now, expected) => {
  expect(spoken(nextWindow(berlin, at(now)))).toEqual(expected)
})

test('Monday to Friday leaves the weekend out', () => {
  const weekdays = { ...berlin, days: [1, 2, 3, 4, 5] }
  expect(String(nextWindow(weekdays, at('2026-01-09T19:00:00Z')).opensAt)).toBe('2026-01-12T07:00:00Z')
})

test('a window shorter than two hours releases the reserve when it opens', () => {
  const short = { ...berlin, from: Temporal.PlainTime.from('08:00'), to: Temporal.PlainTime.from('09:00') }
  const window = nextWindow(short, at('2026-01-05T06:00:00Z'))
  expect(window.releaseAt).toEqual(window.opensAt)
})

test('a window inside the hour that the clock change skips moves by that hour', () => {
  const night = { ...berlin, from: Temporal.PlainTime.from('02:10'), to: Temporal.PlainTime.from('02:50') }
  expect(spoken(nextWindow(night, at('2026-03-28T12:00:00Z')))).toEqual([
    '2026-03-29T01:10:00Z',
    '2026-03-29T01:10:00Z',
    '2026-03-29T01:50:00Z',
  ])
})

const noon = at('2026-01-05T12:00:00Z')
const berlinMidnight = at('2026-01-05T23:00:00Z')
const running = { endsAt: berlinMidnight, baseEndsAt: berlinMidnight }

test.each([
  ['westward: New York midnight comes later', 'America/New_York', '2026-01-06T05:00:00Z'],
  ['eastward: the next midnight in Tokyo', 'Asia/Tokyo', '2026-01-06T15:00:00Z'],
  ['the same midnight stays', 'Europe/Paris', '2026-01-05T23:00:00Z'],
])('a zone moved at noon ends the day not before it would have ended: %s', (_name, zone, newEnd) => {
  expect(String(endAfterZoneMove(zone, running, noon))).toBe(newEnd)
})

test('a zone moved there and back the same day ends the day where it began to', () => {
  const there = { ...running, endsAt: endAfterZoneMove('America/New_York', running, noon) }
  expect(String(endAfterZoneMove('Europe/Berlin', there, at('2026-01-05T18:00:00Z')))).toBe(
    '2026-01-05T23:00:00Z',
  )
})

test('a zone moved back after that end takes the next midnight, so that nothing counts twice', () => {
  const there = { ...running, endsAt: endAfterZoneMove('Asia/Tokyo', running, noon) }
  expect(String(endAfterZoneMove('Europe/Berlin', there, at('2026-01-06T02:00:00Z')))).toBe(
    '2026-01-06T23:00:00Z',
  )
})

test('a day that ended within the new zone’s today goes on until its midnight', () => {
  expect(String(endAfterZoneMove('America/New_York', running, at('2026-01-06T01:00:00Z')))).toBe(
    '2026-01-06T05:00:00Z',
  )
})

test('a day that ended before the new zone’s today stays over', () => {
  expect(endAfterZoneMove('Asia/Tokyo', running, at('2026-01-09T12:00:00Z'))).toEqual(berlinMidnight)
})

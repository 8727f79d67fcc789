import { expect, test } from 'vitest'
import { instant } from './clock.ts'
import { fieldOf, instantAt } from './wall-time.ts'

test.each([
  ['winter', '2026-01-05', '08:00', 'Europe/Berlin', '2026-01-05T07:00:00.000Z'],
  ['summer', '2026-07-06', '08:00', 'Europe/Berlin', '2026-07-06T06:00:00.000Z'],
  ['beyond the date line', '2026-01-05', '08:00', 'Pacific/Auckland', '2026-01-04T19:00:00.000Z'],
  [
    'the evening before the clocks go forward',
    '2026-03-28',
    '23:30',
    'Europe/Berlin',
    '2026-03-28T22:30:00.000Z',
  ],
  ['the morning after', '2026-03-30', '08:00', 'Europe/Berlin', '2026-03-30T06:00:00.000Z'],
])('a wall clock in %s is an instant', (_name, date, clock, zone, at) => {
  expect(instantAt(date, clock, zone)).toBe(at)
})

test('half an hour into an hour that the clocks skip is half an hour after it', () => {
  expect(instantAt('2026-03-29', '02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
  expect(instantAt('2026-03-08', '02:30', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z')
})

test('of an hour that the clocks show twice it is the first', () => {
  expect(instantAt('2026-10-25', '02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z')
})

test('a field shows what the clocks of the zone show', () => {
  expect(fieldOf(instant('2026-07-06T06:05:09Z'), 'Europe/Berlin')).toBe('2026-07-06T08:05')
})

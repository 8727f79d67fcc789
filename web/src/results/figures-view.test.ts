import type { MailboxResult } from '@kontor/api/results'
import { expect, test } from 'vitest'
import { fullestDay, spoken, sumOf } from './figures-view.ts'

test.each([
  [0.2, { unit: 'minutes', count: 1 }],
  [89, { unit: 'minutes', count: 89 }],
  [90, { unit: 'hours', count: 2 }],
  [35 * 60, { unit: 'hours', count: 35 }],
  [36 * 60, { unit: 'days', count: 2 }],
  [10 * 24 * 60, { unit: 'days', count: 10 }],
] as const)('%d minutes are said as %j', (minutes, expected) => {
  expect(spoken(minutes)).toEqual(expected)
})

const full: MailboxResult = {
  id: '019b8f00-0000-7000-8000-000000000001',
  address: 'anna@brand.practice.example',
  level: 'full',
  connected: true,
  days: [
    { date: '2026-01-04', sent: 12, replies: 3, bounces: 0 },
    { date: '2026-01-05', sent: 30, replies: 4, bounces: 2 },
  ],
}
const blind: MailboxResult = { ...full, level: 'send_only', days: [{ date: '2026-01-05', sent: 7 }] }

test('the sums of a mailbox', () => {
  expect(sumOf(full)).toEqual({ sent: 42, replies: 7, bounces: 2 })
  expect(sumOf(blind)).toEqual({ sent: 7, replies: undefined, bounces: undefined })
})

test('the tallest bar is the fullest day of any mailbox, and never nothing', () => {
  expect(fullestDay([blind, full])).toBe(30)
  expect(fullestDay([])).toBe(1)
})

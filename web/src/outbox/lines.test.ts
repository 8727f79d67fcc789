import type { OutboxRow } from '@kontor/api/outbox'
import { expect, test } from 'vitest'
import { heirOf, linesOf, timeOf } from './lines.ts'

function row(id: string, more: Partial<OutboxRow>): OutboxRow {
  return {
    id,
    kind: 'bulk',
    state: 'queued',
    mailboxId: 'anna',
    mailboxAddress: 'anna@brand.example',
    to: 'mia@people.example',
    toName: 'Mia Ford',
    subject: '',
    enqueuedAt: '2026-01-05T08:00:00Z',
    reason: { code: 'next' },
    ...more,
  }
}
const dayKey = (iso: string) => iso.slice(0, 10)

test('a heading for each day, in the order of leaving; what is on its way and what has no time have their own', () => {
  const rows = [
    row('a', { state: 'leased', reason: { code: 'sending' } }),
    row('b', { expectedAt: '2026-01-05T09:00:00Z' }),
    row('c', { expectedAt: '2026-01-06T08:00:00Z' }),
    row('d', { expectedAt: '2026-01-06T08:00:03Z' }),
    row('e', { reason: { code: 'paused' } }),
  ]
  const shape = linesOf(rows, dayKey).map((line) =>
    line.kind === 'mail' ? line.key : [line.at, line.count, line.expected, line.sending],
  )
  expect(shape).toEqual([
    [undefined, 1, false, true],
    'a',
    ['2026-01-05T09:00:00Z', 1, true, false],
    'b',
    ['2026-01-06T08:00:00Z', 2, true, false],
    'c',
    'd',
    [undefined, 1, false, false],
    'e',
  ])
})

test('a row stands under the time at which it leaves, left or was settled', () => {
  expect(timeOf(row('a', { expectedAt: '2026-01-06T08:00:00Z' }))).toBe('2026-01-06T08:00:00Z')
  expect(timeOf(row('b', { state: 'cancelled', settledAt: '2026-01-05T10:00:00Z' }))).toBe(
    '2026-01-05T10:00:00Z',
  )
  expect(timeOf(row('c', { state: 'held' }))).toBe('2026-01-05T08:00:00Z')
  expect(timeOf(row('d', {}))).toBeUndefined()
})

test('the place of a mail that left goes to the next that is still there, or to the last', () => {
  const lines = (...ids: readonly string[]) =>
    linesOf(
      ids.map((id) => row(id, {})),
      dayKey,
    )
  const before = lines('a', 'b', 'c', 'd')
  expect(heirOf('b', before, lines('a', 'c', 'd'))).toBe('c')
  expect(heirOf('b', before, lines('d'))).toBe('d')
  expect(heirOf('d', before, lines('a', 'b'))).toBe('b')
  expect(heirOf('a', before, [])).toBeUndefined()
})

import type { LedgerEntry } from '@kontor/api/mailboxes'
import { expect, test } from 'vitest'
import { callsOf } from './ledger-calls.ts'

function entry(
  seq: number,
  phase: 'before' | 'after',
  call: string,
  more: Partial<LedgerEntry> = {},
): LedgerEntry {
  return {
    seq,
    at: '2026-01-05T09:00:00Z',
    phase,
    call,
    purpose: 'pull',
    depth: 'content',
    touched: 1,
    times: 1,
    hash: `seal-${seq}`,
    ...(phase === 'after' ? { outcome: 'ok' } : {}),
    ...more,
  }
}

const lines = (entries: readonly LedgerEntry[]) =>
  callsOf(entries).map(({ key, call, unended, failure }) =>
    [key, call, unended ? 'unended' : '', failure ?? ''].filter(Boolean).join(' '),
  )

test('a call is one line, also when others run beside it', () => {
  expect(
    lines([
      entry(6, 'after', 'raw'),
      entry(5, 'after', 'send', { purpose: 'send' }),
      entry(4, 'before', 'raw'),
      entry(3, 'before', 'send', { purpose: 'send' }),
      entry(2, 'after', 'raw', { outcome: 'not_found' }),
      entry(1, 'before', 'raw'),
    ]),
  ).toEqual(['6 raw', '5 send', '2 raw not_found'])
})

test('a call whose end was never written says so', () => {
  expect(lines([entry(1, 'before', 'send', { purpose: 'send' })])).toEqual(['1 send unended'])
})

test('looks that found nothing are one line with their number', () => {
  const folded = entry(3, 'before', 'changesSince', { times: 720, touched: 0, depth: 'identifiers' })
  const found = entry(2, 'after', 'changesSince', { touched: 2, depth: 'identifiers' })
  expect(callsOf([folded, found]).map(({ key, times, unended }) => [key, times, unended])).toEqual([
    [3, 720, false],
    [2, 1, false],
  ])
})

test('the same kind of call for two purposes is told apart', () => {
  expect(
    lines([
      entry(3, 'after', 'raw', { purpose: 'rescan' }),
      entry(2, 'before', 'raw', { purpose: 'pull' }),
      entry(1, 'before', 'raw', { purpose: 'rescan' }),
    ]),
  ).toEqual(['3 raw', '2 raw unended'])
})

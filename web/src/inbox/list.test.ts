import { expect, test } from 'vitest'
import type { ConversationRow } from '@kontor/api/inbox'
import { isNarrowed, neighbour, readFilter, toQuery, withHeadings } from './list.ts'

function row(id: string, teamState: ConversationRow['teamState']): ConversationRow {
  return {
    id,
    contactId: 'c',
    contactName: 'Lena Reist',
    teamState,
    unread: false,
    subject: 'Autumn',
    snippet: 'Yes',
    lastAt: '2026-03-02T08:00:00Z',
    lastDirection: 'in',
    woken: false,
    withdrawn: false,
  }
}

test('a filter in the address survives the way to the server', () => {
  const filter = readFilter({ who: 'mine', state: 'waiting', campaign: 'k1', q: 'lena' })
  expect(filter).toEqual({ who: 'mine', state: 'waiting', campaign: 'k1', q: 'lena' })
  expect(toQuery(filter)).toEqual({ who: 'mine', state: 'waiting', campaignId: 'k1', q: 'lena' })
})

test('an address that is not understood opens the whole list', () => {
  expect(readFilter({ who: 'everyone', state: 'snoozed', q: '' })).toEqual({})
  expect(isNarrowed({})).toBe(false)
  expect(isNarrowed({ q: 'a' })).toBe(true)
})

test('each team state gets one heading, above its first row', () => {
  const lines = withHeadings([row('1', 'needs_reply'), row('2', 'needs_reply'), row('3', 'done')])
  expect(lines.map((line) => (line.kind === 'heading' ? line.state : line.row.id))).toEqual([
    'needs_reply',
    '1',
    '2',
    'done',
    '3',
  ])
})

test('moving starts at the first conversation and stops at the ends', () => {
  const rows = [row('1', 'needs_reply'), row('2', 'done')]
  expect(neighbour(rows, undefined, 1)).toBe('1')
  expect(neighbour(rows, '1', 1)).toBe('2')
  expect(neighbour(rows, '2', 1)).toBeUndefined()
  expect(neighbour(rows, '1', -1)).toBeUndefined()
  expect(neighbour([], undefined, 1)).toBeUndefined()
})

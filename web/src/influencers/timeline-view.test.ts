import { expect, test } from 'vitest'
import { entryWord, newestFirst } from './timeline-view.ts'

test('the state of a mail is its word, and an unknown state gives way to the kind', () => {
  const sent = { at: '2026-03-02T08:00:00Z', future: false, kind: 'sent', title: 'Autumn' } as const
  expect(entryWord({ ...sent, state: 'in_doubt' })).toBe('timeline.state.in_doubt')
  expect(entryWord({ ...sent, state: 'something' })).toBe('timeline.kind.sent')
  expect(entryWord(sent)).toBe('timeline.kind.sent')
})

test('what comes stands above what was', () => {
  const past = { at: '2026-03-01T08:00:00Z', future: false, kind: 'sent', title: 'a' } as const
  const coming = { at: '2026-03-03T08:00:00+01:00', future: true, kind: 'waiting', title: 'b' } as const
  expect(newestFirst([past, coming]).map((entry) => entry.title)).toEqual(['b', 'a'])
})

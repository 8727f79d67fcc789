import { expect, test } from 'vitest'
import { restOf } from './long-list.ts'

const listed = (pages: number, fetchMeta: unknown = null) => ({
  data: { pages: Array.from({ length: pages }, () => ({ rows: [] })) },
  dataUpdatedAt: 10_000,
  fetchStatus: fetchMeta === null ? 'idle' : 'fetching',
  fetchMeta,
})

test('a list of one or two pages follows every change', () => {
  expect([restOf(listed(1), 10_001), restOf(listed(2), 10_001)]).toEqual([0, 0])
})

test('a list of thirty pages is asked again half a minute after it was read', () => {
  expect([restOf(listed(30), 10_000), restOf(listed(30), 39_000), restOf(listed(30), 40_000)]).toEqual([
    30_000, 1000, 0,
  ])
})

test('while the next page comes a list is left alone', () => {
  expect(restOf(listed(1, { fetchMore: { direction: 'forward' } }), 99_000)).toBe(500)
})

test('what is no list of pages is asked at once', () => {
  expect(restOf({ ...listed(1), data: { waiting: 3 } }, 10_001)).toBe(0)
})

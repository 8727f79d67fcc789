import { expect, test } from 'vitest'
import { newsPoint } from './progress-news.ts'

test('of something long there is news when it begins, at each quarter and at its end, however many steps it has', () => {
  const points = Array.from({ length: 1001 }, (_, n) => newsPoint('running', n, 1000))
  expect([...new Set(points)].map((point) => points.indexOf(point))).toEqual([0, 250, 500, 750, 1000])
})

test('that it stops and goes on is news, too', () => {
  expect(newsPoint('stopped', 300, 1000)).not.toBe(newsPoint('running', 300, 1000))
})

test('of nothing at all there is news once; more than there was to do is no further news', () => {
  expect(newsPoint('running', 0, 0)).toBe(newsPoint('running', 3, 0))
  expect(newsPoint('running', 5, 4)).toBe(newsPoint('running', 4, 4))
})

import { expect, test } from 'vitest'
import { seededIds, systemIds } from './index.ts'

test('an id is a UUID version 7 in canonical form', () => {
  expect(systemIds.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('the same seed gives the same ids, in the order they were made', () => {
  const draw = (seed: string) => {
    const ids = seededIds(seed)
    return [ids.uuid(), ids.uuid(), ids.token(), ids.token(40)]
  }
  const [first = '', second = '', token = '', long = ''] = draw('one')
  expect(draw('one')).toEqual([first, second, token, long])
  expect(draw('two')).not.toEqual([first, second, token, long])
  expect(first < second).toBe(true)
  expect(first.startsWith('019b8d2b-8c00-7')).toBe(true)
  expect([token.length, long.length]).toEqual([32, 54])
})

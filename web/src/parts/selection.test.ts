import { expect, test } from 'vitest'
import { changed, countOf, isChosen } from './selection.ts'

const everybody = { everyone: { q: 'baker' }, total: 1200, except: ['b'] }

test('people chosen one by one are counted and found', () => {
  const chosen = changed({ ids: ['a'] }, ['b', 'a'], true)
  expect([chosen, countOf(chosen), isChosen(chosen, 'b'), isChosen(chosen, 'c')]).toEqual([
    { ids: ['a', 'b'] },
    2,
    true,
    false,
  ])
  expect(changed(chosen, ['a'], false)).toEqual({ ids: ['b'] })
})

test('of everybody, those taken out again are not meant', () => {
  expect([countOf(everybody), isChosen(everybody, 'a'), isChosen(everybody, 'b')]).toEqual([
    1199,
    true,
    false,
  ])
  expect(changed(everybody, ['a'], false)).toEqual({ ...everybody, except: ['b', 'a'] })
  expect(changed(everybody, ['b'], true)).toEqual({ ...everybody, except: [] })
})

test('a list that shrank meanwhile never counts below nobody', () => {
  expect(countOf({ everyone: {}, total: 1, except: ['a', 'b'] })).toBe(0)
})

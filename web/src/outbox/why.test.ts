import { expect, test } from 'vitest'
import { reasonsOf } from './why.ts'

test('why a single mail was left as it was is said without its number, which the sentence has said', () => {
  expect(reasonsOf({ moved_meanwhile: 1 })).toEqual([{ word: 'moved_meanwhile', count: 1, counted: false }])
})

test('several mails left as they were are counted by reason', () => {
  expect(reasonsOf({ unconfirmed: 1, a_new_code: 3 })).toEqual([
    { word: 'unconfirmed', count: 1, counted: true },
    { word: 'other', count: 3, counted: true },
  ])
})

import { expect, test } from 'vitest'
import { reached, share } from './reached.ts'

const counts = {
  added: 10,
  invited: 20,
  viewed: 8,
  applied: 4,
  approved: 3,
  rejected: 2,
  withdrawn: 1,
  declined: 5,
}

test('whoever applied has also been invited and has opened the brief', () => {
  expect(reached(counts)).toEqual({
    inCampaign: 53,
    invited: 43,
    viewed: 18,
    applied: 10,
    approved: 3,
    rejected: 2,
    withdrawn: 1,
    declined: 5,
  })
})

test('a share of nobody is not a number', () => {
  expect(share(0, 0)).toBeUndefined()
  expect(share(1, 4)).toBe(0.25)
})

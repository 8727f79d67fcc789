import { expect, test } from 'vitest'
import { stageTabs } from './stages.ts'

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

test('the tabs show everybody first and then each stage in its order', () => {
  expect(stageTabs(counts)).toEqual([
    { stage: 'all', count: 53 },
    { stage: 'added', count: 10 },
    { stage: 'invited', count: 20 },
    { stage: 'viewed', count: 8 },
    { stage: 'applied', count: 4 },
    { stage: 'approved', count: 3 },
    { stage: 'rejected', count: 2 },
    { stage: 'withdrawn', count: 1 },
    { stage: 'declined', count: 5 },
  ])
})

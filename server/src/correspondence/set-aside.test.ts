import { expect, test } from 'vitest'
import { nextTry } from './set-aside.ts'
import type { SetAsideReason } from './set-aside.ts'

test.each<[SetAsideReason, readonly (number | string)[]]>([
  ['unreadable', [30, 300, 3600, 'ask', 'ask']],
  ['rejected', [30, 300, 3600, 'ask', 'ask']],
  ['transient', [2, 30, 60, 120, 300, 900, 3600, 3600]],
  ['gone', [30, 120, 600, 'forget']],
  ['unsettled', [30, 60, 300, 900, 3600, 21_600, 'forget']],
  ['came_early', [0, 'forget']],
])('what is %s is tried again after these pauses', (reason, pauses) => {
  const told = pauses.map((_, n) => {
    const next = nextTry(reason, n + 1)
    return typeof next === 'string' ? next : next.againInSeconds
  })
  expect(told).toEqual(pauses)
})

import { expect, test, vi } from 'vitest'
import { simulate } from './run.ts'
import type { Outcome, Wish } from './run.ts'
import { testStand } from './stand.fixture.ts'

vi.setConfig({ testTimeout: 120_000 })
const stand = await testStand()

async function told(wish: Partial<Wish>): Promise<Outcome> {
  await stand.clear()
  return await simulate(stand, { seed: '2', mailboxes: 2, days: 1, faults: true, ...wish })
}

test('the same seed tells the same story to the millisecond', async () => {
  const [first, again] = [await told({}), await told({})]
  expect(first.ok).toBe(true)
  expect(again).toEqual(first)
})

test.each([
  ['double', 'duplicates', 1],
  ['lose', 'lost', 1],
  ['ignore-cap', 'over_cap_days', 1],
  ['swap-rank', 'rank_inversions', 2],
  ['break-promise', 'rank_inversions', 2],
  ['swap-order', 'rank_inversions', 2],
] as const)('%s is seen as %s', async (sabotage, figure, days) => {
  const outcome = await told({ sabotage, days, faults: false })
  expect([outcome.ok, outcome[figure] > 0]).toEqual([false, true])
})

test.each([
  ['ignore-night', / left outside the sending times$/],
  ['ignore-pace', / left \d+ ms after m-\d+, of \d+ s$/],
  ['ignore-reserve', / were kept for direct mail$/],
] as const)('%s is told of the mails that it let go', async (sabotage, line) => {
  const outcome = await told({ sabotage, days: 2, faults: false })
  expect(outcome.ok).toBe(false)
  expect(outcome.told.filter((one) => line.test(one))).not.toEqual([])
})

test('left alone, the world in which sabotage is seen breaks nothing', async () => {
  const outcome = await told({ days: 2, faults: false })
  expect([outcome.told.slice(2), outcome.ok]).toEqual([[], true])
})

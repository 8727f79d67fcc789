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

test('the same seed tells the same story to the millisecond, another seed another one', async () => {
  const first = await told({})
  const again = await told({})
  const other = await told({ seed: '4' })
  expect(again).toEqual(first)
  expect([first.ok, other.ok, other.schedule === first.schedule]).toEqual([true, true, false])
})

test.each([
  ['double', 'duplicates'],
  ['lose', 'lost'],
  ['ignore-cap', 'over_cap_days'],
  ['swap-rank', 'rank_inversions'],
] as const)('%s is seen as %s; left alone, the same world breaks nothing', async (sabotage, figure) => {
  const wish = { faults: false, days: 2 }
  const [alone, struck] = [await told(wish), await told({ ...wish, sabotage })]
  expect([alone.ok, alone[figure], struck.ok, struck[figure] > 0]).toEqual([true, 0, false, true])
})

import { expect, test } from 'vitest'
import { createRoom } from './index.ts'

async function asked(all: number, sizes: readonly number[]) {
  const room = createRoom(all)
  const inside: Disposable[] = []
  const came: number[] = []
  for (const bytes of sizes)
    void room(bytes).then((taken) => {
      came.push(bytes)
      inside.push(taken)
    })
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  await settled()
  return {
    came,
    async leave(n: number) {
      inside[n]?.[Symbol.dispose]()
      await settled()
    },
  }
}

test('what fits together is inside together, and nobody overtakes what waits', async () => {
  const at = await asked(10, [4, 4, 5, 1])
  expect(at.came).toEqual([4, 4])
  await at.leave(0)
  expect(at.came).toEqual([4, 4, 5, 1])
})

test('what is larger than all of it is inside alone', async () => {
  const at = await asked(10, [50, 1])
  expect(at.came).toEqual([50])
  await at.leave(0)
  expect(at.came).toEqual([50, 1])
})

test('room that is given back twice counts once', async () => {
  const at = await asked(10, [6, 6, 6])
  await at.leave(0)
  await at.leave(0)
  expect(at.came).toEqual([6, 6])
})

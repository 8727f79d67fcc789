import { expect, test } from 'vitest'
import { places } from './places.ts'

test('no more work runs at once than there are places, in the order in which it came, and a failure frees its place', async () => {
  const inPlace = places(2)
  const log: string[] = []
  const gates = new Map<string, PromiseWithResolvers<void>>()
  const begin = (name: string) =>
    inPlace(async () => {
      log.push(name)
      const gate = Promise.withResolvers<void>()
      gates.set(name, gate)
      await gate.promise
      return name
    })
  const done = Promise.allSettled(['a', 'b', 'c', 'd'].map(begin))
  await Promise.resolve()
  expect(log).toEqual(['a', 'b'])
  gates.get('b')?.reject(new Error('broken'))
  await expect.poll(() => log).toEqual(['a', 'b', 'c'])
  gates.get('a')?.resolve()
  await expect.poll(() => log).toEqual(['a', 'b', 'c', 'd'])
  for (const name of ['c', 'd']) gates.get(name)?.resolve()
  expect((await done).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ])
  expect(await inPlace(() => Promise.resolve('free'))).toBe('free')
})

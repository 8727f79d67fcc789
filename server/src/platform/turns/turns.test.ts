import { expect, test } from 'vitest'
import { readingTogether, takingTurns } from './index.ts'

/** Writes that end when the test says so. */
function slow(most: number) {
  const written: string[] = []
  const open: PromiseWithResolvers<void>[] = []
  const take = takingTurns<string>(async (key, items) => {
    written.push(`${key}: ${items.join(' ')}`)
    const end = Promise.withResolvers<void>()
    open.push(end)
    await end.promise
  }, most)
  return { written, open, take }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('what is asked for in one moment is written together, and what comes meanwhile is the next', async () => {
  const { written, open, take } = slow(16)
  const first = [take('anna', 'a'), take('anna', 'b')]
  await settled()
  const second = [take('anna', 'c'), take('anna', 'd')]
  await settled()
  expect(written).toEqual(['anna: a b'])
  open[0]?.resolve()
  await Promise.all(first)
  await settled()
  expect(written).toEqual(['anna: a b', 'anna: c d'])
  open[1]?.resolve()
  await Promise.all(second)
})

test('keys do not wait for one another', async () => {
  const { written, take } = slow(16)
  void take('anna', 'a')
  void take('ben', 'b')
  await settled()
  expect(written).toEqual(['anna: a', 'ben: b'])
})

test('no more than so many are written at once', async () => {
  const { written, open, take } = slow(2)
  const all = ['a', 'b', 'c'].map((item) => take('anna', item))
  await settled()
  open[0]?.resolve()
  await settled()
  open[1]?.resolve()
  await Promise.all(all)
  expect(written).toEqual(['anna: a b', 'anna: c'])
})

test('a write that fails is made again for each alone, and only whoever cannot be written fails', async () => {
  const written: string[] = []
  const take = takingTurns<string>(async (_key, items) => {
    written.push(items.join(' '))
    if (items.includes('b')) throw new Error('no room for b')
  }, 2)
  const ends = await Promise.allSettled(['a', 'b', 'c'].map((item) => take('anna', item)))
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(written).toEqual(['a b', 'a', 'b', 'c'])
})

test('each gets the answer that was read for it, by a reading that began after it asked', async () => {
  const stored = new Map([['a', 1]])
  let readings = 0
  const end = Promise.withResolvers<void>()
  const read = readingTogether<string, number | undefined>(async (_key, names) => {
    const found = names.map((name) => stored.get(name))
    if (++readings === 1) await end.promise
    return found
  }, 16)
  const first = [read('anna', 'a'), read('anna', 'b')]
  await settled()
  stored.set('b', 2)
  const second = read('anna', 'b')
  end.resolve()
  expect([...(await Promise.all(first)), await second, readings]).toEqual([1, undefined, 2, 2])
})

test('a reading that fails is not made again, and fails for all that it was for', async () => {
  let readings = 0
  const read = readingTogether<string, string>(async () => {
    readings += 1
    throw new Error('the database is away')
  }, 16)
  const ends = await Promise.allSettled(['a', 'b', 'c'].map((item) => read('anna', item)))
  expect([ends.map(({ status }) => status), readings]).toEqual([['rejected', 'rejected', 'rejected'], 1])
})

import { expect, test } from 'vitest'
import { steppedClock } from '../testing/clock.ts'
import { createLooks } from './token-looks.ts'

const { signal } = new AbortController()

function looking() {
  const clock = steppedClock()
  const ready = Promise.withResolvers<void>()
  let hint: (grantId: string) => void = () => {}
  const listen = (_channel: string, onHint: (payload: string) => void) => {
    hint = onHint
    return { ready: ready.promise, [Symbol.asyncDispose]: async () => {} }
  }
  const looks: PromiseWithResolvers<string>[] = []
  const look = () => {
    const made = Promise.withResolvers<string>()
    looks.push(made)
    return made.promise
  }
  const turnAt = createLooks<string>({ listen }, clock)
  return { clock, ready, hint: (grantId: string) => hint(grantId), looks, look, turnAt }
}

test('callers that ask at the same time share one look, which is made for the first of them', async () => {
  const { turnAt, looks, look } = looking()
  const asked = [1, 2, 3].map(() => turnAt('a').look('expired', look))
  const others = [turnAt('b').look('expired', look), turnAt('a').look('refused token', look)]
  expect(looks).toHaveLength(3)
  for (const made of looks) made.resolve('seen')
  expect((await Promise.all(asked)).map(({ made }) => made)).toEqual([true, false, false])
  expect((await Promise.all(others)).map(({ made }) => made)).toEqual([true, true])
  void turnAt('a').look('expired', look)
  expect(looks).toHaveLength(4)
})

test('a look that fails fails for everybody who joined it, and the next one is made anew', async () => {
  const { turnAt, looks, look } = looking()
  const asked = [1, 2].map(() => turnAt('a').look('expired', look))
  looks[0]?.reject(new Error('no database'))
  expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  void turnAt('a').look('expired', look)
  expect(looks).toHaveLength(2)
})

test('a lease that ends during a look wakes whoever waits after it, and nobody joins that look any more', async () => {
  const { turnAt, looks, look, hint, clock } = looking()
  void turnAt('a').wait(signal)
  const turn = turnAt('a')
  const asked = turn.look('expired', look)
  hint('a')
  void turnAt('a').look('expired', look)
  expect(looks).toHaveLength(2)
  looks[0]?.resolve('taken')
  await asked
  await turn.wait(signal)
  expect(clock.monotonicMs()).toBe(0)
})

test('a lease of another grant wakes nobody; a second, or a hint that may have been lost, does', async () => {
  const { turnAt, hint, clock, ready } = looking()
  const woken: string[] = []
  const waits = async (name: string) =>
    turnAt('a')
      .wait(signal)
      .then(() => woken.push(name))
  const first = waits('by the connection')
  const other = turnAt('b').wait(signal)
  hint('b')
  await other
  await clock.step({ milliseconds: 999 })
  expect(woken).toEqual([])
  ready.resolve()
  await first
  const second = waits('by time')
  await clock.step({ milliseconds: 999 })
  expect(woken).toEqual(['by the connection'])
  await clock.step({ milliseconds: 1 })
  await second
  expect(woken).toEqual(['by the connection', 'by time'])
})

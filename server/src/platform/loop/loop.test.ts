import { expect, test } from 'vitest'
import { steppedClock } from '../../testing/clock.ts'
import { createLog, silentLog } from '../log/index.ts'
import { startLoop } from './index.ts'

test('a loop goes on while there is more, rests when idle, and never overlaps', async () => {
  const clock = steppedClock()
  const runs: string[] = []
  let inside = 0
  const loop = startLoop({
    name: 'test',
    idleMs: 1000,
    clock,
    log: silentLog,
    run: async () => {
      inside += 1
      expect(inside).toBe(1)
      await Promise.resolve()
      inside -= 1
      runs.push(String(clock.now()))
      return runs.length < 3 ? 'again' : 'idle'
    },
  })
  await clock.sleepers(1)
  expect(runs).toEqual(['2026-01-05T08:00:00Z', '2026-01-05T08:00:00Z', '2026-01-05T08:00:00Z'])
  await clock.step({ seconds: 1 })
  await clock.sleepers(1)
  expect(runs.slice(3)).toEqual(['2026-01-05T08:00:01Z'])
  await loop[Symbol.asyncDispose]()
})

test('a wake ends the rest, and one during a run causes one more run', async () => {
  const clock = steppedClock()
  const wake = new EventTarget()
  let runs = 0
  const loop = startLoop({
    name: 'test',
    idleMs: 60_000,
    clock,
    wake,
    log: silentLog,
    run: async () => {
      runs += 1
      if (runs === 2) wake.dispatchEvent(new Event('wake'))
      return 'idle'
    },
  })
  await clock.sleepers(1)
  expect(runs).toBe(1)
  wake.dispatchEvent(new Event('wake'))
  await clock.sleepers(0)
  await clock.step({ seconds: 1 })
  expect(runs).toBe(3)
  await loop[Symbol.asyncDispose]()
})

test('a failing run is logged and tried again after a growing rest', async () => {
  const clock = steppedClock()
  const at: number[] = []
  const lines: string[] = []
  const loop = startLoop({
    name: 'test',
    idleMs: 1000,
    clock,
    log: createLog({ level: 'error', write: (line) => lines.push(line) }),
    run: async () => {
      at.push(clock.monotonicMs())
      throw new Error('broken')
    },
  })
  await clock.sleepers(1)
  await clock.step({ seconds: 2 })
  await loop[Symbol.asyncDispose]()
  expect(at).toEqual([0, 250, 750, 1750])
  expect(lines).toHaveLength(4)
})

test('stopping aborts the signal of the run in progress and waits for it', async () => {
  const seen: string[] = []
  const begun = Promise.withResolvers<void>()
  const loop = startLoop({
    name: 'test',
    idleMs: 1000,
    clock: steppedClock(),
    log: silentLog,
    run: (signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          seen.push('aborted')
          resolve('idle')
        })
        begun.resolve()
      }),
  })
  await begun.promise
  await loop[Symbol.asyncDispose]()
  expect(seen).toEqual(['aborted'])
})

import { expect, test } from 'vitest'
import { steppedClock } from '../../testing/clock.ts'
import { createWorkerPool } from './index.ts'

const tasks = new URL('./tasks.fixture.ts', import.meta.url)
const echo = { module: tasks, name: 'echo' }
const forever = { module: tasks, name: 'forever' }
const hungry = { module: tasks, name: 'hungry' }
const broken = { module: tasks, name: 'broken' }
const count = { module: tasks, name: 'count' }
const gated = { module: tasks, name: 'gated' }
const hand = { module: tasks, name: 'hand' }
const left = { module: tasks, name: 'left' }

test('tasks queue for the threads and answer in their own time', async () => {
  await using pool = createWorkerPool({ threads: 2 })
  const answers = await Promise.all([1, 2, 3, 4, 5].map((n) => pool.run(echo, n, { ms: 20_000 })))
  expect(answers).toEqual([1, 2, 3, 4, 5])
})

test('a task that never ends is cut off and the thread replaced', async () => {
  await using pool = createWorkerPool({ threads: 1 })
  const stuck = pool.run(forever, undefined, { ms: 200 })
  const next = pool.run(echo, 'next', { ms: 20_000 })
  await expect(stuck).rejects.toMatchObject({ kind: 'timeout', message: 'forever took longer than 200 ms' })
  expect(await next).toBe('next')
})

test('a task that eats memory dies alone', async () => {
  await using pool = createWorkerPool({ threads: 1, memoryMb: 16 })
  await expect(pool.run(hungry, undefined, { ms: 20_000 })).rejects.toMatchObject({ kind: 'memory' })
  expect(await pool.run(echo, 'alive', { ms: 20_000 })).toBe('alive')
})

test('a throw of the task is a failure with its cause', async () => {
  await using pool = createWorkerPool({})
  const failure = await pool.run(broken, 'bytes', { ms: 20_000 }).catch((error: unknown) => error)
  expect(failure).toMatchObject({ kind: 'failed', cause: { message: 'cannot read bytes' } })
})

test('a stopped pool takes nothing', async () => {
  const pool = createWorkerPool({})
  await pool[Symbol.asyncDispose]()
  await expect(pool.run(echo, 1, { ms: 20_000 })).rejects.toMatchObject({ kind: 'stopped' })
})

test('a warmed pool has done its task before the first real one, in the same thread', async () => {
  await using pool = createWorkerPool({ threads: 1 })
  await pool.warm(count)
  expect(await pool.run(count, undefined, { ms: 20_000 })).toBe(2)
})

test.each([
  ['a module that cannot be loaded', { module: new URL('./nothing-here.ts', import.meta.url), name: 'echo' }],
  ['a task that fails', broken],
])('%s in warming does not keep the pool from its tasks', async (_name, task) => {
  await using pool = createWorkerPool({ threads: 1 })
  await pool.warm(task)
  expect(await pool.run(echo, 'ready', { ms: 20_000 })).toBe('ready')
})

test('short tasks at once wait for the thread that is there, and none starts another one', async () => {
  await using pool = createWorkerPool({ threads: 2, clock: steppedClock() })
  const counted = [1, 2, 3].map(() => pool.run(count, undefined, { ms: 20_000 }))
  expect(await Promise.all(counted)).toEqual([1, 2, 3])
})

test('a task that has waited for a while gets a thread of its own, which is warm before', async () => {
  const clock = steppedClock()
  await using pool = createWorkerPool({ threads: 2, clock })
  await pool.warm(count)
  const gate = new BroadcastChannel('worker-pool-gate')
  const waits = new Promise((resolve) => gate.addEventListener('message', resolve, { once: true }))
  const long = pool.run(gated, undefined, { ms: 20_000 })
  await waits
  const waiting = pool.run(count, undefined, { ms: 20_000 })
  await clock.step({ milliseconds: 200 })
  expect(await waiting).toBe(2)
  gate.postMessage('open')
  expect(await long).toBe('through')
  gate.close()
  const inBoth = [1, 2].map(() => pool.run(count, undefined, { ms: 20_000 }))
  expect(new Set(await Promise.all(inBoth))).toEqual(new Set([2, 3]))
})

test('bytes in an answer are handed over and not copied', async () => {
  await using pool = createWorkerPool({ threads: 1 })
  const answer = await pool.run(hand, undefined, { ms: 20_000 })
  expect([answer, await pool.run(left, undefined, { ms: 20_000 })]).toEqual([Uint8Array.of(1, 2, 3), 0])
})

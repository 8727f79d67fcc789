import { expect, test } from 'vitest'
import { createWorkerPool } from './index.ts'

const tasks = new URL('./tasks.fixture.ts', import.meta.url)
const echo = { module: tasks, name: 'echo' }
const forever = { module: tasks, name: 'forever' }
const hungry = { module: tasks, name: 'hungry' }
const broken = { module: tasks, name: 'broken' }

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

test('a warmed pool has loaded the module before the first task', async () => {
  await using pool = createWorkerPool({ threads: 1 })
  const loaded = new BroadcastChannel('worker-pool-loaded')
  const heard = new Promise((resolve) => loaded.addEventListener('message', resolve, { once: true }))
  await pool.warm(new URL('./loaded.fixture.ts', import.meta.url))
  await heard
  loaded.close()
  expect(await pool.run(echo, 'ready', { ms: 20_000 })).toBe('ready')
})

test('a module that cannot be loaded does not keep the pool from its tasks', async () => {
  await using pool = createWorkerPool({ threads: 1 })
  await pool.warm(new URL('./nothing-here.ts', import.meta.url))
  expect(await pool.run(echo, 'ready', { ms: 20_000 })).toBe('ready')
})

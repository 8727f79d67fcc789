/** Sends inputs to the worker pool in batches, and a batch that broke a limit again one by one, each with the limits of a mail. */
import type { ThreadTask, WorkerPool } from '../src/platform/worker-pool/index.ts'
import { createWorkerPool, WorkerPoolError } from '../src/platform/worker-pool/index.ts'
import { readMessageMs } from '../src/receiving/parts.ts'
import { inputOf } from './mutations.ts'
import type { Wrong } from './reader.ts'
import type { Samples } from './samples.ts'

export interface Failure {
  readonly n: number
  readonly kind: Wrong['kind'] | 'over_limit'
  readonly why: string
}

export interface Wish {
  readonly seed: string
  readonly first: number
  readonly inputs: number
  readonly task?: ThreadTask
  /** For one mail, as for receiving. */
  readonly ms?: number
}

const readBatchTask = { module: new URL('./reader.ts', import.meta.url), name: 'readBatch' }
const perBatch = 64
const threads = 2

export async function fuzz(
  samples: Samples,
  wish: Wish,
  tell: (failure: Failure) => Promise<void> | void = () => {},
): Promise<Failure[]> {
  await using pool = createWorkerPool({ threads })
  const failures: Failure[] = []
  const end = wish.first + wish.inputs
  let next = wish.first
  const work = async (): Promise<void> => {
    while (next < end) {
      const from = next
      next = Math.min(end, from + perBatch)
      const numbers = Array.from({ length: next - from }, (_, i) => from + i)
      for (const failure of await failuresOf(pool, samples, wish, numbers)) {
        failures.push(failure)
        await tell(failure)
      }
    }
  }
  await Promise.all(Array.from({ length: threads }, work))
  return failures.toSorted((a, b) => a.n - b.n)
}

async function failuresOf(
  pool: WorkerPool,
  samples: Samples,
  wish: Wish,
  numbers: readonly number[],
): Promise<Failure[]> {
  try {
    const batch = numbers.map((n) => inputOf(samples, wish.seed, n))
    const wrong = await pool.run<Wrong[]>(wish.task ?? readBatchTask, batch, { ms: wish.ms ?? readMessageMs })
    return wrong.map(({ at, kind, why }) => ({ n: numbers[at] ?? -1, kind, why }))
  } catch (cause) {
    if (!(cause instanceof WorkerPoolError)) throw cause
    const [n = -1, ...others] = numbers
    if (others.length === 0) {
      const kind = cause.kind === 'timeout' || cause.kind === 'memory' ? 'over_limit' : 'crash'
      return [{ n, kind, why: cause.message }]
    }
    const alone: Failure[] = []
    for (const one of numbers) alone.push(...(await failuresOf(pool, samples, wish, [one])))
    return alone
  }
}

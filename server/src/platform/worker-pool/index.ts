/**
 * Owns the threads in which untrusted bytes are taken apart. A task is an exported function of a module, called with
 * a structured-cloneable input; it gets a time limit and a memory limit, and a thread that breaks either is thrown
 * away and replaced, so that a hostile message costs one task and nothing else.
 *
 * A thread costs a third of a second of a processor and tens of megabytes before it does anything. So another one is started
 * only when a task has waited for a while, and no task is given to it before it is warm: what is short is over sooner.
 *
 * Refuses: more than a handful of threads, shared state, and tasks that need the database.
 */
import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Clock } from '../clock/index.ts'
import { wallClock } from '../clock/index.ts'

/** `module` is a file URL, `name` the export to call with the input. */
export type ThreadTask = { readonly module: URL; readonly name: string }
export type WorkerPool = AsyncDisposable & {
  /** Runs a task within `ms` milliseconds. @throws WorkerPoolError; a throw of the task arrives as kind `failed`. */
  run<Output>(task: ThreadTask, input: unknown, limit: { readonly ms: number }): Promise<Output>
  /** Starts a thread that has done this once, so that the first task need not wait for it; later ones do it, too. Never rejects. */
  warm(task: ThreadTask): Promise<void>
}
export type WorkerFailureKind = 'timeout' | 'memory' | 'failed' | 'stopped'

export class WorkerPoolError extends Error {
  override readonly name = 'WorkerPoolError'
  readonly kind: WorkerFailureKind
  constructor(kind: WorkerFailureKind, sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.kind = kind
  }
}

type Thread = {
  readonly worker: Worker
  fail: (error: WorkerPoolError) => void
  settle: (reply: Reply) => void
}
type Reply = { readonly output: unknown } | { readonly thrown: unknown }
type Waiting = (thread: Thread | undefined) => void

const warmMs = 60_000
/** A task waits so long before another thread is started for it. */
const patienceMs = 200
const threadModule = new URL('./thread.ts', import.meta.url)

/** Threads start with the first tasks. */
export function createWorkerPool(options: {
  readonly threads?: number
  readonly memoryMb?: number
  readonly clock?: Clock
}): WorkerPool {
  const clock = options.clock ?? wallClock
  const most = options.threads ?? 2
  const idle: Thread[] = []
  const all = new Set<Thread>()
  const cold = new Set<Thread>()
  const queue: Waiting[] = []
  const stopping = new AbortController()
  let warming: ThreadTask | undefined
  let growing = false

  function start(): Thread {
    const worker = new Worker(threadModule, {
      resourceLimits: { maxOldGenerationSizeMb: options.memoryMb ?? 256, maxYoungGenerationSizeMb: 16 },
      env: compileCache(),
    })
    const thread: Thread = { worker, fail: () => {}, settle: () => {} }
    worker.on('message', (reply: Reply) => thread.settle(reply))
    worker.on('error', (cause: NodeJS.ErrnoException) => {
      const kind = cause.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'failed'
      discard(thread)
      thread.fail(new WorkerPoolError(kind, `a worker thread died: ${cause.message}`, { cause }))
    })
    worker.on('exit', () => {
      discard(thread)
      thread.fail(new WorkerPoolError('stopped', 'a worker thread ended'))
    })
    worker.unref()
    all.add(thread)
    cold.add(thread)
    return thread
  }

  function discard(thread: Thread): void {
    if (!all.delete(thread)) return
    cold.delete(thread)
    const position = idle.indexOf(thread)
    if (position >= 0) idle.splice(position, 1)
    void thread.worker.terminate()
    if (!stopping.signal.aborted && queue.length > 0) queue.shift()?.(start())
  }

  function take(): Promise<Thread | undefined> {
    if (stopping.signal.aborted) return Promise.resolve(undefined)
    const ready = idle.pop()
    if (ready !== undefined) return Promise.resolve(ready)
    if (all.size === 0) return Promise.resolve(start())
    const turn = new Promise<Thread | undefined>((resolve) => queue.push(resolve))
    if (!growing) void grow()
    return turn
  }

  async function grow(): Promise<void> {
    growing = true
    while (queue.length > 0 && all.size < most && !stopping.signal.aborted) {
      await clock.sleep(patienceMs, stopping.signal)
      // one that is starting is ready sooner than another would be
      if (queue.length > 0 && cold.size === 0 && !stopping.signal.aborted) await warmed(start())
    }
    growing = false
  }

  async function warmed(thread: Thread): Promise<void> {
    if (warming === undefined) giveBack(thread)
    else await runOn(thread, warming, undefined, { ms: warmMs }).catch(() => {})
  }

  function giveBack(thread: Thread): void {
    if (!all.has(thread)) return
    thread.worker.unref()
    const next = queue.shift()
    if (next !== undefined) next(thread)
    else idle.push(thread)
  }

  async function run<Output>(task: ThreadTask, input: unknown, limit: { ms: number }): Promise<Output> {
    const thread = await take()
    if (thread === undefined) throw new WorkerPoolError('stopped', 'the worker pool has stopped')
    return await runOn(thread, task, input, limit)
  }

  async function runOn<Output>(
    thread: Thread,
    task: ThreadTask,
    input: unknown,
    limit: { ms: number },
  ): Promise<Output> {
    const { promise, resolve, reject } = Promise.withResolvers<Reply>()
    thread.settle = resolve
    thread.fail = reject
    const settled = new AbortController()
    thread.worker.ref()
    void clock.sleep(limit.ms, settled.signal).then(() => {
      if (settled.signal.aborted) return
      discard(thread)
      reject(new WorkerPoolError('timeout', `${task.name} took longer than ${limit.ms} ms`))
    })
    try {
      thread.worker.postMessage({ module: task.module.href, name: task.name, input })
      const reply = await promise
      if ('output' in reply) return reply.output as Output
      throw new WorkerPoolError('failed', `${task.name} failed`, { cause: reply.thrown })
    } finally {
      settled.abort()
      cold.delete(thread)
      thread.fail = () => {}
      giveBack(thread)
    }
  }

  return {
    run,
    async warm(task) {
      warming = task
      await run(task, undefined, { ms: warmMs }).catch(() => {})
    },
    async [Symbol.asyncDispose]() {
      stopping.abort()
      for (const waiting of queue.splice(0)) waiting(undefined)
      await Promise.all([...all].map((thread) => thread.worker.terminate()))
    },
  }
}

/** Threads share with the program what it has compiled, and nothing else of its environment. */
function compileCache(): NodeJS.Dict<string> {
  const folder = getCompileCacheDir()
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) }
}

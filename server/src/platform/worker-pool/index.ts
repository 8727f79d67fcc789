/**
 * Owns the threads in which untrusted bytes are taken apart. A task is an exported function of a module, called with
 * a structured-cloneable input; it gets a time limit and a memory limit, and a thread that breaks either is thrown
 * away and replaced, so that a hostile message costs one task and nothing else.
 *
 * Refuses: more than a handful of threads, shared state, and tasks that need the database.
 */
import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Clock } from '../clock/index.ts'
import { wallClock } from '../clock/index.ts'

/** `module` is a file URL, `name` the export to call with the input; without one the module is only loaded. */
export type ThreadTask = { readonly module: URL; readonly name?: string }
export type WorkerPool = AsyncDisposable & {
  /** Runs a task within `ms` milliseconds. @throws WorkerPoolError; a throw of the task arrives as kind `failed`. */
  run<Output>(task: ThreadTask, input: unknown, limit: { readonly ms: number }): Promise<Output>
  /** Starts a thread that has the module ready, so that the first task need not wait for it. Never rejects. */
  warm(module: URL): Promise<void>
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
  const queue: Waiting[] = []
  let stopped = false

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
    return thread
  }

  function discard(thread: Thread): void {
    if (!all.delete(thread)) return
    const position = idle.indexOf(thread)
    if (position >= 0) idle.splice(position, 1)
    void thread.worker.terminate()
    if (!stopped && queue.length > 0) queue.shift()?.(start())
  }

  function take(): Promise<Thread | undefined> {
    if (stopped) return Promise.resolve(undefined)
    const ready = idle.pop()
    if (ready !== undefined) return Promise.resolve(ready)
    if (all.size < most) return Promise.resolve(start())
    return new Promise((resolve) => queue.push(resolve))
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
    const { promise, resolve, reject } = Promise.withResolvers<Reply>()
    thread.settle = resolve
    thread.fail = reject
    const settled = new AbortController()
    thread.worker.ref()
    void clock.sleep(limit.ms, settled.signal).then(() => {
      if (settled.signal.aborted) return
      discard(thread)
      reject(new WorkerPoolError('timeout', `${nameOf(task)} took longer than ${limit.ms} ms`))
    })
    try {
      thread.worker.postMessage({ module: task.module.href, name: task.name, input })
      const reply = await promise
      if ('output' in reply) return reply.output as Output
      throw new WorkerPoolError('failed', `${nameOf(task)} failed`, { cause: reply.thrown })
    } finally {
      settled.abort()
      thread.fail = () => {}
      giveBack(thread)
    }
  }

  return {
    run,
    async warm(module) {
      await run({ module }, undefined, { ms: warmMs }).catch(() => {})
    },
    async [Symbol.asyncDispose]() {
      stopped = true
      for (const waiting of queue.splice(0)) waiting(undefined)
      await Promise.all([...all].map((thread) => thread.worker.terminate()))
    },
  }
}

function nameOf({ module, name }: ThreadTask): string {
  return name ?? module.pathname
}

/** Threads share with the program what it has compiled, and nothing else of its environment. */
function compileCache(): NodeJS.Dict<string> {
  const folder = getCompileCacheDir()
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) }
}

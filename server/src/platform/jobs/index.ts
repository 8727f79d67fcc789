/**
 * Owns background jobs: chores with a name and a payload that survive a restart. They are rows in graphile-worker's
 * tables, added in the transaction of the write that wants them, run at least once and tried again with backoff.
 *
 * Refuses: anything with a quota or an order (that is the outbox) and anything periodic within a minute (a loop).
 */
import { EventEmitter } from 'node:events'
import { sql } from 'kysely'
import type { QueryExecutorProvider, RawBuilder } from 'kysely'
import { Logger, run } from 'graphile-worker'
import type { WorkerEvents } from 'graphile-worker'
import type { Pool } from 'pg'
import type { Log } from '../log/index.ts'
import { startLoop } from '../loop/index.ts'
import { holdJobs, renewMs } from './hold.ts'

/** Runs one job. The signal aborts when the process stops. A throw means: try again later. */
export type Task = (
  payload: unknown,
  run: { readonly signal: AbortSignal; readonly attempt: number },
) => Promise<void>
export type JobOptions = {
  /** Real time; not before. */
  readonly runAt?: Temporal.Instant
  /** An open job with the same key is replaced. */
  readonly key?: string
  readonly mostAttempts?: number
}

/** Adds a job in the given transaction. The payload is JSON. */
export async function addJob(
  tx: QueryExecutorProvider,
  name: string,
  payload: Readonly<Record<string, unknown>>,
  options: JobOptions = {},
): Promise<void> {
  const { runAt, key, mostAttempts } = options
  await sql`select count(*) from graphile_worker.add_job(${name}, payload := ${JSON.stringify(payload)}::json,
    run_at := ${runAt?.toString() ?? null}, max_attempts := ${mostAttempts ?? null}, job_key := ${key ?? null})`.execute(
    tx,
  )
}

/**
 * Adds a job for each row of a source as part of a greater statement: an expression. Its column `job` is the payload, or null for
 * none; `id` is its key, which was never a job's and never will be another's, so that none has to be looked for.
 */
export function addingFresh(name: string, source: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select count(*) from (select id, job from ${source} where job is not null) fresh,
    graphile_worker.add_job(${name}, payload := job, job_key := id::text, job_key_mode := 'unsafe_dedupe'))`
}

/** Starts taking jobs. Disposing lets the running ones end. */
export async function startJobs(options: {
  readonly pool: Pool
  readonly tasks: Readonly<Record<string, Task>>
  readonly concurrency: number
  readonly log: Log
  /** How long a job added on another connection may stay unseen when its notification is lost. */
  readonly pollMs?: number
}): Promise<AsyncDisposable> {
  const stopping = new AbortController()
  // jobs that were fetched ahead are held by the pool, the others by one of its workers
  const holders: string[] = []
  const events: WorkerEvents = new EventEmitter()
  events.on('pool:create', ({ workerPool }) => holders.push(workerPool.id))
  events.on('worker:create', ({ worker }) => holders.push(worker.workerId))
  const runner = await run({
    events,
    pgPool: options.pool,
    concurrency: options.concurrency,
    preset: { worker: { localQueue: { size: options.concurrency * 2 }, completeJobBatchDelay: 0 } },
    pollInterval: options.pollMs ?? 2000,
    noHandleSignals: true,
    parsedCronItems: [],
    logger: new Logger((scope) => (level, message) => {
      const fields = { jobs: scope.label, task: scope.taskIdentifier, job: scope.jobId }
      if (level === 'error') options.log.error(fields, message)
      else if (level === 'warning') options.log.warn(fields, message)
      else options.log.debug(fields, message)
    }),
    taskList: Object.fromEntries(
      Object.entries(options.tasks).map(([name, task]) => [
        name,
        async (payload: unknown, { job }: { job: { attempts: number } }) => {
          await task(payload, { signal: stopping.signal, attempt: job.attempts })
        },
      ]),
    ),
  })
  const holding = startLoop({
    name: 'the jobs of living workers',
    idleMs: renewMs,
    log: options.log,
    run: async () => {
      await holdJobs(options.pool, holders)
      return 'idle'
    },
  })
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await runner.stop()
      await holding[Symbol.asyncDispose]()
    },
  }
}

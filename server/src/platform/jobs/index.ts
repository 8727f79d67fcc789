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

export type NewJob = JobOptions & { readonly payload: Readonly<Record<string, unknown>> }

/** Adds a job in the given transaction. The payload is JSON. */
export async function addJob(
  tx: QueryExecutorProvider,
  name: string,
  payload: Readonly<Record<string, unknown>>,
  options: JobOptions = {},
): Promise<void> {
  await addJobs(tx, name, [{ payload, ...options }])
}

/** Adds several jobs of one name at once. */
export async function addJobs(
  tx: QueryExecutorProvider,
  name: string,
  jobs: readonly NewJob[],
): Promise<void> {
  if (jobs.length > 0) await sql`select ${adding(name, jobs)}`.execute(tx)
}

/** Adds jobs of one name as part of a greater statement: an expression whose value is how many. */
export function adding(name: string, jobs: readonly NewJob[]): RawBuilder<number> {
  const specs = jobs.map(({ payload, runAt, key, mostAttempts }) => ({
    identifier: name,
    payload,
    run_at: runAt?.toString(),
    job_key: key,
    max_attempts: mostAttempts,
  }))
  return sql`(select count(*) from graphile_worker.add_jobs(
    array(select spec from json_populate_recordset(null::graphile_worker.job_spec, ${JSON.stringify(specs)}::json) spec)))`
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

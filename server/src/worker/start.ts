/**
 * Owns what runs without anybody asking: the loops of every domain and the jobs that deliver events. Any number of
 * processes may run it side by side; all state is in the database.
 */
import type { Clock } from '../platform/clock/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { Events } from '../platform/events/index.ts'
import { startJobs } from '../platform/jobs/index.ts'
import type { Log } from '../platform/log/index.ts'
import { startTeam } from '../team/jobs.ts'

export type WorkerParts = {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly events: Events
}

/** Jobs at once: each holds a connection for a moment. */
const concurrency = 4

export async function startWorker(parts: WorkerParts): Promise<AsyncDisposable> {
  const running = new AsyncDisposableStack()
  running.use(
    await startJobs({
      pool: parts.database.pool,
      tasks: parts.events.tasks(parts.database),
      concurrency,
      log: parts.log,
    }),
  )
  running.use(startTeam(parts))
  return running
}

/**
 * Who holds a job lives. graphile-worker lets a job of a process that was killed rest for four hours; here a living process
 * says every few seconds that it still works on what it holds, and whatever nobody has said so of is free again.
 */
import type { Pool } from 'pg'

export const renewMs = 5000
/** Longer than several renewals, so that a busy process keeps what it works on. */
const forgottenSeconds = 25

/** Renews the jobs that these workers and pools hold, and frees those of workers that are gone. Times are the database's own. */
export async function holdJobs(pool: Pool, holders: readonly string[]): Promise<void> {
  await pool.query(
    `update graphile_worker._private_jobs set locked_at = now() where locked_by = any($1::text[])`,
    [holders],
  )
  await pool.query(
    `update graphile_worker._private_jobs set locked_at = null, locked_by = null, run_at = greatest(run_at, now())
     where locked_at < now() - make_interval(secs => $1)`,
    [forgottenSeconds],
  )
}

/** Files that nobody kept are forgotten. In any process. */
import { databaseNow } from '../platform/clock/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { Log } from '../platform/log/index.ts'
import { startLoop } from '../platform/loop/index.ts'
import { deleteUpload, staleUploads } from './store-upload.ts'

const hourMs = 3_600_000
const atOnce = 200
const uploadLife = { hours: 24 * 7 }

export function startCorrespondence(parts: {
  readonly database: Database
  readonly log: Log
}): AsyncDisposable {
  return startLoop({
    name: 'forgotten uploads',
    idleMs: hourMs,
    log: parts.log,
    run: async () => ((await forgetStale(parts)) === atOnce ? 'again' : 'idle'),
  })
}

/** Forgets uploads of more than a week that are in no draft; returns how many were found. */
export async function forgetStale({ database }: { readonly database: Database }): Promise<number> {
  const stale = await database.inSystem(async (tx) =>
    staleUploads(tx, (await databaseNow(tx)).subtract(uploadLife), atOnce),
  )
  for (const { workspaceId, uploadId } of stale) {
    await database.inWorkspace(workspaceId, (tx) => deleteUpload(tx, uploadId))
  }
  return stale.length
}

/** Conversations come back from their snooze by themselves; files that nobody kept are forgotten. In any process. */
import { databaseNow } from '../platform/clock/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { Log } from '../platform/log/index.ts'
import { startLoop } from '../platform/loop/index.ts'
import type { FollowParts } from './follow.ts'
import { tellChanged } from './follow.ts'
import { dueSnoozes, endSnooze, insertTurn } from './store-turn.ts'
import { deleteUpload, staleUploads } from './store-upload.ts'

const idleMs = 5000
const hourMs = 3_600_000
const atOnce = 200
const uploadLife = { hours: 24 * 7 }

export interface InboxJobParts extends FollowParts {
  readonly database: Database
  readonly log: Log
}

export function startInbox(parts: InboxJobParts): AsyncDisposable {
  const loops = new AsyncDisposableStack()
  loops.use(
    startLoop({
      name: 'snoozed conversations',
      idleMs,
      log: parts.log,
      run: async () => ((await wakeDue(parts)) === atOnce ? 'again' : 'idle'),
    }),
  )
  loops.use(
    startLoop({
      name: 'forgotten uploads',
      idleMs: hourMs,
      log: parts.log,
      run: async () => ((await forgetStale(parts)) === atOnce ? 'again' : 'idle'),
    }),
  )
  return loops
}

/** Wakes what is due; returns how many were found. One that was turned meanwhile is left as it is. */
export async function wakeDue(parts: Omit<InboxJobParts, 'log'>): Promise<number> {
  const due = await parts.database.inSystem((tx) => dueSnoozes(tx, atOnce))
  for (const { workspaceId, conversationId } of due) {
    await parts.database.inWorkspace(workspaceId, async (tx) => {
      if (!(await endSnooze(tx, conversationId, 'due'))) return
      await insertTurn(tx, { id: parts.ids.uuid(), conversationId, kind: 'woke' })
      await tellChanged(parts, tx, workspaceId, conversationId)
    })
  }
  return due.length
}

/** Forgets uploads of more than a week that are in no draft; returns how many were found. */
export async function forgetStale({ database }: Pick<InboxJobParts, 'database'>): Promise<number> {
  const stale = await database.inSystem(async (tx) =>
    staleUploads(tx, (await databaseNow(tx)).subtract(uploadLife), atOnce),
  )
  for (const { workspaceId, uploadId } of stale) {
    await database.inWorkspace(workspaceId, (tx) => deleteUpload(tx, uploadId))
  }
  return stale.length
}

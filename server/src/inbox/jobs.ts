/** Conversations come back from their snooze by themselves. In any process. */
import type { Database } from '../platform/db/index.ts'
import type { Log } from '../platform/log/index.ts'
import { startLoop } from '../platform/loop/index.ts'
import type { FollowParts } from './follow.ts'
import { tellChanged } from './follow.ts'
import { dueSnoozes, endSnooze, insertTurn } from './store-turn.ts'

const idleMs = 5000
const atOnce = 200

export interface InboxJobParts extends FollowParts {
  readonly database: Database
  readonly log: Log
}

export function startInbox(parts: InboxJobParts): AsyncDisposable {
  return startLoop({
    name: 'snoozed conversations',
    idleMs,
    log: parts.log,
    run: async () => ((await wakeDue(parts)) === atOnce ? 'again' : 'idle'),
  })
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

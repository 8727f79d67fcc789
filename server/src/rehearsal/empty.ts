/**
 * Takes a practice workspace away: its mailboxes are disconnected at the practice providers, then everything in it is
 * deleted and it is as on its first day, with its name and its team. A real workspace is refused here and by the database.
 */
import { sqlState } from '../platform/db/index.ts'
import type { Actor } from '../team/index.ts'
import { audit, workspaceOf } from '../team/index.ts'
import type { RehearsalParts } from './parts.ts'
import { all, ask } from './stage.ts'
import { emptyPracticeWorkspace, stopRehearsal } from './store.ts'

export async function emptyWorkspace(
  parts: Pick<RehearsalParts, 'database' | 'emit' | 'log' | 'ownApi'>,
  actor: Actor,
): Promise<'emptied' | 'not_practice'> {
  const { database, emit } = parts
  const { workspaceId } = actor
  const mode = await database.inWorkspace(workspaceId, async (tx) => {
    await stopRehearsal(tx)
    return (await workspaceOf(tx)).mode
  })
  if (mode !== 'practice') return 'not_practice'
  await disconnectAll(parts, actor)
  await besideOthers(() =>
    database.inWorkspace(workspaceId, async (tx) => {
      await emptyPracticeWorkspace(tx)
      await audit(tx, { actor, action: 'workspace.emptied' })
      await emit(tx, { workspaceId, type: 'workspace.emptied', payload: {} })
    }),
  )
  return 'emptied'
}

/** Workers that are still writing here may win a deadlock each; then there is one fewer of them. */
async function besideOthers(empty: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await empty()
    } catch (error) {
      if (tries === mostTries || sqlState(error) !== deadlock) throw error
    }
  }
}

const mostTries = 8
/** PostgreSQL's deadlock_detected. */
const deadlock = '40P01'

/** A provider that does not answer does not keep anybody from deleting what is here. */
async function disconnectAll(
  { log, ownApi }: Pick<RehearsalParts, 'log' | 'ownApi'>,
  actor: Actor,
): Promise<void> {
  const of = { actor, call: await ownApi(actor) }
  for (const { id, health } of await all<{ id: string; health: string }>(of, '/mailboxes')) {
    if (health === 'disconnected') continue
    try {
      await ask(of, 'POST', `/mailboxes/${id}/disconnect`, { queue: 'cancel', stored: 'keep' })
    } catch (error) {
      log.warn({ error, mailbox: id }, 'a practice mailbox was not given back at its provider')
    }
  }
}

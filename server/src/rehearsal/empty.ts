/**
 * Takes a practice workspace away: its mailboxes are disconnected at the practice providers, then everything in it is
 * deleted and it is as on its first day, with its name and its team. A real workspace is refused here and by the database.
 */
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
  await database.inWorkspace(workspaceId, async (tx) => {
    await emptyPracticeWorkspace(tx)
    await audit(tx, { actor, action: 'workspace.emptied' })
    await emit(tx, { workspaceId, type: 'workspace.emptied', payload: {} })
  })
  return 'emptied'
}

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

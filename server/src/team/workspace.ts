/** Owns the beginning of a workspace: who opens one owns it, and the Start page is answered once. */
import type { Database, Tx } from '../platform/db/index.ts'
import type { Emit } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { Actor } from './role.ts'
import { audit } from './store-audit.ts'
import type { Workspace } from './store.ts'
import { decideMode, insertMembership, insertWorkspace, personName, workspaceOf } from './store.ts'

/** Opens a workspace for a person, who becomes its owner. */
export async function createWorkspace(
  parts: { readonly database: Database; readonly ids: Ids },
  personId: string,
  wish: { readonly name: string; readonly language: 'en' | 'de'; readonly zone: string },
): Promise<Workspace> {
  const id = parts.ids.uuid()
  return parts.database.inWorkspace(id, async (tx) => {
    await insertWorkspace(tx, { id, ...wish })
    await insertMembership(tx, { workspaceId: id, personId, role: 'owner' })
    const name = (await personName(tx, personId)) ?? ''
    await audit(tx, { actor: { personId, name }, action: 'workspace.created', subject: wish.name })
    return workspaceOf(tx)
  })
}

/** Answers the Start page. Emits `workspace.started` with the mode, the first time. */
export async function startWorkspace(
  tx: Tx,
  emit: Emit,
  actor: Actor,
  mode: 'practice' | 'real',
): Promise<'decided' | 'same' | 'decided otherwise'> {
  const outcome = await decideMode(tx, mode)
  if (outcome === 'decided') {
    await audit(tx, { actor, action: 'workspace.started', subject: mode })
    await emit(tx, { workspaceId: actor.workspaceId, type: 'workspace.started', payload: { mode } })
  }
  return outcome
}

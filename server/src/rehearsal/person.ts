/** Who a story is told for, as they are now: a role may have changed since it began. */
import type { Actor } from '../team/index.ts'
import { readMember, workspaceOf } from '../team/index.ts'
import type { RehearsalParts } from './parts.ts'

export async function personNow(
  { database }: Pick<RehearsalParts, 'database'>,
  workspaceId: string,
  personId: string,
): Promise<{ readonly actor: Actor; readonly workspaceName: string }> {
  return database.inWorkspace(workspaceId, async (tx) => {
    const member = await readMember(tx, personId)
    if (member === undefined) throw new Error('whoever began the rehearsal has left the workspace')
    const { name, role, language } = member
    const workspace = await workspaceOf(tx)
    return { actor: { personId, name, role, language, workspaceId }, workspaceName: workspace.name }
  })
}

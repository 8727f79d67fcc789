/**
 * Owns who steers the whole server: the owners of the workspace with which it was set up, the oldest. Anybody may open
 * a workspace of their own, and must not come to the secrets of all that way.
 */
import type { Database } from '../platform/db/index.ts'
import type { Actor } from './role.ts'
import { oldestWorkspace, readMember } from './store.ts'

/** The person as somebody who steers the server; undefined for everybody else. */
export async function serverOwner(database: Database, personId: string): Promise<Actor | undefined> {
  const workspaceId = await database.inSystem(oldestWorkspace)
  if (workspaceId === undefined) return undefined
  const member = await database.inWorkspace(workspaceId, (tx) => readMember(tx, personId))
  if (member?.role !== 'owner') return undefined
  const { name, role, language } = member
  return { personId, name, role, language, workspaceId }
}

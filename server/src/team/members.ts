/**
 * Owns who belongs to a workspace and with which role. A workspace always has an owner; only owners make and unmake
 * owners; admins do the rest; anybody may leave.
 */
import type { Tx } from '../platform/db/index.ts'
import type { Emit } from '../platform/events/index.ts'
import type { Actor, Role } from './role.ts'
import { requireRole } from './role.ts'
import { audit } from './store-audit.ts'
import { tellSessionEnded } from './store-people.ts'
import { deleteMembership, lockTeam, readMember, updateRole } from './store.ts'

export type MemberOutcome = 'changed' | 'not_found' | 'last_owner'

/** @throws RoleTooLowError when an owner is concerned and the actor is none. */
export async function changeRole(
  tx: Tx,
  emit: Emit,
  actor: Actor,
  personId: string,
  role: Role,
): Promise<MemberOutcome> {
  requireRole(actor, 'admin')
  await lockTeam(tx)
  const member = await readMember(tx, personId)
  if (member === undefined) return 'not_found'
  if (member.role === 'owner' || role === 'owner') requireRole(actor, 'owner')
  if (member.role === role) return 'changed'
  if (!(await updateRole(tx, personId, role))) return 'last_owner'
  await audit(tx, {
    actor,
    action: 'team.role_changed',
    subject: member.name,
    detail: { from: member.role, to: role },
  })
  await emit(tx, {
    workspaceId: actor.workspaceId,
    type: 'team.role_changed',
    subject: personId,
    payload: { role },
  })
  await tellSessionEnded(tx, personId)
  return 'changed'
}

/** Removes somebody, or lets the actor leave. @throws RoleTooLowError */
export async function removeMember(
  tx: Tx,
  emit: Emit,
  actor: Actor,
  personId: string,
): Promise<MemberOutcome> {
  if (personId !== actor.personId) requireRole(actor, 'admin')
  await lockTeam(tx)
  const member = await readMember(tx, personId)
  if (member === undefined) return 'not_found'
  if (member.role === 'owner') requireRole(actor, 'owner')
  if (!(await deleteMembership(tx, personId))) return 'last_owner'
  await audit(tx, { actor, action: 'team.member_removed', subject: member.name })
  await emit(tx, {
    workspaceId: actor.workspaceId,
    type: 'team.member_removed',
    subject: personId,
    payload: {},
  })
  await tellSessionEnded(tx, personId)
  return 'changed'
}

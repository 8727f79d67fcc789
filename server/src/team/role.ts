/**
 * Owns the four roles of a workspace and their order: a viewer reads, a member writes, an admin steers, an owner
 * decides who the owners are. Pure.
 */

export type Role = 'owner' | 'admin' | 'member' | 'viewer'

/** Whoever acts in a workspace, as one request knows them. */
export type Actor = {
  readonly personId: string
  readonly name: string
  readonly role: Role
  readonly workspaceId: string
  readonly language: 'en' | 'de'
}

const rank: Readonly<Record<Role, number>> = { viewer: 0, member: 1, admin: 2, owner: 3 }

/** An act that the actor's role does not allow. */
export class RoleTooLowError extends Error {
  override readonly name = 'RoleTooLowError'
  readonly needed: Role
  constructor(needed: Role) {
    super(`this needs the role ${needed}`)
    this.needed = needed
  }
}

export function atLeast(role: Role, needed: Role): boolean {
  return rank[role] >= rank[needed]
}

/** @throws RoleTooLowError */
export function requireRole(actor: Pick<Actor, 'role'>, needed: Role): void {
  if (!atLeast(actor.role, needed)) throw new RoleTooLowError(needed)
}

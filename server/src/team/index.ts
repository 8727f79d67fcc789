/** The team's public face: who acts, with which role, and the audit trail. */
export { atLeast, requireRole, RoleTooLowError } from './role.ts'
export type { Actor, Role } from './role.ts'

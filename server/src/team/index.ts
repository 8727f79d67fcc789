/** The team's public face: who acts, with which role, sessions, the first start and the audit trail. */
export { hashPassword } from './password.ts'
export { requireRole, RoleTooLowError } from './role.ts'
export type { Actor, Role } from './role.ts'
export { printableSetupToken } from './set-up.ts'
export { serverOwner } from './server-owner.ts'
export { signInKey } from './sign-in-address.ts'
export type { AuditAction } from './audit-action.ts'
export { audit } from './store-audit.ts'
export {
  countUse,
  readPerson as readPersonById,
  readPersonByAddress,
  replacePassword,
  sessionChannel,
} from './store-people.ts'
export { openSessions } from './session.ts'
export type { Sessions } from './store-session.ts'
export { everyWorkspace, listTeam, personName, readMember, workspaceOf } from './store.ts'
export { startWorkspace } from './workspace.ts'

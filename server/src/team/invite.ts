/**
 * Owns invitations by link. The token carries the workspace (16 bytes) and chance (24 bytes), so that the link alone
 * finds its row behind the wall; only its hash is stored. A link works once, for seven days, until it is revoked.
 */
import { createHash } from 'node:crypto'
import { databaseNow } from '../platform/clock/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import type { Emit } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { Actor } from './role.ts'
import { audit } from './store-audit.ts'
import type { Invitation, InvitedRole } from './store-invitation.ts'
import { acceptInvitation, findInvitation, insertInvitation, revokeInvitation } from './store-invitation.ts'
import type { NewPerson } from './store-people.ts'
import { insertPerson, readPerson } from './store-people.ts'
import type { Workspace } from './store.ts'
import { insertMembership, workspaceOf } from './store.ts'

export type InviteParts = { readonly database: Database; readonly ids: Ids; readonly emit: Emit }
export type OpenLink = Invitation & { readonly workspace: Workspace }
export type LinkOutcome = 'joined' | 'link_unknown' | 'link_expired' | 'address_taken' | 'member_already'

const lastsDays = 7
const chanceBytes = 24

/** Makes an invitation and the token of its link, which is shown once. */
export async function invite(
  tx: Tx,
  { ids, emit }: Pick<InviteParts, 'ids' | 'emit'>,
  actor: Actor,
  role: InvitedRole,
): Promise<{ id: string; token: string; expiresAt: Temporal.Instant }> {
  const token = Buffer.concat([
    Buffer.from(actor.workspaceId.replaceAll('-', ''), 'hex'),
    Buffer.from(ids.token(chanceBytes), 'base64url'),
  ]).toString('base64url')
  const expiresAt = (await databaseNow(tx)).add({ hours: 24 * lastsDays })
  const id = ids.uuid()
  await insertInvitation(tx, {
    workspaceId: actor.workspaceId,
    id,
    tokenHash: hashOf(token),
    role,
    invitedBy: actor.personId,
    expiresAt,
  })
  await audit(tx, { actor, action: 'invitation.made', subject: role })
  await emit(tx, { workspaceId: actor.workspaceId, type: 'invitation.made', subject: id, payload: {} })
  return { id, token, expiresAt }
}

/** False when there is no such open invitation. */
export async function revoke(
  tx: Tx,
  { emit }: Pick<InviteParts, 'emit'>,
  actor: Actor,
  id: string,
): Promise<boolean> {
  if (!(await revokeInvitation(tx, id))) return false
  await audit(tx, { actor, action: 'invitation.revoked' })
  await emit(tx, { workspaceId: actor.workspaceId, type: 'invitation.revoked', subject: id, payload: {} })
  return true
}

/** What the holder of a link may know before joining. */
export async function viewLink(
  { database }: Pick<InviteParts, 'database'>,
  token: string,
): Promise<OpenLink | 'link_unknown' | 'link_expired'> {
  const workspaceId = workspaceOfToken(token)
  if (workspaceId === undefined) return 'link_unknown'
  return database.inWorkspace(workspaceId, async (tx) => {
    const found = await findInvitation(tx, hashOf(token))
    if (found === undefined) return 'link_unknown'
    const { usable, ...invitation } = found
    return usable ? { ...invitation, workspace: await workspaceOf(tx) } : 'link_expired'
  })
}

/** Joins a workspace: as somebody new, or as the person who is signed in. */
export async function join(
  { database, ids, emit }: InviteParts,
  token: string,
  who: { readonly personId: string } | { readonly person: NewPerson },
): Promise<LinkOutcome> {
  const workspaceId = workspaceOfToken(token)
  if (workspaceId === undefined) return 'link_unknown'
  const personId = 'person' in who ? who.person.id : who.personId
  try {
    return await database.inWorkspace(workspaceId, async (tx) => {
      const invitation = await findInvitation(tx, hashOf(token))
      if (invitation === undefined) return 'link_unknown'
      if ('person' in who && !(await insertPerson(tx, who.person, ids.uuid()))) return 'address_taken'
      const person = await readPerson(tx, personId)
      if (person === undefined) return 'link_unknown'
      if (!(await insertMembership(tx, { workspaceId, personId, role: invitation.role }))) {
        return 'member_already'
      }
      if (!(await acceptInvitation(tx, invitation.id, personId))) throw new LinkExpiredError()
      const actor = { personId, name: person.name }
      await audit(tx, { actor, action: 'invitation.accepted', subject: invitation.role })
      await emit(tx, { workspaceId, type: 'team.joined', subject: personId, payload: {} })
      return 'joined'
    })
  } catch (error) {
    if (error instanceof LinkExpiredError) return 'link_expired'
    throw error
  }
}

/** Rolls the transaction back: nobody is made by a link that was used up meanwhile. */
class LinkExpiredError extends Error {
  override readonly name = 'LinkExpiredError'
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

function workspaceOfToken(token: string): string | undefined {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== 16 + chanceBytes || bytes.toString('base64url') !== token) return undefined
  return bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** Owns the statements on invitations. Only the hash of a link's token is stored. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'

export type InvitedRole = 'admin' | 'member' | 'viewer'
export type Invitation = {
  readonly id: string
  readonly role: InvitedRole
  readonly expiresAt: Temporal.Instant
  readonly invitedBy: string
}

export async function insertInvitation(
  tx: Tx,
  invitation: {
    readonly workspaceId: string
    readonly id: string
    readonly tokenHash: Buffer
    readonly role: InvitedRole
    readonly invitedBy: string
    readonly expiresAt: Temporal.Instant
  },
): Promise<void> {
  await sql`
    insert into workspace_invitation (workspace_id, id, token_hash, role, invited_by, expires_at)
    values (${invitation.workspaceId}, ${invitation.id}, ${invitation.tokenHash}, ${invitation.role},
      ${invitation.invitedBy}, ${invitation.expiresAt})`.execute(tx)
}

/** Those that could still be accepted, newest first. */
export async function openInvitations(tx: Tx): Promise<readonly Invitation[]> {
  const { rows } = await sql<Invitation>`
    select i.id, i.role, i.expires_at as "expiresAt", p.name as "invitedBy"
    from workspace_invitation i join person p on p.id = i.invited_by
    where i.workspace_id = kontor_workspace() and i.accepted_at is null and i.revoked_at is null
      and i.expires_at > kontor_now()
    order by i.created_at desc, i.id desc`.execute(tx)
  return rows
}

/** An invitation by its token, with what has become of it. */
export async function findInvitation(
  tx: Tx,
  tokenHash: Buffer,
): Promise<(Invitation & { readonly usable: boolean }) | undefined> {
  const { rows } = await sql<Invitation & { usable: boolean }>`
    select i.id, i.role, i.expires_at as "expiresAt", p.name as "invitedBy",
      i.accepted_at is null and i.revoked_at is null and i.expires_at > kontor_now() as usable
    from workspace_invitation i join person p on p.id = i.invited_by
    where i.workspace_id = kontor_workspace() and i.token_hash = ${tokenHash}`.execute(tx)
  return rows[0]
}

/** Uses an invitation up. False when it was used, revoked or has expired. */
export async function acceptInvitation(tx: Tx, id: string, personId: string): Promise<boolean> {
  const { rows } = await sql`
    update workspace_invitation set accepted_at = kontor_now(), accepted_by = ${personId}
    where workspace_id = kontor_workspace() and id = ${id}
      and accepted_at is null and revoked_at is null and expires_at > kontor_now()
    returning id`.execute(tx)
  return rows.length > 0
}

/** False when there is no such open invitation. */
export async function revokeInvitation(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`
    update workspace_invitation set revoked_at = kontor_now()
    where workspace_id = kontor_workspace() and id = ${id} and accepted_at is null and revoked_at is null
    returning id`.execute(tx)
  return rows.length > 0
}

/**
 * Owns the statements on workspaces, memberships and invitations. All but `workspacesOf` run inside the workspace of
 * the transaction, which row-level security enforces.
 */
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { Role } from './role.ts'

export type WorkspaceMode = 'undecided' | 'practice' | 'real'
export type Workspace = {
  readonly id: string
  readonly name: string
  readonly mode: WorkspaceMode
  readonly language: 'en' | 'de'
  readonly zone: string
}
export type TeamMember = {
  readonly personId: string
  readonly name: string
  readonly address: string
  readonly role: Role
  readonly joinedAt: Temporal.Instant
}

/** The workspaces of a person, oldest first, with the person's role in each. */
export async function workspacesOf(
  tx: Tx,
  personId: string,
): Promise<readonly (Workspace & { readonly role: Role })[]> {
  const { rows } = await sql<Workspace & { role: Role }>`
    select workspace_id as id, name, mode, language, zone, role from workspaces_of(${personId})`.execute(tx)
  return rows
}

/** The workspace with which this server was set up. Ids grow with time. */
export async function oldestWorkspace(tx: Tx): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from every_workspace() as id order by id limit 1`.execute(tx)
  return rows[0]?.id
}

/** Every workspace of this installation, for work that concerns all of them. */
export async function everyWorkspace(tx: Tx): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select id from every_workspace() as id`.execute(tx)
  return rows.map((row) => row.id)
}

export async function insertWorkspace(tx: Tx, workspace: Omit<Workspace, 'mode'>): Promise<void> {
  await sql`
    insert into workspace (workspace_id, name, language, zone)
    values (${workspace.id}, ${workspace.name}, ${workspace.language}, ${workspace.zone})`.execute(tx)
}

/** The workspace of the running transaction. */
export async function workspaceOf(tx: Tx): Promise<Workspace> {
  const { rows } = await sql<Workspace>`
    select workspace_id as id, name, mode, language, zone from workspace`.execute(tx)
  const row = rows[0]
  if (row === undefined) throw new Error('the transaction is in no workspace that exists')
  return row
}

/** Waits until nobody else changes who belongs to the workspace. */
export async function lockTeam(tx: Tx): Promise<void> {
  await sql`select from workspace where workspace_id = kontor_workspace() for update`.execute(tx)
}

export async function updateWorkspace(
  tx: Tx,
  change: { readonly name?: string | undefined; readonly zone?: string | undefined },
): Promise<void> {
  await sql`
    update workspace set name = coalesce(${change.name ?? null}, name), zone = coalesce(${change.zone ?? null}, zone)
    where workspace_id = kontor_workspace()`.execute(tx)
}

/** What came of answering the Start page: the first answer stands, the same answer again changes nothing. */
export async function decideMode(
  tx: Tx,
  mode: 'practice' | 'real',
): Promise<'decided' | 'same' | 'decided otherwise'> {
  const { rows } = await sql`
    update workspace set mode = ${mode}
    where workspace_id = kontor_workspace() and mode = 'undecided' returning mode`.execute(tx)
  if (rows.length > 0) return 'decided'
  return (await workspaceOf(tx)).mode === mode ? 'same' : 'decided otherwise'
}

/** False when the person belongs to the workspace already. */
export async function insertMembership(
  tx: Tx,
  member: { readonly workspaceId: string; readonly personId: string; readonly role: Role },
): Promise<boolean> {
  const { rows } = await sql`
    insert into membership (workspace_id, person_id, role)
    values (${member.workspaceId}, ${member.personId}, ${member.role})
    on conflict do nothing returning role`.execute(tx)
  return rows.length > 0
}

export async function listTeam(tx: Tx): Promise<readonly TeamMember[]> {
  const { rows } = await sql<TeamMember>`
    select m.person_id as "personId", p.name, p.address, m.role, m.joined_at as "joinedAt"
    from membership m join person p on p.id = m.person_id
    where m.workspace_id = kontor_workspace()
    order by m.joined_at, m.person_id`.execute(tx)
  return rows
}

export async function readMember(
  tx: Tx,
  personId: string,
): Promise<(TeamMember & { readonly language: 'en' | 'de' }) | undefined> {
  const { rows } = await sql<TeamMember & { language: 'en' | 'de' }>`
    select m.person_id as "personId", p.name, p.address, m.role, m.joined_at as "joinedAt", p.language
    from membership m join person p on p.id = m.person_id
    where m.workspace_id = kontor_workspace() and m.person_id = ${personId}`.execute(tx)
  return rows[0]
}

/** The display name of somebody who belongs or belonged to the workspace. */
export async function personName(tx: Tx, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`select name from person where id = ${id}`.execute(tx)
  return rows[0]?.name
}

/** False when the person is the only owner and would not be one any more. Call under `lockTeam`. */
export async function updateRole(tx: Tx, personId: string, role: Role): Promise<boolean> {
  const { rows } = await sql`
    update membership m set role = ${role}
    where m.workspace_id = kontor_workspace() and m.person_id = ${personId}
      and (m.role <> 'owner' or ${role} = 'owner' or exists (${anotherOwner(personId)}))
    returning m.role`.execute(tx)
  return rows.length > 0
}

/** False when the person is the only owner. Call under `lockTeam`. */
export async function deleteMembership(tx: Tx, personId: string): Promise<boolean> {
  const { rows } = await sql`
    delete from membership m
    where m.workspace_id = kontor_workspace() and m.person_id = ${personId}
      and (m.role <> 'owner' or exists (${anotherOwner(personId)}))
    returning m.role`.execute(tx)
  return rows.length > 0
}

function anotherOwner(personId: string): RawBuilder<unknown> {
  return sql`select from membership o
    where o.workspace_id = kontor_workspace() and o.role = 'owner' and o.person_id <> ${personId}`
}

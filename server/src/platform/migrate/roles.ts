/**
 * Owns the three database roles: kontor_owner (owns the schema, runs migrations), kontor_app (signs in, bound by
 * row-level security) and kontor_definer (owns the functions that look across workspaces, cannot sign in).
 *
 * Roles belong to the whole server, not to a database, so several migrators may meet here whatever lock they hold:
 * "somebody else just did it" is success.
 */
import pg from 'pg'

export class MissingRightsError extends Error {
  override readonly name = 'MissingRightsError'
}

const alreadyThere = new Set(['42710', '23505'])
const concurrently = 'XX000'
const mostTries = 20

/** What the connected role is allowed to do. */
export type Rights = { readonly name: string; readonly superuser: boolean; readonly mayCreateRoles: boolean }

export async function readRights(client: pg.Client): Promise<Rights> {
  const { rows } = await client.query<Rights>(`
    select rolname as name, rolsuper as superuser, rolsuper or rolcreaterole as "mayCreateRoles"
    from pg_roles where rolname = current_user`)
  const rights = rows[0]
  if (rights === undefined) throw new Error('the connected role is unknown to the server')
  return rights
}

/** Makes the roles and their memberships. Sets the sign-in password of kontor_app. */
export async function ensureRoles(client: pg.Client, appPassword: string): Promise<void> {
  const admin = await readRights(client)
  const { rows } = await client.query<{ rolname: string }>(
    `select rolname from pg_roles where rolname like 'kontor%'`,
  )
  const known = new Set(rows.map((row) => row.rolname))
  const missing = ['kontor_owner', 'kontor_app', 'kontor_definer'].filter((role) => !known.has(role))
  if (!admin.mayCreateRoles && (missing.length > 0 || !(await mayBecomeOwner(client)))) {
    throw new MissingRightsError(setupSentence(admin.name))
  }
  for (const role of missing) await settle(client, `create role ${role} nologin nosuperuser nobypassrls`)
  if (admin.mayCreateRoles) {
    await settle(client, `alter role kontor_app login password ${client.escapeLiteral(appPassword)}`)
    await settle(client, 'grant kontor_definer to kontor_owner with inherit false, set true')
    if (!admin.superuser) {
      await settle(
        client,
        `grant kontor_owner, kontor_app to ${client.escapeIdentifier(admin.name)} with set true`,
      )
    }
  }
}

/** The statements an administrator runs once when our role may not make roles itself. */
export function setupSql(role: string, database: string): string {
  const name = pg.escapeIdentifier(role)
  return [
    'create role kontor_owner nologin;',
    'create role kontor_definer nologin;',
    "create role kontor_app login password '<choose one>';",
    'grant kontor_definer to kontor_owner with inherit false, set true;',
    `grant kontor_owner, kontor_app to ${name} with set true;`,
    `grant create, connect on database ${pg.escapeIdentifier(database)} to kontor_owner, kontor_app;`,
    'grant create, usage on schema public to kontor_owner, kontor_definer;',
  ].join('\n')
}

function setupSentence(role: string): string {
  return (
    `The database role ${role} may not create the roles Kontor needs. Let an administrator run these statements ` +
    `in the database, then start again:\n\n${setupSql(role, '<database>')}\n\n` +
    'Afterwards DATABASE_URL is the one of kontor_app, and --role=migrate runs with the URL of this role.'
  )
}

async function mayBecomeOwner(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(`select pg_has_role('kontor_owner', 'set') as may`)
  return rows[0]?.may === true
}

async function settle(client: pg.Client, statement: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await client.query(statement)
      return
    } catch (error) {
      const state = error instanceof pg.DatabaseError ? error.code : undefined
      if (state !== undefined && alreadyThere.has(state)) return
      if (state !== concurrently || tries === mostTries) throw error
    }
  }
}

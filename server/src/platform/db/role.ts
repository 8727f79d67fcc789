/**
 * Owns one refusal: a process must not serve with a role that row-level security does not bind, because then a
 * forgotten workspace shows everybody's rows.
 */
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

type Callable = { call<T>(fn: (db: Kysely<Tables>) => Promise<T>): Promise<T> }

export class EscapingRoleError extends Error {
  override readonly name = 'EscapingRoleError'
}

/** @throws EscapingRoleError when the connected role is a superuser or has BYPASSRLS. */
export async function refuseEscapingRole(database: Callable): Promise<void> {
  const { rows } = await database.call((db) =>
    sql<{ name: string; escapes: boolean }>`
      select rolname as name, rolsuper or rolbypassrls as escapes
      from pg_roles where rolname = current_user`.execute(db),
  )
  const role = rows[0]
  if (role !== undefined && !role.escapes) return
  throw new EscapingRoleError(
    `The database role ${role?.name ?? '(unknown)'} is not bound by row-level security, so the walls between ` +
      'workspaces would not hold. Connect as kontor_app: an ordinary role, neither superuser nor BYPASSRLS.',
  )
}

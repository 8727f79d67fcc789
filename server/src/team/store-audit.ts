/** Owns the audit trail: who did what in a workspace, written in the transaction of the deed. Nothing changes it. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import { json } from '../platform/db/index.ts'
import type { AuditAction } from './audit-action.ts'
import type { Actor } from './role.ts'

export type Deed = {
  /** Undefined: Kontor itself. */
  readonly actor?: Pick<Actor, 'personId' | 'name'> | undefined
  readonly action: AuditAction
  /** What it was done to, as a person would name it. No message content, no secret. */
  readonly subject?: string | undefined
  readonly detail?: Readonly<Record<string, unknown>> | undefined
}
export type ActivityEntry = {
  readonly id: string
  readonly at: Temporal.Instant
  readonly actor: string
  readonly action: AuditAction
  readonly subject?: string
  readonly detail?: Readonly<Record<string, unknown>>
}

/** Writes one line of the trail. */
export async function audit(tx: Tx, { actor, action, subject, detail }: Deed): Promise<void> {
  await sql`
    insert into audit_entry (workspace_id, id, actor_id, actor_name, action, subject, detail)
    values (kontor_workspace(), uuidv7(), ${actor?.personId ?? null}, ${actor?.name ?? 'Kontor'}, ${action},
      ${subject ?? null}, ${json(detail ?? {})})`.execute(tx)
}

/** The trail, newest first, before an entry. */
export async function listActivity(
  tx: Tx,
  { before, limit }: { readonly before?: string | undefined; readonly limit: number },
): Promise<readonly ActivityEntry[]> {
  const { rows } = await sql<ActivityEntry & { subject: string | null }>`
    select id, at, actor_name as actor, action, subject, detail from audit_entry
    where workspace_id = kontor_workspace() and (${before ?? null}::uuid is null or id < ${before ?? null})
    order by id desc limit ${limit}`.execute(tx)
  return rows.map(({ subject, ...entry }) => (subject === null ? entry : { ...entry, subject }))
}

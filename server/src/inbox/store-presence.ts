/** Statements on who has read what and who is writing now. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'

/** Read up to the version that was on the screen; what came meanwhile stays unread. */
export async function markRead(
  tx: Tx,
  id: string,
  { personId, version }: { personId: string; version: number | undefined },
): Promise<void> {
  await sql`insert into conversation_read as r (workspace_id, conversation_id, person_id, version)
    select workspace_id, id, ${personId}, least(version, ${version ?? null}::int) from conversation where id = ${id}
    on conflict (workspace_id, conversation_id, person_id) do update
      set version = greatest(r.version, excluded.version), unread = false`.execute(tx)
}

export async function markUnread(tx: Tx, id: string, personIds: readonly string[]): Promise<void> {
  await sql`insert into conversation_read as r (workspace_id, conversation_id, person_id, version, unread)
    select c.workspace_id, c.id, p, 0, true from conversation c, unnest(${[...personIds]}::uuid[]) p where c.id = ${id}
    on conflict (workspace_id, conversation_id, person_id) do update set unread = true`.execute(tx)
}

/** Live presence for twenty seconds; false when the person was known to be answering already. */
export async function markAnswering(tx: Tx, id: string, personId: string): Promise<boolean> {
  const { rows } = await sql<{ fresh: boolean }>`
    with known as (select until > kontor_now() as live from answering where conversation_id = ${id} and person_id = ${personId})
    insert into answering (workspace_id, conversation_id, person_id, until)
    select workspace_id, id, ${personId}, kontor_now() + interval '20 seconds' from conversation where id = ${id}
    on conflict (workspace_id, conversation_id, person_id) do update set until = excluded.until
    returning not coalesce((select live from known), false) as fresh`.execute(tx)
  return rows[0]?.fresh ?? false
}

export async function answeringNow(tx: Tx, id: string, exceptPersonId: string): Promise<string[]> {
  const { rows } = await sql<{
    name: string
  }>`select p.name from answering a join person p on p.id = a.person_id
    where a.conversation_id = ${id} and a.until > kontor_now() and a.person_id <> ${exceptPersonId} order by p.name`.execute(
    tx,
  )
  return rows.map((row) => row.name)
}

/** False when the person was not answering. */
export async function notAnswering(tx: Tx, id: string, personId: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`delete from answering
    where conversation_id = ${id} and person_id = ${personId} returning conversation_id as id`.execute(tx)
  return rows.length > 0
}

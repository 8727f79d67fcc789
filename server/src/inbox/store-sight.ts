/**
 * What a person may see: mailboxes that are shared with named members only, and conversations that the owner of their
 * mailboxes has withdrawn from the team. Fragments for the statements of the other stores.
 */
import type { RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'

/** Somebody who looks, and the mailboxes that stay closed to them. */
export interface Sight {
  readonly personId: string
  readonly hidden: readonly string[]
}

export async function sightOf(tx: Tx, personId: string): Promise<Sight> {
  const { rows } = await sql<{ id: string }>`
    select m.id from mailbox m where m.sharing = 'named' and m.owner_id <> ${personId}
      and not exists (select 1 from mailbox_named_member n
        where n.workspace_id = m.workspace_id and n.mailbox_id = m.id and n.person_id = ${personId})`.execute(
    tx,
  )
  return { personId, hidden: rows.map((row) => row.id) }
}

/** Condition on a conversation `c`: not withdrawn by somebody else, and something in it lies in an open mailbox. */
export function visible({ personId, hidden }: Sight): RawBuilder<boolean> {
  const mine = sql<boolean>`(c.withdrawn_by is null or c.withdrawn_by = ${personId})`
  if (hidden.length === 0) return mine
  const closed = sql`${[...hidden]}::uuid[]`
  return sql<boolean>`${mine} and (exists (select 1 from thread t where t.workspace_id = c.workspace_id
      and t.contact_id = c.contact_id and t.campaign_id is not distinct from c.campaign_id and t.mailbox_id <> all (${closed}))
    or exists (select 1 from submission s where s.workspace_id = c.workspace_id and s.contact_id = c.contact_id
      and s.campaign_id is not distinct from c.campaign_id and s.mailbox_id <> all (${closed})))`
}

/** Whether words of the last mailbox may be shown in the list. */
export function tells({ hidden }: Sight): RawBuilder<boolean> {
  if (hidden.length === 0) return sql<boolean>`true`
  return sql<boolean>`(c.last_mailbox_id is null or c.last_mailbox_id <> all (${[...hidden]}::uuid[]))`
}

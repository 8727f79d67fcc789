/**
 * Statements on audiences: who is meant by a selection, be it a list of ids or everybody who fits a search. The plan
 * reads the same rows that a launch writes down.
 */
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { containing } from '../contacts/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Audience } from './audience.ts'

export interface Asked {
  readonly contactId: string
  readonly memberId?: string
}

// columns: contact_id, member_id, n; deleted people are named when they were chosen one by one, and not among everybody
function people(campaignId: string | undefined, audience: Audience): RawBuilder<unknown> {
  if ('ids' in audience) {
    const wanted = sql`unnest(${[...new Set(audience.ids)]}::uuid[]) with ordinality as w(id, n)`
    return campaignId === undefined
      ? sql`select c.id as contact_id, null::uuid as member_id, w.n::int as n from ${wanted} join contact c on c.id = w.id`
      : sql`select m.contact_id, m.id as member_id, w.n::int as n from ${wanted} join member m on m.id = w.id
            where m.campaign_id = ${campaignId}`
  }
  const { everyone, except } = audience
  const pattern = containing(everyone.q)
  const found =
    pattern === undefined
      ? sql``
      : sql`and (k.name ilike ${pattern} or k.handle ilike ${pattern} or k.address ilike ${pattern})`
  if (campaignId === undefined) {
    const everywhere =
      pattern === undefined
        ? sql``
        : sql`and (k.name ilike ${pattern} or k.handle ilike ${pattern} or exists (select from contact_address a
            where a.workspace_id = k.workspace_id and a.contact_id = k.id and a.address ilike ${pattern}))`
    return sql`select k.id as contact_id, null::uuid as member_id, row_number() over (order by lower(k.name), k.id)::int as n
      from contact_card k where not k.deleted ${everywhere} and not k.id = any(${[...except]}::uuid[])`
  }
  return sql`select m.contact_id, m.id as member_id, row_number() over (order by m.id)::int as n
    from member m join contact_card k on k.workspace_id = m.workspace_id and k.id = m.contact_id and not k.deleted
    where m.campaign_id = ${campaignId} ${found}
      ${everyone.state === undefined ? sql`` : sql`and m.state = ${everyone.state}`}
      and not m.id = any(${[...except]}::uuid[])`
}

/** Who is meant, in the order in which they get their place. */
export async function audienceRows(
  tx: Tx,
  campaignId: string | undefined,
  audience: Audience,
): Promise<readonly Asked[]> {
  const { rows } = await sql<{ contact_id: string; member_id: string | null }>`
    select contact_id, member_id from (${people(campaignId, audience)}) a order by n`.execute(tx)
  return rows.map((row) => ({
    contactId: row.contact_id,
    ...(row.member_id === null ? {} : { memberId: row.member_id }),
  }))
}

/** Writes down who is meant by a launch, and returns how many they are. */
export async function insertAudience(
  tx: Tx,
  { workspaceId, launchId }: { readonly workspaceId: string; readonly launchId: string },
  campaignId: string | undefined,
  audience: Audience,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with asked as (
      insert into launch_person (workspace_id, launch_id, n, contact_id, member_id)
      select ${workspaceId}, ${launchId}, n, contact_id, member_id from (${people(campaignId, audience)}) a
      returning 1)
    select count(*)::int as count from asked`.execute(tx)
  return rows[0]?.count ?? 0
}

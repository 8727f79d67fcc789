/** Statements on duplicates: pairs that look like one person, merging them, and where a merged one went. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'

/** One definer function moves the rows of every table that names a contact. False when there are not two in use. */
export async function mergeRows(
  tx: Tx,
  { from, into }: { readonly from: string; readonly into: string },
): Promise<boolean> {
  const { rows } = await sql<{ merged: boolean }>`select contact_merge(${from}, ${into}) as merged`.execute(
    tx,
  )
  return rows[0]?.merged ?? false
}

/** Where a merged contact went, over several merges. */
export async function mergedInto(tx: Tx, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    with recursive chain as (
      select merged_into as id, 1 as n from contact where id = ${id} and merged_into is not null
      union all
      select c.merged_into, n + 1 from contact c join chain on c.id = chain.id where c.merged_into is not null and n < 20)
    select chain.id from chain join contact c on c.id = chain.id where c.deleted_at is null order by n desc limit 1`.execute(
    tx,
  )
  return rows[0]?.id
}

export interface Duplicate {
  readonly why: 'name' | 'handle'
  readonly ids: readonly [string, string]
}

/** Pairs with the same name or the same handle, the newest first. */
export async function duplicateRows(tx: Tx, limit: number): Promise<readonly Duplicate[]> {
  const { rows } = await sql<{ why: 'name' | 'handle'; one: string; other: string }>`
    with named as (
      select id, created_at, lower(regexp_replace(name, '\\s+', ' ', 'g')) as name, lower(ltrim(handle, '@')) as handle
      from contact where deleted_at is null)
    select distinct on (one, other) why, one, other from (
      select 'handle' as why, a.id as one, b.id as other, b.created_at from named a
        join named b on b.handle = a.handle and a.handle <> '' and (a.created_at, a.id) < (b.created_at, b.id)
      union all
      select 'name', a.id, b.id, b.created_at from named a
        join named b on b.name = a.name and a.name like '% %' and (a.created_at, a.id) < (b.created_at, b.id)) pairs
    order by one, other, why limit ${limit}`.execute(tx)
  return rows.map(({ why, one, other }) => ({ why, ids: [one, other] }))
}

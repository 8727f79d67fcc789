/** Statements that list contacts: pages by name, narrowed by a search. */
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { Contact } from './contact.ts'
import type { ContactRow } from './store.ts'
import { contactOf, selectContact } from './store.ts'

/** Place of a contact in the list by name. */
export interface ContactPlace {
  readonly name: string
  readonly id: string
}

/** A keyset page by name; `q` is looked for in name, handle and addresses. `next` is absent on the last page. */
export async function contactPage(
  tx: Tx,
  { q, after, limit }: { q?: string | undefined; after?: ContactPlace | undefined; limit: number },
): Promise<{ readonly rows: readonly Contact[]; readonly next?: ContactPlace }> {
  const { rows } = await sql<ContactRow>`${selectContact}
    where c.deleted_at is null ${fitting(q)}
      ${after === undefined ? sql`` : sql`and (lower(c.name), c.id) > (${after.name}, ${after.id}::uuid)`}
    order by lower(c.name), c.id limit ${limit + 1}`.execute(tx)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    rows: shown.map(contactOf),
    ...(rows.length > limit && last !== undefined ? { next: { name: last.sort_name, id: last.id } } : {}),
  }
}

/** How many fit, over all pages. */
export async function countContacts(tx: Tx, q: string | undefined): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::int as total from contact c where c.deleted_at is null ${fitting(q)}`.execute(tx)
  return rows[0]?.total ?? 0
}

function fitting(q: string | undefined): RawBuilder<unknown> {
  const pattern = containing(q)
  return pattern === undefined
    ? sql``
    : sql`and (c.name ilike ${pattern} or c.handle ilike ${pattern} or exists (
        select from contact_address a
        where a.workspace_id = c.workspace_id and a.contact_id = c.id and a.address ilike ${pattern}))`
}

/** A LIKE pattern that finds the text anywhere; undefined when nothing is looked for. */
export function containing(q: string | undefined): string | undefined {
  const wanted = q?.trim() ?? ''
  return wanted === '' ? undefined : `%${wanted.replaceAll(/[\\%_]/g, '\\$&')}%`
}

/** The names of the team's own variables, over everybody in use. */
export async function customNames(tx: Tx): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct jsonb_object_keys(custom) as name from contact where deleted_at is null and custom <> '{}' order by 1`.execute(
    tx,
  )
  return rows.map((row) => row.name)
}

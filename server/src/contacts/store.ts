/**
 * Statements on contacts and their addresses. An address belongs to one contact of a workspace; the primary key
 * refuses a second one, so that two people who add the same influencer at once get one.
 */
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { Basis, Contact, ContactDraft, ContactPatch, Language, SuppressionReason } from './contact.ts'

interface ContactRow {
  id: string
  name: string
  address: string
  other_addresses: string[]
  handle: string
  language: Language
  country: string
  tags: string[]
  notes: string
  basis: Basis
  basis_source: string
  basis_at: Temporal.Instant | null
  do_not_contact: boolean
  suppressed: SuppressionReason | null
  created_at: Temporal.Instant
  sort_name: string
}

const selectContact = sql`
  select c.id, c.name, coalesce(p.address, '') as address, c.handle, c.language, c.country, c.tags, c.notes, c.basis,
    c.basis_source, c.basis_at, c.do_not_contact, s.reason as suppressed, c.created_at, lower(c.name) as sort_name,
    array(select o.address from contact_address o
          where o.workspace_id = c.workspace_id and o.contact_id = c.id and not o.preferred
          order by o.created_at, o.address_key) as other_addresses
  from contact c
    left join contact_address p on p.workspace_id = c.workspace_id and p.contact_id = c.id and p.preferred
    left join suppression s on s.workspace_id = p.workspace_id and s.address_key = p.address_key`

function contactOf(row: ContactRow): Contact {
  return {
    id: row.id,
    name: row.name,
    address: row.address,
    otherAddresses: row.other_addresses,
    handle: row.handle,
    language: row.language,
    country: row.country,
    tags: row.tags,
    notes: row.notes,
    basis: row.basis,
    basisSource: row.basis_source,
    ...(row.basis_at === null ? {} : { basisAt: row.basis_at }),
    doNotContact: row.do_not_contact,
    ...(row.suppressed === null ? {} : { suppressed: row.suppressed }),
    createdAt: row.created_at,
  }
}

/** The contacts that are in use among these ids, in no particular order. */
export async function contactsById(tx: Tx, ids: readonly string[]): Promise<readonly Contact[]> {
  const { rows } = await sql<ContactRow>`${selectContact}
    where c.id = any(${[...ids]}::uuid[]) and c.deleted_at is null`.execute(tx)
  return rows.map(contactOf)
}

export async function contactById(tx: Tx, id: string): Promise<Contact | undefined> {
  return (await contactsById(tx, [id]))[0]
}

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

export interface ContactToInsert extends ContactDraft {
  readonly id: string
  readonly addressKey: string
}

/**
 * Inserts contacts with their preferred address. Those whose address already belongs to somebody are not inserted;
 * they come back with the contact it belongs to, also when that one was added at the same moment.
 */
export async function insertContacts(
  tx: Tx,
  workspaceId: string,
  contacts: readonly ContactToInsert[],
): Promise<{ readonly known: ReadonlyMap<string, string> }> {
  if (contacts.length === 0) return { known: new Map() }
  await sql`
    insert into contact (workspace_id, id, name, handle, language, country, tags, notes, basis, basis_source, basis_at)
    select ${workspaceId}, r.id, r.name, r.handle, r.language, r.country, r.tags, r.notes, r.basis, r."basisSource",
      case when r.basis = 'none' then null else kontor_now() end
    from jsonb_to_recordset(${JSON.stringify(contacts)}::jsonb) as r(
      id uuid, name text, handle text, language text, country text, tags text[], notes text, basis text,
      "basisSource" text)`.execute(tx)
  const inserted = await sql<{ contact_id: string }>`
    insert into contact_address (workspace_id, contact_id, address, address_key, preferred)
    select ${workspaceId}, r.id, r.address, r."addressKey", true
    from jsonb_to_recordset(${JSON.stringify(contacts)}::jsonb) as r(id uuid, address text, "addressKey" text)
    order by r."addressKey"
    on conflict (workspace_id, address_key) do nothing
    returning contact_id`.execute(tx)
  const added = new Set(inserted.rows.map((row) => row.contact_id))
  const refused = contacts.filter((contact) => !added.has(contact.id))
  if (refused.length === 0) return { known: new Map() }
  await sql`delete from contact where id = any(${refused.map((contact) => contact.id)}::uuid[])`.execute(tx)
  return {
    known: await ownersOf(
      tx,
      refused.map((contact) => contact.addressKey),
    ),
  }
}

/** Address key → id of the contact it belongs to, for those keys that belong to somebody. */
export async function ownersOf(tx: Tx, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ address_key: string; contact_id: string }>`
    select address_key, contact_id from contact_address where address_key = any(${[...keys]}::text[])`.execute(
    tx,
  )
  return new Map(rows.map((row) => [row.address_key, row.contact_id]))
}

/** False when the contact is unknown or deleted. A changed basis gets the time of the change. */
export async function updateContact(
  tx: Tx,
  id: string,
  patch: Omit<ContactPatch, 'address'>,
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update contact set
      name = coalesce(${patch.name ?? null}, name),
      handle = coalesce(${patch.handle ?? null}, handle),
      language = coalesce(${patch.language ?? null}, language),
      country = coalesce(${patch.country ?? null}, country),
      tags = coalesce(${patch.tags === undefined ? null : [...patch.tags]}::text[], tags),
      notes = coalesce(${patch.notes ?? null}, notes),
      basis_at = case when ${patch.basis ?? null}::text is null or ${patch.basis ?? null}::text = basis then basis_at
                      when ${patch.basis ?? null}::text = 'none' then null else kontor_now() end,
      basis = coalesce(${patch.basis ?? null}, basis),
      basis_source = coalesce(${patch.basisSource ?? null}, basis_source),
      do_not_contact = coalesce(${patch.doNotContact ?? null}, do_not_contact)
    where id = ${id} and deleted_at is null returning id`.execute(tx)
  return rows.length > 0
}

export interface AddressToWrite {
  readonly address: string
  readonly addressKey: string
}

/** Takes a further address of a contact. False when the address belongs to somebody already. */
export async function insertAddress(
  tx: Tx,
  workspaceId: string,
  contactId: string,
  { address, addressKey }: AddressToWrite,
): Promise<boolean> {
  const { rows } = await sql<{ contact_id: string }>`
    insert into contact_address (workspace_id, contact_id, address, address_key)
    values (${workspaceId}, ${contactId}, ${address}, ${addressKey})
    on conflict (workspace_id, address_key) do nothing returning contact_id`.execute(tx)
  return rows.length > 0
}

/** Makes an address of the contact the preferred one and returns the key of the one that was. */
export async function preferAddress(
  tx: Tx,
  contactId: string,
  { address, addressKey }: AddressToWrite,
): Promise<string | undefined> {
  const before = await sql<{ address_key: string }>`
    update contact_address set preferred = false where contact_id = ${contactId} and preferred
    returning address_key`.execute(tx)
  await sql`update contact_address set preferred = true, address = ${address}
    where contact_id = ${contactId} and address_key = ${addressKey}`.execute(tx)
  return before.rows[0]?.address_key
}

export async function deleteAddress(tx: Tx, contactId: string, addressKey: string): Promise<void> {
  await sql`delete from contact_address
    where contact_id = ${contactId} and address_key = ${addressKey} and not preferred`.execute(tx)
}

/** Takes the contact out of use: its addresses are free again; its name stays for what left. */
export async function retireContact(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update contact set deleted_at = kontor_now(), notes = '', tags = '{}', handle = ''
    where id = ${id} and deleted_at is null returning id`.execute(tx)
  if (rows.length === 0) return false
  await sql`delete from contact_address where contact_id = ${id}`.execute(tx)
  return true
}

/** Statements that read contacts and their addresses. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { Basis, Contact, CustomValues, Handle, Language, SuppressionReason } from './contact.ts'

export interface ContactRow {
  id: string
  name: string
  address: string
  other_addresses: string[]
  handle: string
  other_handles: Handle[]
  language: Language
  country: string
  zone: string
  tags: string[]
  notes: string
  custom: CustomValues
  agent_name: string
  agent_address: string
  agent_cc: boolean
  basis: Basis
  basis_source: string
  basis_at: Temporal.Instant | null
  do_not_contact: boolean
  paused_until: Temporal.Instant | null
  suppressed: SuppressionReason | null
  created_at: Temporal.Instant
  sort_name: string
}

/** A contact with its addresses; `c` is the contact, `p` its preferred address. */
export const selectContact = sql`
  select c.id, c.name, coalesce(p.address, '') as address, c.handle, c.other_handles, c.language, c.country, c.zone, c.tags,
    c.notes, c.custom, c.agent_name, c.agent_address, c.agent_cc, c.basis, c.basis_source, c.basis_at,
    c.do_not_contact, c.paused_until, s.reason as suppressed, c.created_at, lower(c.name) as sort_name,
    array(select o.address from contact_address o
          where o.workspace_id = c.workspace_id and o.contact_id = c.id and not o.preferred
          order by o.created_at, o.address_key) as other_addresses
  from contact c
    left join contact_address p on p.workspace_id = c.workspace_id and p.contact_id = c.id and p.preferred
    left join suppression s on s.workspace_id = p.workspace_id and s.address_key = p.address_key`

export function contactOf(row: ContactRow): Contact {
  return {
    id: row.id,
    name: row.name,
    address: row.address,
    otherAddresses: row.other_addresses,
    handle: row.handle,
    otherHandles: row.other_handles,
    language: row.language,
    country: row.country,
    zone: row.zone,
    tags: row.tags,
    notes: row.notes,
    custom: row.custom,
    ...(row.agent_address === '' && row.agent_name === ''
      ? {}
      : { agent: { name: row.agent_name, address: row.agent_address, cc: row.agent_cc } }),
    basis: row.basis,
    basisSource: row.basis_source,
    ...(row.basis_at === null ? {} : { basisAt: row.basis_at }),
    doNotContact: row.do_not_contact,
    ...(row.paused_until === null ? {} : { pausedUntil: row.paused_until }),
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

/** Address key → id of the contact it belongs to, for those keys that belong to somebody. */
export async function ownersOf(tx: Tx, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ address_key: string; contact_id: string }>`
    select address_key, contact_id from contact_address where address_key = any(${[...keys]}::text[])`.execute(
    tx,
  )
  return new Map(rows.map((row) => [row.address_key, row.contact_id]))
}

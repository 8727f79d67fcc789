/**
 * Statements that write contacts and their addresses. An address belongs to one contact of a workspace; the primary key
 * refuses a second one, so that two people who add the same influencer at once get one.
 */
import { sql } from 'kysely'
import { addressKey as keyOf } from '../mail/index.ts'
import { noteGrowth, records } from '../platform/db/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Agent, ContactDraft, ContactPatch } from './contact.ts'
import { ownersOf } from './store.ts'

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
  const rows = contacts.map(({ agent, ...contact }) => ({ ...contact, ...agentColumns(agent) }))
  await sql`
    insert into contact (workspace_id, id, name, handle, other_handles, language, country, zone, tags, notes, custom,
      agent_name, agent_address, agent_key, agent_cc, basis, basis_source, basis_at)
    select ${workspaceId}, r.id, r.name, r.handle, r."otherHandles", r.language, r.country, r.zone, r.tags, r.notes, r.custom,
      r."agentName", r."agentAddress", r."agentKey", r."agentCc", r.basis, r."basisSource",
      case when r.basis = 'none' then null else coalesce(r."basisAt", kontor_now()) end
    from json_to_recordset(${records(rows)}) as r(
      id uuid, name text, handle text, "otherHandles" jsonb, language text, country text, zone text, tags text[], notes text,
      custom jsonb, "agentName" text, "agentAddress" text, "agentKey" text, "agentCc" boolean, basis text,
      "basisSource" text, "basisAt" timestamptz)`.execute(tx)
  const inserted = await sql<{ contact_id: string }>`
    insert into contact_address (workspace_id, contact_id, address, address_key, preferred)
    select ${workspaceId}, r.id, r.address, r."addressKey", true
    from json_to_recordset(${records(contacts)}) as r(id uuid, address text, "addressKey" text)
    order by r."addressKey"
    on conflict (workspace_id, address_key) do nothing
    returning contact_id`.execute(tx)
  await noteGrowth(tx, inserted.rows.length, ['contact', 'contact_address'])
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

interface AgentColumns {
  readonly agentName: string
  readonly agentAddress: string
  readonly agentKey: string
  readonly agentCc: boolean
}

function agentColumns(agent: Agent | null | undefined): AgentColumns {
  if (agent === null || agent === undefined) {
    return { agentName: '', agentAddress: '', agentKey: '', agentCc: false }
  }
  return {
    agentName: agent.name,
    agentAddress: agent.address,
    agentKey: agent.address === '' ? '' : keyOf(agent.address),
    agentCc: agent.cc && agent.address !== '',
  }
}

/** False when the contact is unknown or deleted. A changed basis gets the time of the change, unless one is given. */
export async function updateContact(
  tx: Tx,
  id: string,
  patch: Omit<ContactPatch, 'address' | 'otherAddresses'>,
): Promise<boolean> {
  const basis = patch.basis ?? null
  const basisAt = patch.basisAt?.toString() ?? null
  const agent = patch.agent === undefined ? undefined : agentColumns(patch.agent)
  const { rows } = await sql<{ id: string }>`
    update contact set
      name = coalesce(${patch.name ?? null}, name),
      handle = coalesce(${patch.handle ?? null}, handle),
      other_handles = coalesce(${json(patch.otherHandles)}::jsonb, other_handles),
      language = coalesce(${patch.language ?? null}, language),
      country = coalesce(${patch.country ?? null}, country),
      zone = coalesce(${patch.zone ?? null}, zone),
      tags = coalesce(${patch.tags === undefined ? null : [...patch.tags]}::text[], tags),
      notes = coalesce(${patch.notes ?? null}, notes),
      custom = coalesce(${json(patch.custom)}::jsonb, custom),
      agent_name = coalesce(${agent?.agentName ?? null}, agent_name),
      agent_address = coalesce(${agent?.agentAddress ?? null}, agent_address),
      agent_key = coalesce(${agent?.agentKey ?? null}, agent_key),
      agent_cc = coalesce(${agent?.agentCc ?? null}::boolean, agent_cc),
      basis_at = case when coalesce(${basis}::text, basis) = 'none' then null
                      when ${basisAt}::timestamptz is not null then ${basisAt}::timestamptz
                      when ${basis}::text is null or ${basis}::text = basis then basis_at
                      else kontor_now() end,
      basis = coalesce(${basis}, basis),
      basis_source = coalesce(${patch.basisSource ?? null}, basis_source),
      do_not_contact = coalesce(${patch.doNotContact ?? null}, do_not_contact)
    where id = ${id} and deleted_at is null returning id`.execute(tx)
  return rows.length > 0
}

function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value)
}

export interface AddressToWrite {
  readonly address: string
  readonly addressKey: string
}

/** Takes further addresses of contacts; returns the keys of those that belong to somebody already. */
export async function insertFurther(
  tx: Tx,
  workspaceId: string,
  addresses: readonly (AddressToWrite & { readonly contactId: string })[],
): Promise<readonly string[]> {
  if (addresses.length === 0) return []
  const { rows } = await sql<{ address_key: string }>`
    insert into contact_address (workspace_id, contact_id, address, address_key)
    select ${workspaceId}, r."contactId", r.address, r."addressKey"
    from json_to_recordset(${records(addresses)}) as r("contactId" uuid, address text, "addressKey" text)
    order by r."addressKey"
    on conflict (workspace_id, address_key) do nothing returning address_key`.execute(tx)
  const taken = new Set(rows.map((row) => row.address_key))
  return addresses.map(({ addressKey }) => addressKey).filter((key) => !taken.has(key))
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
    update contact set deleted_at = kontor_now(), notes = '', tags = '{}', handle = '',
      other_handles = '[]', custom = '{}', agent_name = '', agent_address = '', agent_key = ''
    where id = ${id} and deleted_at is null returning id`.execute(tx)
  if (rows.length === 0) return false
  await sql`delete from contact_address where contact_id = ${id}`.execute(tx)
  return true
}

export async function setDoNotContact(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`update contact set do_not_contact = true where id = any(${[...ids]}::uuid[])`.execute(tx)
}

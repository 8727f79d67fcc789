/**
 * Owns what is stored of people outside any workspace: names, languages, passwords (as scrypt hashes), the one-time
 * set-up link, and how often somebody tried. These tables stand outside row-level security, because a person signs in
 * before any workspace is known; nothing but this domain may touch them.
 *
 * The rows fit better-auth, which reads and writes sessions (store-session.ts). Times here are real time.
 */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import { json } from '../platform/db/index.ts'

export type Person = {
  readonly id: string
  readonly name: string
  readonly address: string
  readonly language: 'en' | 'de'
}
export type NewPerson = Person & { readonly addressKey: string; readonly passwordHash: string }

/** False when somebody with this address is here already. */
export async function insertPerson(tx: Tx, person: NewPerson, accountId: string): Promise<boolean> {
  const { rows } = await sql`
    insert into person (id, name, address, address_key, language)
    values (${person.id}, ${person.name}, ${person.address}, ${person.addressKey}, ${person.language})
    on conflict (address_key) do nothing returning id`.execute(tx)
  if (rows.length === 0) return false
  await sql`
    insert into account (id, account_id, provider_id, person_id, password)
    values (${accountId}, ${person.id}, 'credential', ${person.id}, ${person.passwordHash})`.execute(tx)
  return true
}

export async function readPerson(tx: Tx, id: string): Promise<Person | undefined> {
  const { rows } = await sql<Person>`
    select id, name, address, language from person where id = ${id}`.execute(tx)
  return rows[0]
}

export async function readPersonByAddress(tx: Tx, addressKey: string): Promise<Person | undefined> {
  const { rows } = await sql<Person>`
    select id, name, address, language from person where address_key = ${addressKey}`.execute(tx)
  return rows[0]
}

export async function updatePerson(
  tx: Tx,
  id: string,
  change: { readonly name?: string | undefined; readonly language?: 'en' | 'de' | undefined },
): Promise<void> {
  await sql`
    update person set name = coalesce(${change.name ?? null}, name),
      language = coalesce(${change.language ?? null}, language), updated_at = current_timestamp
    where id = ${id}`.execute(tx)
}

/** A new password ends every session of the person. */
export async function replacePassword(tx: Tx, personId: string, passwordHash: string): Promise<void> {
  await sql`
    update account set password = ${passwordHash}, updated_at = current_timestamp
    where person_id = ${personId} and provider_id = 'credential'`.execute(tx)
  await sql`delete from session where person_id = ${personId}`.execute(tx)
  await tellSessionEnded(tx, personId)
}

/** The channel that names a person one of whose sessions or memberships has ended. */
export const sessionChannel = 'kontor_session'

export async function tellSessionEnded(tx: Tx, personId: string): Promise<void> {
  await sql`select pg_notify(${sessionChannel}, ${personId})`.execute(tx)
}

export type SetupRow =
  | { readonly state: 'open'; readonly hash: string }
  | { readonly state: 'done' | 'closed' }

/** Locks the set-up state, so that of two people one is first. `closed`: no link was ever printed. */
export async function lockSetup(tx: Tx): Promise<SetupRow> {
  const { rows } = await sql<{ value: { state: 'open' | 'done'; hash?: string } }>`
    select value from server_setting where key = 'setup' for update`.execute(tx)
  const value = rows[0]?.value
  if (value?.state === 'open' && value.hash !== undefined) return { state: 'open', hash: value.hash }
  return { state: value?.state === 'done' ? 'done' : 'closed' }
}

export async function readSetupDone(tx: Tx): Promise<boolean> {
  const { rows } = await sql`
    select from server_setting where key = 'setup' and value->>'state' = 'done'`.execute(tx)
  return rows.length > 0
}

/** Keeps the hash of the newest link. False when set-up is done. */
export async function openSetup(tx: Tx, hash: string): Promise<boolean> {
  const { rows } = await sql`
    insert into server_setting (key, value) values ('setup', ${json({ state: 'open', hash })})
    on conflict (key) do update set value = excluded.value, updated_at = kontor_now()
      where server_setting.value->>'state' = 'open'
    returning key`.execute(tx)
  return rows.length > 0
}

export async function closeSetup(tx: Tx): Promise<void> {
  await sql`
    update server_setting set value = ${json({ state: 'done' })}, updated_at = kontor_now()
    where key = 'setup'`.execute(tx)
}

export type Use = { readonly allowed: boolean; readonly retryAfterSeconds: number }

/**
 * Counts one use of a key within a window that begins with its first use, and says whether it is still allowed.
 * Counting and asking are one statement, so that many at once cannot all be the tenth.
 */
export async function countUse(
  tx: Tx,
  use: {
    readonly id: string
    readonly key: string
    readonly most: number
    readonly windowSeconds: number
    readonly now: Temporal.Instant
  },
): Promise<Use> {
  const nowMs = use.now.epochMilliseconds
  const windowMs = use.windowSeconds * 1000
  const { rows } = await sql<{ count: number; last_request: number }>`
    insert into rate_limit as r (id, key, count, last_request) values (${use.id}, ${use.key}, 1, ${nowMs})
    on conflict (key) do update set
      count = case when r.last_request <= ${nowMs - windowMs} then 1 else r.count + 1 end,
      last_request = case when r.last_request <= ${nowMs - windowMs} then ${nowMs} else r.last_request end
    returning count, last_request`.execute(tx)
  const row = rows[0]
  if (row === undefined || row.count <= use.most) return { allowed: true, retryAfterSeconds: 0 }
  return {
    allowed: false,
    retryAfterSeconds: Math.max(1, Math.ceil((row.last_request + windowMs - nowMs) / 1000)),
  }
}

export async function forgetUses(tx: Tx, keys: readonly string[]): Promise<void> {
  await sql`delete from rate_limit where key = any(${[...keys]}::text[])`.execute(tx)
}

/** One use of each key did not count after all. */
export async function takeBackUse(tx: Tx, keys: readonly string[]): Promise<void> {
  await sql`update rate_limit set count = greatest(count - 1, 0) where key = any(${[...keys]}::text[])`.execute(
    tx,
  )
}

/** Removes what real time has made useless: old counts, ended sessions, links that have expired. */
export async function sweepPeople(tx: Tx, now: Temporal.Instant): Promise<void> {
  const yesterday = now.subtract({ hours: 24 }).epochMilliseconds
  await sql`delete from rate_limit where last_request < ${yesterday}`.execute(tx)
  await sql`delete from session where expires_at < ${now}`.execute(tx)
  await sql`delete from verification where expires_at < ${now}`.execute(tx)
}

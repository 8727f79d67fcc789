/** Every statement on mailboxes, their named members and the defaults. The workspace is that of the transaction. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { Level } from './consent.ts'
import type { Health, Mailbox, Place, SendingSettings, Sharing } from './mailbox.ts'

interface MailboxRow {
  workspace_id: string
  id: string
  grant_id: string | null
  endpoint: string
  provider: Mailbox['provider']
  practice: boolean
  place: Place
  level: Level
  address: string
  address_key: string
  owner_id: string
  display_name: string
  signature: string
  signature_html: string
  sharing: Sharing
  named_members: string[]
  health: Health
  health_reason: string | null
  paused: boolean
  zone: string
  daily_limit: number
  window_from: Temporal.PlainTime
  window_to: Temporal.PlainTime
  window_days: number[]
  pace_seconds: number
  reserve: number
  finds_changed_subjects: boolean
  connected_at: Temporal.Instant
  disconnected_at: Temporal.Instant | null
  last_checked_at: Temporal.Instant | null
}

const columns = sql`
  m.workspace_id, m.id, m.grant_id, m.endpoint, m.provider, m.practice, m.place, m.level, m.address, m.address_key, m.owner_id,
  m.display_name, m.signature, m.signature_html, m.sharing, m.health, m.health_reason, m.paused, m.zone, m.daily_limit, m.window_from,
  m.window_to, m.window_days, m.pace_seconds, m.reserve, m.finds_changed_subjects, m.connected_at, m.disconnected_at,
  m.last_checked_at,
  array(select n.person_id::text from mailbox_named_member n
        where n.workspace_id = m.workspace_id and n.mailbox_id = m.id order by n.person_id) as named_members`

/** One mailbox, also a disconnected one. */
export async function mailboxById(tx: Tx, id: string): Promise<Mailbox | undefined> {
  return (await mailboxesById(tx, [id])).get(id)
}

/** Each of these mailboxes, also disconnected ones, by its id. */
export async function mailboxesById(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Mailbox>> {
  const { rows } = await sql<MailboxRow>`
    select ${columns} from mailbox m
    where m.workspace_id = (select kontor_workspace()) and m.id = any(${[...ids]}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.id, mailboxOf(row)]))
}

/** One mailbox that is not disconnected, locked against other changes until the transaction ends. */
export async function lockMailbox(tx: Tx, id: string): Promise<Mailbox | undefined> {
  const { rows } = await sql<MailboxRow>`
    select ${columns} from mailbox m
    where m.workspace_id = (select kontor_workspace()) and m.id = ${id} and m.disconnected_at is null
    for update of m`.execute(tx)
  return rows.map(mailboxOf)[0]
}

/** Every connected mailbox of the workspace, oldest first. */
export async function mailboxesOf(tx: Tx): Promise<readonly Mailbox[]> {
  const { rows } = await sql<MailboxRow>`
    select ${columns} from mailbox m
    where m.workspace_id = (select kontor_workspace()) and m.disconnected_at is null
    order by m.connected_at, m.id`.execute(tx)
  return rows.map(mailboxOf)
}

/** Every disconnected mailbox of the workspace, latest first. */
export async function disconnectedMailboxes(tx: Tx): Promise<readonly Mailbox[]> {
  const { rows } = await sql<MailboxRow>`
    select ${columns} from mailbox m
    where m.workspace_id = (select kontor_workspace()) and m.disconnected_at is not null
    order by m.disconnected_at desc, m.id desc limit 100`.execute(tx)
  return rows.map(mailboxOf)
}

/** The connected mailbox of an address, locked. */
export async function lockMailboxOfAddress(tx: Tx, addressKey: string): Promise<Mailbox | undefined> {
  const { rows } = await sql<MailboxRow>`
    select ${columns} from mailbox m
    where m.workspace_id = (select kontor_workspace()) and m.address_key = ${addressKey} and m.disconnected_at is null
    for update of m`.execute(tx)
  return rows.map(mailboxOf)[0]
}

/** The connected mailboxes behind a grant, locked. */
export async function lockMailboxesOfGrant(tx: Tx, grantId: string): Promise<readonly Mailbox[]> {
  const { rows } = await sql<MailboxRow>`
    select ${columns} from mailbox m
    where m.workspace_id = (select kontor_workspace()) and m.grant_id = ${grantId} and m.disconnected_at is null
    order by m.id for update of m`.execute(tx)
  return rows.map(mailboxOf)
}

/** The other mailboxes whose mail lies, or lay, in the same place: their access logs tell of it too. */
export async function everReadWith(tx: Tx, id: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select s.id from mailbox m join mailbox s on s.workspace_id = m.workspace_id and s.grant_id = m.grant_id
    where m.workspace_id = (select kontor_workspace()) and m.id = ${id} and s.id <> m.id
      and m.place <> 'shared' and s.place <> 'shared'
    order by s.connected_at, s.id`.execute(tx)
  return rows.map((row) => row.id)
}

export type NewMailbox = Pick<
  Mailbox,
  | 'workspaceId'
  | 'id'
  | 'endpoint'
  | 'provider'
  | 'practice'
  | 'place'
  | 'level'
  | 'address'
  | 'addressKey'
  | 'ownerId'
  | 'displayName'
  | 'sharing'
  | 'namedMembers'
  | 'zone'
> & { readonly grantId: string }

/** False when the address is connected in this workspace already. */
export async function insertMailbox(tx: Tx, mailbox: NewMailbox): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into mailbox (workspace_id, id, grant_id, endpoint, provider, practice, place, level, address, address_key, owner_id,
                         display_name, sharing, zone)
    values (${mailbox.workspaceId}, ${mailbox.id}, ${mailbox.grantId}, ${mailbox.endpoint}, ${mailbox.provider},
            ${mailbox.practice}, ${mailbox.place}, ${mailbox.level}, ${mailbox.address}, ${mailbox.addressKey}, ${mailbox.ownerId},
            ${mailbox.displayName}, ${mailbox.sharing}, ${mailbox.zone})
    on conflict do nothing`.execute(tx)
  if (numAffectedRows !== 1n) return false
  await setNamedMembers(tx, mailbox.id, mailbox.namedMembers)
  return true
}

/** Binds a mailbox to a grant that works, at a level; a pause that a person wished stays. */
export async function setConnected(
  tx: Tx,
  id: string,
  { grantId, level, endpoint }: { grantId: string; level: Level; endpoint: string },
): Promise<void> {
  await sql`
    update mailbox set grant_id = ${grantId}, level = ${level}, endpoint = ${endpoint},
      health = case when paused then 'paused' else 'active' end, health_reason = null
    where workspace_id = (select kontor_workspace()) and id = ${id} and disconnected_at is null`.execute(tx)
}

/** Why a mailbox cannot work: a stable code that the page has a sentence for. */
export interface Broken {
  readonly health: 'reconnect_needed' | 'waiting_for_admin'
  readonly reason: string
}

/** Marks that the mailbox cannot work until somebody acts. */
export async function setBroken(tx: Tx, id: string, broken: Broken): Promise<void> {
  await sql`
    update mailbox set health = ${broken.health}, health_reason = ${broken.reason}
    where workspace_id = (select kontor_workspace()) and id = ${id} and disconnected_at is null`.execute(tx)
}

/** Changes how far a mailbox is used, and nothing else of it. */
export async function setLevel(tx: Tx, id: string, level: Level): Promise<void> {
  await sql`
    update mailbox set level = ${level}
    where workspace_id = (select kontor_workspace()) and id = ${id} and disconnected_at is null`.execute(tx)
}

/** Writes a person's wish to pause or go on; a mailbox that cannot work anyway keeps its reason. */
export async function setPaused(tx: Tx, id: string, wish: 'pause' | 'resume'): Promise<void> {
  const paused = wish === 'pause'
  const health = paused ? 'paused' : 'active'
  await sql`
    update mailbox set paused = ${paused},
      health = case when health in ('connecting', 'active', 'throttled', 'paused') then ${health} else health end
    where workspace_id = (select kontor_workspace()) and id = ${id} and disconnected_at is null`.execute(tx)
}

/** Marks a mailbox as disconnected; nobody's default any more. */
export async function setDisconnected(tx: Tx, id: string): Promise<void> {
  await sql`
    update mailbox set health = 'disconnected', health_reason = null, disconnected_at = kontor_now()
    where workspace_id = (select kontor_workspace()) and id = ${id} and disconnected_at is null`.execute(tx)
  await sql`
    delete from default_mailbox
    where workspace_id = (select kontor_workspace()) and mailbox_id = ${id}`.execute(tx)
}

export type MailboxSettings = SendingSettings &
  Pick<Mailbox, 'displayName' | 'signature' | 'signatureHtml' | 'sharing' | 'findsChangedSubjects'>

/** Replaces the settings of a mailbox. */
export async function setSettings(tx: Tx, id: string, settings: MailboxSettings): Promise<void> {
  await sql`
    update mailbox set display_name = ${settings.displayName}, signature = ${settings.signature},
      signature_html = ${settings.signatureHtml},
      sharing = ${settings.sharing}, zone = ${settings.zone}, daily_limit = ${settings.dailyLimit},
      window_from = ${settings.windowFrom.toString()}::time, window_to = ${settings.windowTo.toString()}::time,
      window_days = ${[...settings.windowDays]}::smallint[], pace_seconds = ${settings.paceSeconds},
      reserve = ${settings.reserve}, finds_changed_subjects = ${settings.findsChangedSubjects}
    where workspace_id = (select kontor_workspace()) and id = ${id} and disconnected_at is null`.execute(tx)
}

/** Replaces the named members of a mailbox. */
export async function setNamedMembers(tx: Tx, id: string, personIds: readonly string[]): Promise<void> {
  await sql`
    delete from mailbox_named_member
    where workspace_id = (select kontor_workspace()) and mailbox_id = ${id}`.execute(tx)
  await sql`
    insert into mailbox_named_member (workspace_id, mailbox_id, person_id)
    select distinct (select kontor_workspace()), ${id}::uuid, person_id
    from unnest(${[...personIds]}::uuid[]) as named(person_id)`.execute(tx)
}

/** The default mailbox of a person, undefined when none was chosen. */
export async function defaultOf(tx: Tx, personId: string): Promise<string | undefined> {
  const { rows } = await sql<{ mailbox_id: string }>`
    select mailbox_id from default_mailbox
    where workspace_id = (select kontor_workspace()) and person_id = ${personId}`.execute(tx)
  return rows[0]?.mailbox_id
}

/** Makes a mailbox the person's default, or only when there is none (`first`). */
export async function setDefault(
  tx: Tx,
  personId: string,
  mailboxId: string,
  when: 'always' | 'first',
): Promise<void> {
  await sql`
    insert into default_mailbox (workspace_id, person_id, mailbox_id)
    values ((select kontor_workspace()), ${personId}, ${mailboxId})
    on conflict (workspace_id, person_id) do update set mailbox_id = excluded.mailbox_id
    where ${when === 'always'}`.execute(tx)
}

/** Takes a mailbox away as default from everyone who may not send from it any more. */
export async function dropLostDefaults(
  tx: Tx,
  mailbox: Pick<Mailbox, 'id' | 'ownerId' | 'sharing'>,
): Promise<void> {
  if (mailbox.sharing === 'team') return
  await sql`
    delete from default_mailbox d
    where d.workspace_id = (select kontor_workspace()) and d.mailbox_id = ${mailbox.id}
      and d.person_id <> ${mailbox.ownerId}
      and (${mailbox.sharing === 'team_sees'} or not exists (
        select from mailbox_named_member n
        where n.workspace_id = d.workspace_id and n.mailbox_id = d.mailbox_id and n.person_id = d.person_id))`.execute(
    tx,
  )
}

function mailboxOf(row: MailboxRow): Mailbox {
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    grantId: row.grant_id ?? undefined,
    endpoint: row.endpoint,
    provider: row.provider,
    practice: row.practice,
    place: row.place,
    level: row.level,
    address: row.address,
    addressKey: row.address_key,
    ownerId: row.owner_id,
    displayName: row.display_name,
    signature: row.signature,
    signatureHtml: row.signature_html,
    sharing: row.sharing,
    namedMembers: row.named_members,
    health: row.health,
    healthReason: row.health_reason ?? undefined,
    paused: row.paused,
    zone: row.zone,
    dailyLimit: row.daily_limit,
    windowFrom: row.window_from,
    windowTo: row.window_to,
    windowDays: row.window_days,
    paceSeconds: row.pace_seconds,
    reserve: row.reserve,
    findsChangedSubjects: row.finds_changed_subjects,
    connectedAt: row.connected_at,
    disconnectedAt: row.disconnected_at ?? undefined,
    lastCheckedAt: row.last_checked_at ?? undefined,
  }
}

/**
 * Every statement on grants. Tokens pass through here sealed. Whoever refreshes holds the lease of the row, and proves
 * the token version it started from in the WHERE of every write.
 */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { Level, Reach } from './consent.ts'
import type { Mailbox } from './mailbox.ts'

// longer than any request may take, so that only a dead refresher is noticed by it
const leaseSeconds = 89
// a connection by which others know us comes back sooner, after a restart of the database too
const surelySeconds = 5
/** Whether somebody who lives has the right to refresh. */
const stands = sql`(refresh_lease_until > kontor_now() and (is_present(refresh_holder)
  or refresh_lease_until > kontor_now() + make_interval(secs => ${leaseSeconds - surelySeconds})))`

export interface Grant {
  readonly id: string
  readonly endpoint: string
  readonly provider: Mailbox['provider']
  readonly accountId: string
  readonly address: string
  readonly level: Level
  /** For mailboxes that are shared with the account; undefined while they are not asked for. */
  readonly shared: Level | undefined
  /** Sealed. */
  readonly accessToken: string | undefined
  /** Sealed. */
  readonly refreshToken: string | undefined
  /** Real time. */
  readonly accessExpiresAt: Temporal.Instant | undefined
  readonly tokenVersion: number
  /** Somebody who is not known to be gone holds the lease of its refresh. */
  readonly leased: boolean
  readonly state: 'active' | 'broken' | 'revoked'
  readonly brokenReason: string | undefined
  /** New access tokens were refused, and no call has succeeded since. */
  readonly refused: boolean
}

export interface NewGrant {
  readonly workspaceId: string
  readonly id: string
  readonly endpoint: string
  readonly provider: Mailbox['provider']
  readonly accountId: string
  readonly address: string
  readonly ownerId: string
  readonly level: Level
  readonly maySend: boolean
  readonly mayRead: boolean
  readonly shared: Level | undefined
  readonly accessToken: string
  readonly refreshToken: string
  readonly accessExpiresAt: Temporal.Instant
}

/** A grant as it stands, undefined when there is none. */
export async function grantById(tx: Tx, id: string): Promise<Grant | undefined> {
  return (await grantsById(tx, [id])).get(id)
}

/** Each of these grants by its id. */
export async function grantsById(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Grant>> {
  const { rows } = await sql<{
    id: string
    endpoint: string
    provider: Mailbox['provider']
    account_id: string
    address: string
    level: Level
    shared_level: Level | null
    access_token: string | null
    refresh_token: string | null
    access_expires_at: Temporal.Instant | null
    token_version: number
    leased: boolean
    state: Grant['state']
    broken_reason: string | null
    refused: boolean
  }>`
    select id, endpoint, provider, account_id, address, level, shared_level, access_token, refresh_token, access_expires_at,
           token_version, coalesce(${stands}, false) as leased, state, broken_reason,
           refused_since is not null as refused
    from oauth_grant where workspace_id = (select kontor_workspace()) and id = any(${[...ids]}::uuid[])`.execute(
    tx,
  )
  const grants = rows.map((row) => ({
    id: row.id,
    endpoint: row.endpoint,
    provider: row.provider,
    accountId: row.account_id,
    address: row.address,
    level: row.level,
    shared: row.shared_level ?? undefined,
    accessToken: row.access_token ?? undefined,
    refreshToken: row.refresh_token ?? undefined,
    accessExpiresAt: row.access_expires_at ?? undefined,
    tokenVersion: row.token_version,
    leased: row.leased,
    state: row.state,
    brokenReason: row.broken_reason ?? undefined,
    refused: row.refused,
  }))
  return new Map(grants.map((grant) => [grant.id, grant]))
}

/** The grant of an account on which a connected mailbox of this person lives. */
export async function grantOfAccount(
  tx: Tx,
  account: { readonly endpoint: string; readonly accountId: string; readonly ownerId: string },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select g.id from oauth_grant g
    where g.workspace_id = (select kontor_workspace()) and g.endpoint = ${account.endpoint}
      and g.account_id = ${account.accountId} and g.owner_id = ${account.ownerId}
      and exists (select from mailbox m where m.workspace_id = g.workspace_id and m.grant_id = g.id
        and m.disconnected_at is null)
    order by g.created_at, g.id limit 1`.execute(tx)
  return rows[0]?.id
}

/** The account behind each of these mailboxes that is another address of it, by its own address. */
export async function accountsOf(
  tx: Tx,
  mailboxIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; address: string }>`
    select m.id, g.address from mailbox m join oauth_grant g on g.workspace_id = m.workspace_id and g.id = m.grant_id
    where m.workspace_id = (select kontor_workspace()) and m.id = any(${[...mailboxIds]}::uuid[])
      and m.place <> 'own'`.execute(tx)
  return new Map(rows.map((row) => [row.id, row.address]))
}

/** Whose sign-in a mailbox needs: another address of an account lives on the account through which it was found. */
export async function signInAddress(tx: Tx, mailboxId: string): Promise<string | undefined> {
  const { rows } = await sql<{ address: string }>`
    select case when m.place = 'own' then m.address else coalesce(g.address, m.address) end as address
    from mailbox m left join oauth_grant g on g.workspace_id = m.workspace_id and g.id = m.grant_id
    where m.workspace_id = (select kontor_workspace()) and m.id = ${mailboxId}`.execute(tx)
  return rows[0]?.address
}

/** What the account behind a mailbox was asked to allow: for itself, and for mailboxes that are shared with it. */
export async function reachOf(tx: Tx, mailboxId: string): Promise<Reach | undefined> {
  const { rows } = await sql<{ level: Level; shared_level: Level | null }>`
    select g.level, g.shared_level
    from mailbox m join oauth_grant g on g.workspace_id = m.workspace_id and g.id = m.grant_id
    where m.workspace_id = (select kontor_workspace()) and m.id = ${mailboxId}`.execute(tx)
  return rows.map(({ level, shared_level: shared }) => ({ level, shared: shared ?? undefined }))[0]
}

/** Stores a grant that was just given; over an earlier one of the same id, whose tokens are forgotten. */
export async function saveGrant(tx: Tx, grant: NewGrant): Promise<void> {
  await sql`
    insert into oauth_grant (workspace_id, id, endpoint, provider, account_id, address, owner_id, level, may_send,
                             may_read, shared_level, access_token, refresh_token, access_expires_at)
    values (${grant.workspaceId}, ${grant.id}, ${grant.endpoint}, ${grant.provider}, ${grant.accountId},
            ${grant.address}, ${grant.ownerId}, ${grant.level}, ${grant.maySend}, ${grant.mayRead}, ${grant.shared ?? null},
            ${grant.accessToken}, ${grant.refreshToken}, ${grant.accessExpiresAt.toString()})
    on conflict (workspace_id, id) do update set
      endpoint = excluded.endpoint, account_id = excluded.account_id, address = excluded.address,
      level = excluded.level, may_send = excluded.may_send, may_read = excluded.may_read,
      shared_level = case when excluded.level = 'send_only' and oauth_grant.shared_level is not null then 'send_only'
        else coalesce(excluded.shared_level, oauth_grant.shared_level) end,
      access_token = excluded.access_token, refresh_token = excluded.refresh_token,
      access_expires_at = excluded.access_expires_at, token_version = oauth_grant.token_version + 1,
      refresh_lease = null, refresh_lease_until = null, state = 'active', broken_reason = null,
      refused_since = null, refused_at = null, updated_at = kontor_now()`.execute(tx)
}

/** Carries the id of a grant whose lease has ended (migration 0063). */
export const tokenChannel = 'kontor_token'

/**
 * Takes the right to refresh this version of the tokens; false when somebody else has it who lives, or they changed.
 * `holder`: as whom others know us.
 */
export async function leaseRefresh(
  tx: Tx,
  grant: Pick<Grant, 'id' | 'tokenVersion'>,
  lease: { readonly id: string; readonly holder: number | undefined },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update oauth_grant set refresh_lease = ${lease.id}, refresh_holder = ${lease.holder ?? null},
      refresh_lease_until = kontor_now() + make_interval(secs => ${leaseSeconds})
    where workspace_id = (select kontor_workspace()) and id = ${grant.id} and token_version = ${grant.tokenVersion}
      and state = 'active'
      and (refresh_lease is null or not ${stands})`.execute(tx)
  return numAffectedRows === 1n
}

/**
 * Stores refreshed tokens; false when others replaced them meanwhile. Proved by their version and not by the lease: who was
 * given tokens first may have used up what the others hold.
 */
export async function storeRefreshed(
  tx: Tx,
  grant: Pick<Grant, 'id' | 'tokenVersion'>,
  fresh: {
    readonly accessToken: string
    readonly refreshToken: string | undefined
    readonly expiresAt: Temporal.Instant
  },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update oauth_grant set access_token = ${fresh.accessToken},
      refresh_token = coalesce(${fresh.refreshToken ?? null}, refresh_token),
      access_expires_at = ${fresh.expiresAt.toString()}, token_version = token_version + 1,
      refresh_lease = null, refresh_lease_until = null, updated_at = kontor_now()
    where workspace_id = (select kontor_workspace()) and id = ${grant.id} and token_version = ${grant.tokenVersion}
      and state = 'active'`.execute(tx)
  return numAffectedRows === 1n
}

/** Gives the right to refresh back without a result. */
export async function releaseRefresh(tx: Tx, grantId: string, leaseId: string): Promise<void> {
  await sql`
    update oauth_grant set refresh_lease = null, refresh_lease_until = null
    where workspace_id = (select kontor_workspace()) and id = ${grantId} and refresh_lease = ${leaseId}`.execute(
    tx,
  )
}

/** Marks a grant as broken if its tokens are still the ones that were refused; false when that is past. */
export async function breakGrantRow(
  tx: Tx,
  grant: Pick<Grant, 'id' | 'tokenVersion'>,
  reason: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update oauth_grant set state = 'broken', broken_reason = ${reason}, access_token = null, access_expires_at = null,
      refresh_lease = null, refresh_lease_until = null, updated_at = kontor_now()
    where workspace_id = (select kontor_workspace()) and id = ${grant.id} and token_version = ${grant.tokenVersion}
      and state = 'active'`.execute(tx)
  return numAffectedRows === 1n
}

/**
 * Notes that a new access token was refused; for how many seconds that has gone on. Refusals further apart than
 * `apartSeconds` are two stories.
 */
export async function noteRefusal(tx: Tx, grantId: string, apartSeconds: number): Promise<number> {
  const { rows } = await sql<{ seconds: number }>`
    update oauth_grant set refused_at = kontor_now(),
      refused_since = case when refused_at > kontor_now() - make_interval(secs => ${apartSeconds})
        then refused_since else kontor_now() end
    where workspace_id = (select kontor_workspace()) and id = ${grantId}
    returning extract(epoch from refused_at - refused_since)::float8 as seconds`.execute(tx)
  return rows[0]?.seconds ?? 0
}

/** A call succeeded: what was refused before is past. */
export async function forgetRefusals(tx: Tx, grantId: string): Promise<void> {
  await sql`
    update oauth_grant set refused_since = null, refused_at = null
    where workspace_id = (select kontor_workspace()) and id = ${grantId} and refused_since is not null`.execute(
    tx,
  )
}

/** From now on no more than sending is asked for, also with a sign-in that ends what has ended meanwhile. */
export async function narrowGrant(tx: Tx, grantId: string): Promise<void> {
  await sql`
    update oauth_grant set level = 'send_only', may_read = false,
      shared_level = case when shared_level is not null then 'send_only' end
    where workspace_id = (select kontor_workspace()) and id = ${grantId}`.execute(tx)
}

/** Ends a grant on our side before the provider is told; its tokens stay until `forgetTokens`. */
export async function markRevoked(tx: Tx, grantId: string): Promise<void> {
  await sql`
    update oauth_grant set state = 'revoked', token_version = token_version + 1, refresh_lease = null,
      refresh_lease_until = null, updated_at = kontor_now()
    where workspace_id = (select kontor_workspace()) and id = ${grantId}`.execute(tx)
}

/** Forgets the tokens of a revoked grant. */
export async function forgetTokens(tx: Tx, grantId: string): Promise<void> {
  await sql`
    update oauth_grant set access_token = null, refresh_token = null, access_expires_at = null,
      updated_at = kontor_now()
    where workspace_id = (select kontor_workspace()) and id = ${grantId} and state = 'revoked'`.execute(tx)
}

/** Revoked grants whose tokens are still here: the process died between marking and forgetting. With a mailbox each. */
export async function unfinishedRevocations(
  tx: Tx,
  olderThanSeconds: number,
): Promise<readonly { readonly grantId: string; readonly mailboxId: string }[]> {
  const { rows } = await sql<{ grant_id: string; mailbox_id: string }>`
    select distinct on (g.id) g.id as grant_id, m.id as mailbox_id
    from oauth_grant g join mailbox m on m.workspace_id = g.workspace_id and m.grant_id = g.id
    where g.workspace_id = (select kontor_workspace()) and g.state = 'revoked'
      and (g.access_token is not null or g.refresh_token is not null)
      and g.updated_at < kontor_now() - make_interval(secs => ${olderThanSeconds})
    order by g.id, m.id`.execute(tx)
  return rows.map((row) => ({ grantId: row.grant_id, mailboxId: row.mailbox_id }))
}

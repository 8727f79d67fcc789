/**
 * Statements on mailbox_schedule and, through definer functions, on the cap of an address.
 */
import { sql } from 'kysely'
import { lastly } from '../platform/db/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { StopCode } from './reasons.ts'
import type { Day, RunningDay, WindowSettings } from './window.ts'

export interface MailboxSettings {
  readonly workspaceId: string
  readonly mailboxId: string
  readonly addressKey: string
  readonly address: string
  readonly displayName: string
  readonly signature: string
  readonly signatureHtml: string
  readonly practice: boolean
  readonly level: 'full' | 'send_only'
  readonly provider: 'gmail' | 'microsoft' | 'imap'
  readonly health: string
  readonly dailyLimit: number
  readonly paceSeconds: number
  readonly reserve: number
  readonly window: WindowSettings
}

export async function mailboxSettings(tx: Tx, mailboxId: string): Promise<MailboxSettings | undefined> {
  return (await mailboxesSettings(tx, [mailboxId]))[0]
}

/** Nothing may be put into it. */
export async function isGone(tx: Tx, mailboxId: string): Promise<boolean> {
  const mailbox = await mailboxSettings(tx, mailboxId)
  return mailbox === undefined || mailbox.health === 'disconnected'
}

export async function mailboxesSettings(tx: Tx, mailboxIds: readonly string[]): Promise<MailboxSettings[]> {
  const { rows } = await sql<{
    workspace_id: string
    id: string
    address_key: string
    address: string
    display_name: string
    signature: string
    signature_html: string
    practice: boolean
    level: 'full' | 'send_only'
    provider: 'gmail' | 'microsoft' | 'imap'
    health: string
    daily_limit: number
    pace_seconds: number
    reserve: number
    zone: string
    window_from: Temporal.PlainTime
    window_to: Temporal.PlainTime
    window_days: number[]
  }>`select workspace_id, id, address_key, address, display_name, signature, signature_html, practice, level, provider, health, daily_limit,
      pace_seconds, reserve, zone, window_from, window_to, window_days
    from mailbox where id = any(${[...mailboxIds]}::uuid[]) order by connected_at, id`.execute(tx)
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    mailboxId: row.id,
    addressKey: row.address_key,
    address: row.address,
    displayName: row.display_name,
    signature: row.signature,
    signatureHtml: row.signature_html,
    practice: row.practice,
    level: row.level,
    provider: row.provider,
    health: row.health,
    dailyLimit: row.daily_limit,
    paceSeconds: row.pace_seconds,
    reserve: row.reserve,
    window: { zone: row.zone, from: row.window_from, to: row.window_to, days: row.window_days },
  }))
}

export interface Cap {
  readonly addressKey: string
  readonly zone: string
  readonly limit: number
  readonly dayStartsAt: Temporal.Instant
  readonly dayEndsAt: Temporal.Instant
  readonly runningDay: RunningDay
  readonly used: number
  readonly usedDirect: number
  /** Mails in any 24 hours, where the provider counts so. */
  readonly rollingLimit?: number
}

export async function capsOf(tx: Tx, addressKeys: readonly string[]): Promise<Map<string, Cap>> {
  const { rows } = await sql<{
    address_key: string
    zone: string
    owner_limit: number
    day_starts_at: Temporal.Instant
    day_ends_at: Temporal.Instant
    base_ends_at: Temporal.Instant
    used: number
    used_direct: number
    rolling_limit: number | null
  }>`select * from cap_of(${[...addressKeys]}::text[])`.execute(tx)
  return new Map(
    rows.map((row) => [
      row.address_key,
      {
        addressKey: row.address_key,
        zone: row.zone,
        limit: row.owner_limit,
        dayStartsAt: row.day_starts_at,
        dayEndsAt: row.day_ends_at,
        runningDay: { endsAt: row.day_ends_at, baseEndsAt: row.base_ends_at },
        used: row.used,
        usedDirect: row.used_direct,
        ...(row.rolling_limit === null ? {} : { rollingLimit: row.rolling_limit }),
      },
    ]),
  )
}

/** Makes the cap of an address or renews its limits; returns the zone whose days count. */
export async function joinCap(
  tx: Tx,
  mailbox: Pick<MailboxSettings, 'addressKey' | 'dailyLimit'> & {
    readonly window: Pick<WindowSettings, 'zone'>
  },
  day: Day,
  rollingLimit: number | undefined,
): Promise<string> {
  const { rows } = await sql<{
    zone: string
  }>`select cap_join(${mailbox.addressKey}, ${mailbox.window.zone}, ${mailbox.dailyLimit},
    ${rollingLimit ?? null}, ${day.startsAt}, ${day.endsAt}) as zone`.execute(tx)
  return rows[0]?.zone ?? mailbox.window.zone
}

/** Takes one of the day's allowance for a direct mail; gives when the day that was charged began. */
export async function chargeCap(
  tx: Tx,
  { id, addressKey, day }: { readonly id: string; readonly addressKey: string; readonly day: Day },
): Promise<Temporal.Instant | undefined> {
  const { rows } = await sql<{ charged_from: Temporal.Instant | null }>`
    select cap_charge(${addressKey}, ${id}, ${day.startsAt}, ${day.endsAt}) as charged_from`.execute(tx)
  return rows[0]?.charged_from ?? undefined
}

/** Gives a direct mail's part of the day back. */
export async function refundCap(
  tx: Tx,
  charge: { readonly id: string; readonly addressKey: string; readonly chargedFrom: Temporal.Instant },
): Promise<void> {
  await sql`select cap_refund(${charge.addressKey}, ${charge.id}, ${charge.chargedFrom}, true)`.execute(tx)
}

/** When an address with a rolling limit used it in the last 24 hours, oldest first, in milliseconds. */
export async function chargesOf(tx: Tx, addressKeys: readonly string[]): Promise<Map<string, number[]>> {
  const { rows } = await sql<{ address_key: string; at: number[] }>`
    select address_key, array_agg(ms_from(at) order by at) as at from charges_of(${[...addressKeys]}::text[]) group by address_key`.execute(
    tx,
  )
  return new Map(rows.map((row) => [row.address_key, row.at]))
}

export async function moveCapZone(
  tx: Tx,
  addressKey: string,
  zone: string,
  expectedEnd: Temporal.Instant,
  newEnd: Temporal.Instant,
): Promise<void> {
  await sql`select cap_move_zone(${addressKey}, ${zone}, ${expectedEnd}, ${newEnd})`.execute(tx)
}

/** Makes or renews the schedule; wakes the mailbox, whose gates are checked by the lease. */
export async function upsertSchedule(
  tx: Tx,
  mailbox: MailboxSettings,
  stopped: StopCode | undefined,
): Promise<void> {
  await sql`
    insert into mailbox_schedule (workspace_id, mailbox_id, address_key, stopped, next_at)
    values (${mailbox.workspaceId}, ${mailbox.mailboxId}, ${mailbox.addressKey}, ${stopped ?? null}, kontor_now())
    on conflict (workspace_id, mailbox_id) do update set stopped = excluded.stopped, next_at = excluded.next_at`.execute(
    tx,
  )
}

/**
 * The alarm rings now; pace, window, cap and throttle are the lease's to check. In id order, so that two never deadlock.
 * Gives those that were disconnected: nothing leaves there.
 */
export async function ringAlarms(
  tx: Tx,
  mailboxIds: readonly string[],
): Promise<readonly { readonly workspaceId: string; readonly mailboxId: string }[]> {
  const { rows } = await sql<{ gone: { workspaceId: string; mailboxId: string }[] | null }>`
    with locked as materialized (select workspace_id, mailbox_id, stopped from mailbox_schedule
        where mailbox_id = any(${[...mailboxIds]}::uuid[]) order by mailbox_id for no key update),
      woken as (update mailbox_schedule set next_at = least(coalesce(next_at, 'infinity'), kontor_now())
        where mailbox_id in (select mailbox_id from locked where stopped is null))
    select pg_notify('kontor_outbox', ''), (select json_agg(json_build_object('workspaceId', workspace_id, 'mailboxId', mailbox_id))
      from locked where stopped = 'disconnected') as gone`.execute(tx)
  return rows[0]?.gone ?? []
}

/** Wakes every mailbox of an address, in all workspaces: what they share has changed. */
export async function wakeAddress(tx: Tx, addressKey: string): Promise<void> {
  await sql`select cap_wake(${addressKey})`.execute(tx)
  await sql`select pg_notify('kontor_outbox', '')`.execute(tx)
}

export type ThrottledWhy = 'provider' | 'trouble' | 'our_config' | 'returned'

/** Nothing leaves before: the provider's wish, or ours after it failed. The longest wish counts. */
export async function throttle(
  tx: Tx,
  mailboxId: string,
  until: Temporal.Instant,
  why: ThrottledWhy = 'provider',
): Promise<void> {
  await sql`update mailbox_schedule set throttled_until = ${until}, throttled_why = ${why}, next_at = least(next_at, ${until})
    where mailbox_id = ${mailboxId} and throttled_until < ${until}`.execute(tx)
}

/** Counts transient refusals in a row and waits longer each time. */
export async function noteTrouble(tx: Tx, mailboxId: string): Promise<void> {
  await sql`update mailbox_schedule set troubles = troubles + 1,
      throttled_why = case when throttled_until < kontor_now() + pause then 'trouble' else throttled_why end,
      throttled_until = greatest(throttled_until, kontor_now() + pause), next_at = kontor_now()
    from (select least(interval '15 minutes', interval '5 seconds' * power(2, least(troubles, 10))) as pause
      from mailbox_schedule where mailbox_id = ${mailboxId}) p
    where mailbox_id = ${mailboxId}`.execute(tx)
}

/**
 * Mails arrived: refusals count from nothing again, and the next may leave. In id order, so that two never deadlock. Ends
 * the transaction.
 */
export async function noteSuccess(tx: Tx, mailboxIds: readonly string[]): Promise<void> {
  await lastly(
    tx,
    sql`with noted as (update mailbox_schedule set troubles = 0,
      next_at = case when stopped is null then least(coalesce(next_at, 'infinity'), (select kontor_now())) else next_at end
      where mailbox_id in (select mailbox_id from mailbox_schedule where mailbox_id = any(${[...mailboxIds]}::uuid[])
        order by mailbox_id for no key update))
    select pg_notify('kontor_outbox', '')`,
  )
}

export interface Schedule {
  readonly mailboxId: string
  readonly stopped?: StopCode
  readonly throttledUntil?: Temporal.Instant
  readonly throttledWhy: ThrottledWhy
  readonly pacedUntil?: Temporal.Instant
}

export async function schedulesOf(tx: Tx, mailboxIds: readonly string[]): Promise<Map<string, Schedule>> {
  const { rows } = await sql<{
    mailbox_id: string
    stopped: StopCode | null
    throttled_until: Temporal.Instant | null
    throttled_why: ThrottledWhy
    paced_until: Temporal.Instant | null
  }>`select mailbox_id, stopped, nullif(throttled_until, '-infinity') as throttled_until, throttled_why, nullif(paced_until, '-infinity') as paced_until
    from mailbox_schedule where mailbox_id = any(${[...mailboxIds]}::uuid[])`.execute(tx)
  return new Map(
    rows.map((row) => [
      row.mailbox_id,
      {
        mailboxId: row.mailbox_id,
        throttledWhy: row.throttled_why,
        ...(row.stopped === null ? {} : { stopped: row.stopped }),
        ...(row.throttled_until === null ? {} : { throttledUntil: row.throttled_until }),
        ...(row.paced_until === null ? {} : { pacedUntil: row.paced_until }),
      },
    ]),
  )
}

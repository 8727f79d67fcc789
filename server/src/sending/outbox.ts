/**
 * The outbox as people see it: each waiting mail with its time and reason, the capacity of each mailbox, the plan.
 */
import { databaseNow } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { forecast } from './forecast.ts'
import type { Expected, MailboxState } from './forecast.ts'
import { sendingPlan } from './plan.ts'
import type { SendingPlan } from './plan.ts'
import type { OutboxEntry, OutboxFilter } from './store-outbox.ts'
import {
  chargedHere,
  connectedMailboxIds,
  entriesById,
  matchingIds,
  openCounts,
  waitingMails,
} from './store-outbox.ts'
import type { Cap, MailboxSettings, Schedule } from './store-schedule.ts'
import { capsOf, mailboxesSettings, schedulesOf } from './store-schedule.ts'
import type { MailKind } from './submission.ts'

export interface Capacity {
  readonly limit: number
  readonly used: number
  readonly usedElsewhere: number
  readonly reserved: number
  readonly waiting: number
}

interface Gates {
  readonly settings: MailboxSettings
  readonly cap: Cap
  readonly schedule: Schedule | undefined
  readonly now: Temporal.Instant
}

async function gatesOf(tx: Tx, mailboxIds: readonly string[]): Promise<Gates[]> {
  const now = await databaseNow(tx)
  const settings = await mailboxesSettings(tx, mailboxIds)
  const caps = await capsOf(
    tx,
    settings.map((mailbox) => mailbox.addressKey),
  )
  const schedules = await schedulesOf(tx, mailboxIds)
  return settings.flatMap((mailbox) => {
    const cap = caps.get(mailbox.addressKey)
    return cap === undefined
      ? []
      : [{ settings: mailbox, cap, schedule: schedules.get(mailbox.mailboxId), now }]
  })
}

function stateOf({ settings, cap, schedule, now }: Gates): MailboxState {
  const over = Temporal.Instant.compare(cap.dayEndsAt, now) <= 0
  return {
    now: now.epochMilliseconds,
    ...(schedule?.stopped === undefined ? {} : { stopped: schedule.stopped }),
    ...(schedule?.throttledUntil === undefined
      ? {}
      : { throttledUntil: schedule.throttledUntil.epochMilliseconds }),
    ...(schedule?.pacedUntil === undefined ? {} : { pacedUntil: schedule.pacedUntil.epochMilliseconds }),
    paceSeconds: settings.paceSeconds,
    reserve: settings.reserve,
    limit: cap.limit,
    used: over ? 0 : cap.used,
    usedDirect: over ? 0 : cap.usedDirect,
    capZone: cap.zone,
    dayEndsAt: cap.dayEndsAt.epochMilliseconds,
    window: settings.window,
    address: settings.address,
  }
}

/** Expected time and reason of every waiting mail, or of those of one mailbox. */
export async function forecastAll(tx: Tx, mailboxId?: string): Promise<Map<string, Expected>> {
  const waiting = await waitingMails(tx, mailboxId)
  const expected = new Map<string, Expected>()
  for (const gates of await gatesOf(tx, [...waiting.keys()])) {
    for (const mail of forecast(stateOf(gates), waiting.get(gates.settings.mailboxId) ?? []))
      expected.set(mail.id, mail)
  }
  return expected
}

export interface WaitingRow {
  readonly entry: OutboxEntry
  readonly expected: Expected
}

/** One page of the timetable, in the order of leaving; mails that are being sent come first. */
export async function waitingPage(
  tx: Tx,
  filter: Omit<OutboxFilter, 'states'>,
  { after, limit }: { after: { at: number; id: string } | undefined; limit: number },
): Promise<{ rows: WaitingRow[]; more: boolean }> {
  const wanted = await matchingIds(tx, { ...filter, states: ['queued', 'leased'] })
  const expected = await forecastAll(tx, filter.mailboxId)
  const ordered = [...wanted]
    .map((id): Expected & { at: number } => {
      const known = expected.get(id) ?? { id, at: 0, position: 0, reason: { code: 'sending' } }
      return { ...known, at: known.at ?? Infinity }
    })
    .toSorted((a, b) => a.at - b.at || a.position - b.position || (a.id < b.id ? -1 : 1))
  const from =
    after === undefined
      ? 0
      : ordered.findIndex((row) => row.at > after.at || (row.at === after.at && row.id === after.id))
  const start =
    after === undefined ? 0 : from < 0 ? ordered.length : ordered[from]?.id === after.id ? from + 1 : from
  const page = ordered.slice(start, start + limit)
  const entries = await entriesById(
    tx,
    page.map((row) => row.id),
  )
  return {
    rows: page.flatMap((row) => {
      const entry = entries.get(row.id)
      return entry === undefined ? [] : [{ entry, expected: row }]
    }),
    more: start + limit < ordered.length,
  }
}

/** Used, reserved and waiting of each mailbox today. */
export async function capacities(tx: Tx, mailboxIds: readonly string[]): Promise<Map<string, Capacity>> {
  const counts = await openCounts(tx)
  const found = new Map<string, Capacity>()
  for (const gates of await gatesOf(tx, mailboxIds)) {
    const { settings, cap } = gates
    const state = stateOf(gates)
    const here = await chargedHere(tx, settings.mailboxId, cap.dayStartsAt)
    const waiting = counts.filter((row) => row.mailboxId === settings.mailboxId && row.state === 'queued')
    found.set(settings.mailboxId, {
      limit: cap.limit,
      used: state.used,
      usedElsewhere: Math.max(0, state.used - here),
      reserved: Math.min(
        Math.max(0, settings.reserve - state.usedDirect),
        Math.max(0, cap.limit - state.used),
      ),
      waiting: waiting.reduce((sum, row) => sum + row.count, 0),
    })
  }
  return found
}

export interface Summary {
  readonly waiting: number
  readonly held: number
  readonly unconfirmed: number
  readonly mailboxes: readonly {
    readonly mailboxId: string
    readonly address: string
    readonly capacity: Capacity
    readonly lastAt?: number
  }[]
}

export async function summary(tx: Tx): Promise<Summary> {
  const ids = await connectedMailboxIds(tx)
  const counts = await openCounts(tx)
  const held = await capacities(tx, ids)
  const waiting = await waitingMails(tx)
  const mailboxes = (await gatesOf(tx, ids)).flatMap((gates) => {
    const capacity = held.get(gates.settings.mailboxId)
    if (capacity === undefined) return []
    const lastAt = forecast(stateOf(gates), waiting.get(gates.settings.mailboxId) ?? []).at(-1)?.at
    const { mailboxId, address } = gates.settings
    return [{ mailboxId, address, capacity, ...(lastAt === undefined ? {} : { lastAt }) }]
  })
  function total(...states: string[]): number {
    return counts.filter((row) => states.includes(row.state)).reduce((sum, row) => sum + row.count, 0)
  }
  return {
    waiting: total('queued', 'leased'),
    held: total('held'),
    unconfirmed: total('in_doubt'),
    mailboxes,
  }
}

/** What happens if these mails are queued now. Undefined for a mailbox that is not connected. */
export async function planFor(
  tx: Tx,
  mailboxId: string,
  wanted: readonly { readonly kind: MailKind; readonly count: number }[],
): Promise<SendingPlan | undefined> {
  const gates = (await gatesOf(tx, [mailboxId]))[0]
  if (gates === undefined) return undefined
  const waiting = (await waitingMails(tx, mailboxId)).get(mailboxId) ?? []
  return sendingPlan(stateOf(gates), waiting, wanted)
}

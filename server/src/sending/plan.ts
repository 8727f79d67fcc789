/**
 * The sending plan: what happens day by day if mails are queued now, or come from another mailbox, and whom it delays.
 * Pure: two forecasts, one with and one without those mails.
 */
import { forecast } from './forecast.ts'
import type { Outlook } from './forecast.ts'
import { Gates } from './gates.ts'
import { mailKinds, rankOf } from './submission.ts'
import type { MailKind } from './submission.ts'
import { countOf, idAt } from './waiting-line.ts'
import type { Special, Waiting } from './waiting-line.ts'
import { dayOf, startOf } from './window.ts'

export interface PlanDay {
  readonly date: string
  readonly leaving: number
  readonly alreadyWaiting: number
  /** Of the day's capacity, used before now. */
  readonly used: number
  readonly capacity: number
}

export interface SendingPlan {
  readonly days: readonly PlanDay[]
  readonly firstAt?: Temporal.Instant
  readonly lastAt?: Temporal.Instant
  readonly delays: readonly { readonly kind: MailKind; readonly count: number; readonly days: number }[]
}

export interface PlannedMails {
  readonly kind: MailKind
  readonly count: number
  /** The answer is promised for this day: from its beginning they go before all ranks but direct. */
  readonly promisedFor?: Temporal.PlainDate | undefined
}

/** New mails take their place behind those of their rank that wait already. */
export function sendingPlan(outlook: Outlook, wanted: readonly PlannedMails[]): SendingPlan {
  const then = withNew(outlook.waiting, wanted, outlook.facts.window.zone)
  return planned(outlook, then, (id) => id.startsWith(newMark))
}

/** These mails come from another mailbox, each to its place in what waits then. */
export function movingPlan(outlook: Outlook, coming: Waiting, then: Waiting): SendingPlan {
  const ids = new Set(Array.from({ length: countOf(coming) }, (_, place) => idAt(coming, place)))
  return planned(outlook, then, (id) => ids.has(id))
}

function planned(outlook: Outlook, then: Waiting, comes: (id: string) => boolean): SendingPlan {
  const { facts, waiting } = outlook
  const before = new Map<string, number | undefined>()
  for (const mail of forecast(outlook)) before.set(mail.id, mail.at)
  const kinds = kindsOf(waiting)
  const dateOf = calendar(facts.capZone)
  const today = dateOf(facts.now)
  const used = new Gates(facts).used.all
  const days = new Map<string, { leaving: number; alreadyWaiting: number }>()
  const delayed = new Map<MailKind, { count: number; days: number }>()
  let [first, last]: [number | undefined, number | undefined] = [undefined, undefined]
  for (const mail of forecast({ ...outlook, waiting: then })) {
    if (mail.at === undefined) continue
    const date = dateOf(mail.at)
    const day = days.get(date) ?? { leaving: 0, alreadyWaiting: 0 }
    days.set(date, day)
    if (comes(mail.id)) {
      day.leaving += 1
      first ??= mail.at
      last = mail.at
    } else {
      day.alreadyWaiting += 1
      const was = before.get(mail.id)
      if (was !== undefined && dateOf(was) !== date)
        noteDelay(delayed, kinds.get(mail.id) ?? 'direct', dateOf(was), date)
    }
  }
  return {
    days: [...days].map(([date, day]) => ({
      date,
      ...day,
      used: date === today ? used : 0,
      capacity: facts.limit,
    })),
    ...(first === undefined ? {} : { firstAt: Temporal.Instant.fromEpochMilliseconds(first) }),
    ...(last === undefined ? {} : { lastAt: Temporal.Instant.fromEpochMilliseconds(last) }),
    delays: [...delayed].map(([kind, delay]) => ({ kind, ...delay })),
  }
}

const newMark = '~'

function withNew(waiting: Waiting, wanted: readonly PlannedMails[], zone: string): Waiting {
  let ids = ''
  let from = 0
  const promised: Special[] = []
  const ranks = waiting.ranks.map((size, rank) => {
    const known = waiting.ids.slice(from * 36, (from + size) * 36)
    from += size
    const added: string[] = []
    for (const { count, promisedFor } of wanted.filter((mails) => rankOf(mails.kind) === rank)) {
      const liftAt = promisedFor && startOf(promisedFor, zone).epochMilliseconds
      for (const end = added.length + count; added.length < end; ) {
        const id = `${newMark}${rank}${String(added.length).padStart(34, '0')}`
        added.push(id)
        if (liftAt !== undefined) promised.push({ id, liftAt })
      }
    }
    ids += known + added.join('')
    return size + added.length
  })
  return { ids, ranks, special: [...waiting.special, ...promised] }
}

function kindsOf(waiting: Waiting): Map<string, MailKind> {
  const kinds = new Map<string, MailKind>()
  let place = 0
  for (const [rank, size] of waiting.ranks.entries())
    for (const end = place + size; place < end; place++)
      kinds.set(idAt(waiting, place), mailKinds[rank] ?? 'direct')
  return kinds
}

function noteDelay(
  delayed: Map<MailKind, { count: number; days: number }>,
  kind: MailKind,
  was: string,
  is: string,
): void {
  const days = Temporal.PlainDate.from(was).until(is, { largestUnit: 'days' }).days
  if (days <= 0) return
  const known = delayed.get(kind) ?? { count: 0, days: 0 }
  delayed.set(kind, { count: known.count + 1, days: Math.max(known.days, days) })
}

/** The date of an instant in a zone; asked in the order of time, so that one day is computed once. */
function calendar(zone: string): (at: number) => string {
  let [date, from, to] = ['', 0, 0]
  return (at) => {
    if (at >= from && at < to) return date
    const day = dayOf(zone, Temporal.Instant.fromEpochMilliseconds(at))
    date = day.date.toString()
    from = day.startsAt.epochMilliseconds
    to = day.endsAt.epochMilliseconds
    return date
  }
}

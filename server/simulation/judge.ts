/**
 * The verdict on a simulation: what the provider's own log says, beside what was asked for. Of the product's tables only
 * this counts: whether a mail that the log does not hold has come to an end that somebody asked for.
 */
import { localTime } from './calendar.ts'
import { greedy, hurried } from './judge-allowance.ts'
import type { Taken } from './provider.ts'
import type { Absence, Mail, Moment, Promised, Record, Sender, Since } from './record.ts'
import { limitAt, valueAt, zonesOf } from './record.ts'

export interface Verdict {
  readonly enqueued: number
  readonly accepted: number
  readonly over_cap_days: number
  readonly rolling_guard_breaks: number
  readonly rank_inversions: number
  readonly duplicates: number
  readonly lost: number
  readonly in_doubt_left: number
}

export interface Evidence {
  readonly record: Record
  readonly log: readonly Taken[]
  /** Markers that the provider refused for good. */
  readonly refused: ReadonlySet<string>
  /** How each mail stands in the product in the end, by id. */
  readonly states: ReadonlyMap<string, string>
}

export interface Judgement {
  readonly verdict: Verdict
  /** One line for each breach, for whoever has to find the reason. */
  readonly breaches: readonly string[]
}

export function judge(evidence: Evidence): Judgement {
  const { record, log, states } = evidence
  const first = firstOf(log)
  const addresses = [...new Set(record.senders.map((one) => one.address))]
  const over = addresses.flatMap((address) => overCapDays(record, address, log))
  const rolling = addresses.flatMap((address) => rollingBreaks(address, log))
  const overtaken = inversions(record, [...first.values()])
  const twice = log.filter((one) => first.get(one.marker) !== one)
  const lost = record.mails.filter((mail) => isLost(mail, evidence, first))
  return {
    verdict: {
      enqueued: record.mails.length,
      accepted: first.size,
      over_cap_days: over.length,
      rolling_guard_breaks: rolling.length,
      rank_inversions: overtaken.length,
      duplicates: twice.length,
      lost: lost.length,
      in_doubt_left: [...states.values()].filter((state) => state === 'in_doubt').length,
    },
    breaches: [
      ...over,
      ...rolling,
      ...overtaken.map(({ higher, lower }) => `${higher} was overtaken by ${lower}`),
      ...twice.map(({ marker, taken }) => `${marker} arrived again at ${show(taken.at)}`),
      ...lost.map(({ marker, id }) => `${marker} is lost: ${states.get(id)}`),
      ...leftAgainstWill(evidence),
      ...hurried(record, log),
      ...greedy(record, log),
    ],
  }
}

/** Mails that left although they had been taken back, or might not leave when they were claimed. */
function leftAgainstWill({ record, log }: Evidence): string[] {
  return log.flatMap((one) => {
    const why = whyAgainstWill(record, one)
    return why === undefined ? [] : [`${one.marker} left ${why}`]
  })
}

function whyAgainstWill(record: Record, { marker, mailboxId, claimed }: Taken): string | undefined {
  const mail = record.mail(marker)
  if (mail === undefined) return 'and nobody had asked for it'
  if (mail.cancelled !== undefined) return 'although it had been cancelled'
  if (mail.untrue !== undefined && mail.untrue.seq < claimed.seq) return 'although it was no longer true'
  if (valueAt(mail.mailbox, claimed) !== mailboxId) return 'from another mailbox'
  if ((valueAt(mail.notBefore, claimed) ?? 0) > claimed.at) return 'before its time'
  const absence = mail.absences.find((absent) => isAbsent(absent, claimed))
  if (absence !== undefined) return `while it was ${absence.why}`
  const exempt = mail.rank === 0 || valueAt(mail.exempt, claimed) === true
  return !exempt && isNight(record.sender(mailboxId), claimed) ? 'outside the sending times' : undefined
}

function isAbsent({ from, to }: Absence, { seq }: Moment): boolean {
  return from.seq < seq && seq < (to?.seq ?? Infinity)
}

function firstOf(log: readonly Taken[]): ReadonlyMap<string, Taken> {
  const first = new Map<string, Taken>()
  for (const one of log) if (!first.has(one.marker)) first.set(one.marker, one)
  return first
}

/**
 * Days of an address on which more was taken than its limit allowed at the time: for each mail the day in the zone that
 * governed when it was claimed, with all that was taken on that day. A mail that the provider took after the sender had
 * given up counts on the day of the attempt.
 */
function overCapDays(record: Record, address: string, log: readonly Taken[]): string[] {
  const senders = record.senders.filter((one) => one.address === address)
  const taken = log.filter((one) => one.address === address)
  const governed = (one: Taken): string => valueAt(zonesOf(senders), one.claimed) ?? 'UTC'
  return [...new Set(taken.map(governed))].flatMap((zone) => {
    const days = new Map<string, Taken[]>()
    for (const one of taken) {
      const { date } = localTime(zone, one.late ? one.called.at : one.taken.at)
      days.set(date, [...(days.get(date) ?? []), one])
    }
    return [...days].flatMap(([date, day]) => {
      const first = day.find((one, place) => place + 1 > limitAt(senders, one.claimed))
      if (first === undefined || !day.some((one) => governed(one) === zone)) return []
      return `${address} ${date} ${zone}: ${day.length} arrived, ${first.marker} at ${show(first.taken.at)} was above ${limitAt(senders, first.claimed)}`
    })
  })
}

const consumer = /@(gmail|googlemail)\.com$/
const consumerLimit = 450
const dayMs = 86_400_000

/** Mails with which a consumer address of Gmail had sent more than 450 in 24 hours. */
function rollingBreaks(address: string, log: readonly Taken[]): string[] {
  if (!consumer.test(address)) return []
  const times = log.filter((one) => one.address === address).map((one) => one.taken.at)
  return times
    .filter((at, i) => at - (times[i - consumerLimit] ?? -Infinity) < dayMs)
    .map((at) => `${address} sent more than ${consumerLimit} in the 24 hours before ${show(at)}`)
}

/**
 * Pairs of one mailbox that were both there before either was claimed, of which the one that goes first arrived later
 * although it was free to leave when the other was claimed. A pair per overtaking mail is enough.
 */
export function inversions(record: Record, taken: readonly Taken[]): { higher: string; lower: string }[] {
  const found: { higher: string; lower: string }[] = []
  for (const sender of record.senders) {
    const here = taken.filter((one) => one.mailboxId === sender.id)
    for (const one of here) {
      const lower = record.mail(one.marker)
      if (lower === undefined) continue
      const overtaken = here.find((other) => {
        const higher = record.mail(other.marker)
        return (
          higher !== undefined &&
          other.taken.seq > one.taken.seq &&
          goesBefore(higher, lower, sender, one.claimed) &&
          isFree(higher, sender.id, one.claimed)
        )
      })
      if (overtaken !== undefined) found.push({ higher: overtaken.marker, lower: lower.marker })
    }
  }
  return found
}

/** Free to leave from this mailbox at the moment, as far as the mail itself is concerned. */
function isFree(mail: Mail, mailboxId: string, moment: Moment): boolean {
  return (
    mail.enqueued.seq < moment.seq &&
    valueAt(mail.mailbox, moment) === mailboxId &&
    (valueAt(mail.notBefore, moment) ?? 0) <= moment.at &&
    !mail.absences.some((absent) => isAbsent(absent, moment))
  )
}

/**
 * The written order: direct mails; then what is promised for today, the earliest promise first; then by rank; of one
 * rank the one that was there first. At night only what leaves by way of exception, in the same order.
 */
function goesBefore(one: Mail, other: Mail, sender: Sender, moment: Moment): boolean {
  if (one.rank === 0 || other.rank === 0) return isBefore(one, other)
  if (isNight(sender, moment)) return valueAt(one.exempt, moment) === true && isBefore(one, other)
  const [promise, against] = [promiseOf(one, moment), promiseOf(other, moment)]
  if (promise === undefined && against === undefined) return isBefore(one, other)
  if (promise === undefined || against === undefined) return promise !== undefined
  // days of two zones are not compared
  if (promise.zone !== against.zone) return false
  return promise.date === against.date ? isBefore(one, other) : promise.date < against.date
}

/** By rank, and of one rank by the time of arrival, unless somebody gave one of them another place. */
function isBefore(one: Mail, other: Mail): boolean {
  if (one.rank !== other.rank) return one.rank < other.rank
  return one.replaced !== true && other.replaced !== true && one.enqueued.at < other.enqueued.at
}

/** The promise whose day has come. */
function promiseOf(mail: Mail, moment: Moment): Promised | undefined {
  const promised = valueAt(mail.promised, moment)
  return promised !== undefined && promised.date <= localTime(promised.zone, moment.at).date
    ? promised
    : undefined
}

const opens = 8 * 60
const closes = 20 * 60

function isNight(sender: Sender, moment: Moment): boolean {
  const { date, minuteOfDay } = localTime(zoneAt(sender.zone, moment), moment.at)
  const weekday = ((new Temporal.PlainDate(1970, 1, 1).until(date).days + 3) % 7) + 1
  return minuteOfDay < opens || minuteOfDay >= closes || !sender.weekdays.includes(weekday)
}

function zoneAt(zones: readonly Since<string>[], moment: Moment): string {
  return valueAt(zones, moment) ?? 'UTC'
}

/** Asked for and gone: without an end, or with one that the provider's log or the record denies. */
function isLost(mail: Mail, { refused, states }: Evidence, taken: ReadonlyMap<string, Taken>): boolean {
  const there = taken.has(mail.marker)
  switch (states.get(mail.id)) {
    case 'accepted':
      return !there
    case 'failed':
      return !refused.has(mail.marker) || there
    case 'cancelled':
      return mail.cancelled === undefined || there
    case 'suppressed':
      return mail.untrue === undefined || there
    case 'in_doubt':
      return !mail.doubtful
    case undefined:
    default:
      return true
  }
}

function show(at: number): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toString()
}

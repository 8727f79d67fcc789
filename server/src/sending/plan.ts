/**
 * The sending plan: what happens day by day if a number of mails of one kind is queued now, and whom it delays.
 * Pure: two forecasts, one with and one without the new mails.
 */
import { forecast } from './forecast.ts'
import type { MailboxState, WaitingMail } from './forecast.ts'
import { mailKinds, rankOf } from './submission.ts'
import type { MailKind } from './submission.ts'

export interface PlanDay {
  readonly date: string
  readonly leaving: number
  readonly alreadyWaiting: number
  readonly capacity: number
}

export interface SendingPlan {
  readonly days: readonly PlanDay[]
  readonly firstAt?: Temporal.Instant
  readonly lastAt?: Temporal.Instant
  readonly delays: readonly { readonly kind: MailKind; readonly count: number; readonly days: number }[]
}

/** New mails take their place behind those of their rank that wait already. */
export function sendingPlan(
  mailbox: MailboxState,
  waiting: readonly WaitingMail[],
  wanted: readonly { readonly kind: MailKind; readonly count: number }[],
): SendingPlan {
  const added: WaitingMail[] = wanted.flatMap(({ kind, count }) =>
    Array.from({ length: count }, (_, i) => ({
      id: `~${kind}-${String(i).padStart(8, '0')}`,
      rank: rankOf(kind),
      positionAt: mailbox.now,
      jitterMs: 500,
    })),
  )
  const before = new Map(forecast(mailbox, waiting).map((mail) => [mail.id, mail.at]))
  const after = forecast(mailbox, [...waiting, ...added])
  const zone = mailbox.capZone
  const days = new Map<string, { leaving: number; alreadyWaiting: number }>()
  const times: number[] = []
  const kinds = new Map(waiting.map((mail) => [mail.id, mail.rank]))
  const delayed = new Map<MailKind, { count: number; days: number }>()
  for (const mail of after) {
    if (mail.at === undefined) continue
    const date = dateOf(mail.at, zone)
    const day = days.get(date) ?? { leaving: 0, alreadyWaiting: 0 }
    const isNew = mail.id.startsWith('~')
    days.set(
      date,
      isNew ? { ...day, leaving: day.leaving + 1 } : { ...day, alreadyWaiting: day.alreadyWaiting + 1 },
    )
    if (isNew) times.push(mail.at)
    else
      noteDelay(delayed, mailKinds[kinds.get(mail.id) ?? 0] ?? 'direct', before.get(mail.id), mail.at, zone)
  }
  const first = times[0]
  const last = times.at(-1)
  return {
    days: [...days].map(([date, day]) => ({ date, ...day, capacity: mailbox.limit })),
    ...(first === undefined ? {} : { firstAt: Temporal.Instant.fromEpochMilliseconds(Math.floor(first)) }),
    ...(last === undefined ? {} : { lastAt: Temporal.Instant.fromEpochMilliseconds(Math.floor(last)) }),
    delays: [...delayed].map(([kind, delay]) => ({ kind, ...delay })),
  }
}

function noteDelay(
  delayed: Map<MailKind, { count: number; days: number }>,
  kind: MailKind,
  was: number | undefined,
  is: number,
  zone: string,
): void {
  if (was === undefined) return
  const days = Temporal.PlainDate.from(dateOf(was, zone)).until(dateOf(is, zone), {
    largestUnit: 'days',
  }).days
  if (days <= 0) return
  const known = delayed.get(kind) ?? { count: 0, days: 0 }
  delayed.set(kind, { count: known.count + 1, days: Math.max(known.days, days) })
}

function dateOf(at: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(at))
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString()
}

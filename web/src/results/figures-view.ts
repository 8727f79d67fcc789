/** Figures in the form in which the page shows them. Pure. */
import type { MailboxDay, MailboxResult } from '@kontor/api/results'

export interface Span {
  readonly unit: 'minutes' | 'hours' | 'days'
  readonly count: number
}

/** A length of time in the one unit in which people would say it: 45 min, 7 h, 3 days. */
export function spoken(minutes: number): Span {
  if (minutes < 90) return { unit: 'minutes', count: Math.max(1, Math.round(minutes)) }
  const hours = minutes / 60
  if (hours < 36) return { unit: 'hours', count: Math.round(hours) }
  return { unit: 'days', count: Math.round(hours / 24) }
}

export interface Sum {
  readonly sent: number
  /** Undefined: a Send Only mailbox cannot know. */
  readonly replies: number | undefined
  readonly bounces: number | undefined
}

/** The whole span of one mailbox. */
export function sumOf({ days, level }: MailboxResult): Sum {
  const add = (figure: (day: MailboxDay) => number | undefined): number =>
    days.reduce((sum, day) => sum + (figure(day) ?? 0), 0)
  const blind = level === 'send_only'
  return {
    sent: add((day) => day.sent),
    replies: blind ? undefined : add((day) => day.replies),
    bounces: blind ? undefined : add((day) => day.bounces),
  }
}

/** The most that any of the mailboxes sent on one day; at least 1, so that it can divide. */
export function fullestDay(mailboxes: readonly MailboxResult[]): number {
  return Math.max(1, ...mailboxes.flatMap((mailbox) => mailbox.days.map((day) => day.sent)))
}

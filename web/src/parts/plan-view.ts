/**
 * A sending plan as the screen draws it: a bar per day, in shares of what the mailbox may send that day, and whether
 * the plan is long enough to be warned about. Decides numbers only; words and drawing are elsewhere.
 */
import type { Plan } from '@kontor/api/launches'
import type { MailboxPlan } from '@kontor/api/outbox'
import { instant } from '../client/clock.ts'

export interface DayBar {
  readonly date: string
  readonly leaving: number
  readonly others: number
  readonly used: number
  /** Shares of the day's capacity, from 0 to 1; together never more than 1. */
  readonly leavingShare: number
  readonly othersShare: number
  readonly usedShare: number
}

/** Plans longer than this many days are warned about (a forecast that far is seldom what somebody wants). */
export const longPlanDays = 7

/** A day beyond its capacity (lowered meanwhile) fills the bar and no more. */
export function dayBars(days: MailboxPlan['days']): DayBar[] {
  return days.map(({ date, leaving, alreadyWaiting, used, capacity }) => {
    const whole = Math.max(capacity, leaving + alreadyWaiting + used, 1)
    return {
      date,
      leaving,
      others: alreadyWaiting,
      used,
      leavingShare: leaving / whole,
      othersShare: alreadyWaiting / whole,
      usedShare: used / whole,
    }
  })
}

/** Calendar days from the first to the last leaving day, both counted; 0 when nothing leaves. */
export function planLength(days: MailboxPlan['days']): number {
  const leaving = days.filter((day) => day.leaving > 0)
  const [first, last] = [leaving[0], leaving.at(-1)]
  if (!first || !last) return 0
  return Math.round((instant(last.date) - instant(first.date)) / 86_400_000) + 1
}

/** The days worth a bar: those on which something of this plan leaves. */
export function leavingDays(days: MailboxPlan['days']): MailboxPlan['days'] {
  return days.filter((day) => day.leaving > 0)
}

/** Of the same mails planned from other mailboxes, those of which the last one leaves earlier; the earliest first. */
export function soonerElsewhere(
  plan: Pick<MailboxPlan, 'lastAt'>,
  others: readonly Pick<MailboxPlan, 'mailboxId' | 'lastAt'>[],
): readonly { readonly mailboxId: string; readonly lastAt: string }[] {
  const limit = plan.lastAt === undefined ? Infinity : instant(plan.lastAt)
  return others
    .flatMap(({ mailboxId, lastAt }) =>
      lastAt !== undefined && instant(lastAt) < limit ? [{ mailboxId, lastAt }] : [],
    )
    .toSorted((one, two) => instant(one.lastAt) - instant(two.lastAt))
}

const leftOutWords = [
  'member_unknown',
  'contact_deleted',
  'no_address',
  'declined',
  'withdrawn',
  'already_applied',
  'do_not_contact',
  'bounced',
  'complaint',
  'unsubscribed',
  'suppressed',
  'already_sent',
  'already_waiting',
  'practice_and_real',
  'missing_variable',
] as const

/** The word for why somebody is left out; a reason that this page does not know yet is `other`. */
export function leftOutWord(reason: string): (typeof leftOutWords)[number] | 'other' {
  return leftOutWords.find((known) => known === reason) ?? 'other'
}

export interface LeftOutGroup {
  readonly reason: string
  readonly word: ReturnType<typeof leftOutWord>
  readonly count: number
  readonly people: Plan['leftOut']
  /** How many are counted and not named. */
  readonly more: number
}

/** Those left out by reason, the most frequent first. */
export function leftOutGroups(plan: Pick<Plan, 'leftOut' | 'leftOutBy'>): LeftOutGroup[] {
  return Object.entries(plan.leftOutBy)
    .map(([reason, count]) => {
      const people = plan.leftOut.filter((person) => person.reason === reason)
      return { reason, word: leftOutWord(reason), count, people, more: count - people.length }
    })
    .toSorted((a, b) => b.count - a.count)
}

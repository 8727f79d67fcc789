/**
 * The figures of a workspace, assembled. Pure: what a Send Only mailbox cannot know is left out instead of counted as
 * nothing, and every day of the span is there, also one on which nothing happened.
 */

export interface CampaignFigures {
  readonly id: string
  readonly name: string
  readonly status: 'draft' | 'running' | 'paused' | 'closed'
  readonly counts: Readonly<Record<string, number>>
  readonly replied: number
  readonly bounced: number
  readonly minutesToReply?: number
  /** A mailbox with Full Access sent for this campaign, or will. */
  readonly readable: boolean
}

export interface MailboxSums {
  readonly id: string
  readonly address: string
  readonly level: 'full' | 'send_only'
  readonly connected: boolean
}

export interface DayFigure {
  readonly mailboxId: string
  /** Index of the day in the span, from 0. */
  readonly day: number
  readonly sent: number
  readonly replies: number
  readonly bounces: number
}

export type ResultFigures = Omit<CampaignFigures, 'readable' | 'replied' | 'bounced'> & {
  readonly replied?: number
  readonly bounced?: number
}

export interface MailboxFigures extends MailboxSums {
  readonly days: readonly {
    readonly date: string
    readonly sent: number
    readonly replies?: number
    readonly bounces?: number
  }[]
}

/** The `count` calendar days of the zone that end with the day of `now`, oldest first. */
export function daysUntil(zone: string, now: Temporal.Instant, count: number): readonly Temporal.PlainDate[] {
  const today = now.toZonedDateTimeISO(zone).toPlainDate()
  return Array.from({ length: count }, (_, i) => today.subtract({ days: count - 1 - i }))
}

/** The instants at which the days of a zone begin. */
export function beginnings(zone: string, days: readonly Temporal.PlainDate[]): readonly Temporal.Instant[] {
  return days.map((day) => day.toZonedDateTime(zone).toInstant())
}

/** A campaign as it may be shown. */
export function shownCampaign({ readable, replied, bounced, ...campaign }: CampaignFigures): ResultFigures {
  if (readable) return { ...campaign, replied, bounced }
  const { minutesToReply: _unknown, ...known } = campaign
  return known
}

/** A mailbox with every day of the span. */
export function shownMailbox(
  mailbox: MailboxSums,
  days: readonly Temporal.PlainDate[],
  figures: readonly DayFigure[],
): MailboxFigures {
  const own = figures.filter((figure) => figure.mailboxId === mailbox.id)
  return {
    ...mailbox,
    days: days.map((date, day) => {
      const found = own.find((figure) => figure.day === day)
      const sent = { date: date.toString(), sent: found?.sent ?? 0 }
      if (mailbox.level === 'send_only') return sent
      return { ...sent, replies: found?.replies ?? 0, bounces: found?.bounces ?? 0 }
    }),
  }
}

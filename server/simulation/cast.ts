/**
 * Who takes part in a simulation, by its seed: the days around a change of clocks, and mailboxes with zones, limits and
 * paces of their own; some addresses are connected in both workspaces, and from four mailboxes on the
 * first is a consumer address of Gmail, whose rolling guard takes hundreds of mails to reach.
 */
import { between, chanceOf, pick } from './chance.ts'
import type { SenderWish } from './people.ts'

export interface Cast {
  /** Milliseconds of the epoch; midnight UTC of the day before the change of clocks. */
  readonly start: number
  readonly senders: readonly SenderWish[]
}

/** Days on which clocks change, and where: by an hour at night, by half an hour, and at midnight itself. */
const changes = [
  { date: '2026-03-29', zones: ['Europe/Berlin', 'Europe/Lisbon'] },
  { date: '2026-10-25', zones: ['Europe/Berlin', 'Europe/Lisbon'] },
  { date: '2026-03-08', zones: ['America/New_York', 'America/Los_Angeles'] },
  { date: '2026-11-01', zones: ['America/New_York', 'America/St_Johns'] },
  { date: '2026-09-06', zones: ['America/Santiago', 'America/Santiago'] },
  { date: '2026-04-05', zones: ['Australia/Lord_Howe', 'America/Santiago'] },
  { date: '2026-04-24', zones: ['Africa/Cairo', 'Africa/Cairo'] },
] as const

export const steadyZones = [
  'UTC',
  'Asia/Kolkata',
  'Pacific/Kiritimati',
  'America/Bogota',
  'Asia/Kathmandu',
] as const

export function castOf(seed: string, mailboxes: number): Cast {
  const chance = chanceOf(seed, 'cast')
  const { date, zones } = pick(chance, changes)
  const senders: SenderWish[] = []
  const twice = mailboxes > 1 ? Math.max(1, Math.floor(mailboxes / 5)) : 0
  for (let i = 0; i < mailboxes - twice; i++) {
    const zone = chance() < 0.6 ? pick(chance, zones) : pick(chance, steadyZones)
    const pace = pick(chance, [0, 1, 3, 20])
    const consumer = mailboxes >= 4 && i % 12 === 0
    senders.push({
      address: consumer ? `s${i}@gmail.com` : `s${i}@brand.practice.example`,
      zone,
      pace: consumer ? 3 : pace,
      limit: consumer ? 300 : between(chance, 12, 40),
      reserve: consumer ? 20 : between(chance, 0, 5),
      level: i % 3 === 2 ? 'send_only' : 'full',
      ...(chance() < 0.2 ? { weekdays: [1, 2, 3, 4, 5] } : {}),
    })
  }
  // from the last on, so that the consumer address is shared only in larger worlds
  for (let i = 0; i < twice; i++) {
    const first = senders[mailboxes - twice - 1 - i]
    if (first === undefined) continue
    const zone = pick(chance, steadyZones)
    senders.push({
      ...first,
      workspace: 1,
      zone,
      limit: Math.min(300, (first.limit ?? 300) + between(chance, -4, 8)),
    })
  }
  const start = Temporal.PlainDate.from(date).subtract({ days: 1 }).toZonedDateTime('UTC').epochMilliseconds
  return { start, senders }
}

/**
 * Builders for tests of the forecast: one mailbox that sends from 08:00 to 20:00 UTC without a pause between its mails,
 * and mails with readable names.
 */
import type { Expected, Outlook } from '../sending/forecast.ts'
import { forecast } from '../sending/forecast.ts'
import type { GateFacts } from '../sending/gates.ts'
import type { Waiting } from '../sending/waiting-line.ts'

/** Milliseconds of the epoch. */
export function ms(instant: string): number {
  return Temporal.Instant.from(instant).epochMilliseconds
}

export interface MailWish {
  readonly name: string
  readonly rank: number
  readonly notBefore?: string
  readonly liftAt?: string
  readonly exempt?: boolean
}

/** `count` mails of a rank, named `invite-0`, `invite-1`, … in the order of their places. */
export function mails(count: number, rank: number, name: string, more: Partial<MailWish> = {}): MailWish[] {
  return Array.from({ length: count }, (_, i) => ({ name: `${name}-${i}`, rank, ...more }))
}

/** Mails as they wait: by rank, and within a rank in the order given. */
export function waitingOf(wishes: readonly MailWish[]): Waiting {
  const ordered = wishes.toSorted((a, b) => a.rank - b.rank)
  return {
    ids: ordered.map(({ name }) => idOf(name)).join(''),
    ranks: [0, 1, 2, 3, 4].map((rank) => wishes.filter((mail) => mail.rank === rank).length),
    special: ordered.flatMap(({ name, notBefore, liftAt, exempt }) =>
      notBefore === undefined && liftAt === undefined && exempt === undefined
        ? []
        : [
            {
              id: idOf(name),
              ...(notBefore === undefined ? {} : { notBefore: ms(notBefore) }),
              ...(liftAt === undefined ? {} : { liftAt: ms(liftAt) }),
              ...(exempt === undefined ? {} : { exempt }),
            },
          ],
    ),
  }
}

/** Identifiers are 36 characters. */
export function idOf(name: string): string {
  return name.padEnd(36, '.')
}

const monday: GateFacts = {
  now: ms('2026-01-05T09:00:00Z'),
  address: 'anna@brand.example',
  window: {
    zone: 'UTC',
    days: [1, 2, 3, 4, 5, 6, 7],
    from: Temporal.PlainTime.from('08:00'),
    to: Temporal.PlainTime.from('20:00'),
  },
  paceSeconds: 0,
  reserve: 0,
  capZone: 'UTC',
  limit: 300,
  dayEndsAt: ms('2026-01-06T00:00:00Z'),
  used: 0,
  usedDirect: 0,
}

/** Monday, 5 January 2026, 09:00 UTC; nothing used yet. */
export function outlook(
  { stopped, ...facts }: Partial<GateFacts> & Pick<Outlook, 'stopped'>,
  wishes: readonly MailWish[],
): Outlook {
  return { mailboxId: 'anna', facts: { ...monday, ...facts }, stopped, waiting: waitingOf(wishes) }
}

/** Times by name, in the order of leaving. */
export function timesOf(look: Outlook): (readonly [string, string | undefined])[] {
  return expectedOf(look).map(({ name, at }) => [name, at])
}

export function expectedOf(
  look: Outlook,
): { name: string; at: string | undefined; reason: Expected['reason'] }[] {
  return [...forecast(look)].map(({ id, at, reason }) => ({
    name: id.replace(/\.+$/, ''),
    at: at === undefined ? undefined : Temporal.Instant.fromEpochMilliseconds(at).toString(),
    reason,
  }))
}

/**
 * Forecasts against times that were worked out by hand, so that a fault which the forecast shares with the dispatcher
 * cannot agree with itself. The arithmetic stands above each case. What was foretold then happens: the provider's log
 * has to say the same.
 */
import { expect, test, vi } from 'vitest'
import type { MailKind } from '../src/sending/submission.ts'
import { forecastAll } from '../src/sending/outlook.ts'
import type { SenderWish, Wanted } from './people.ts'
import { People } from './people.ts'
import { testStand } from './stand.fixture.ts'
import { World } from './world.ts'

vi.setConfig({ testTimeout: 120_000 })
const stand = await testStand()

interface Case {
  readonly fact: string
  readonly now: string
  readonly sender: Partial<SenderWish>
  readonly queue: readonly Wanted[]
  /** `count kind minute`, in the order of leaving. */
  readonly leave: readonly string[]
  /** Compared with the forecast alone: hundreds of mails. */
  readonly foretoldOnly?: true
}

const [monday, wednesdayNoon] = [
  '2026-01-05T09:00:00Z',
  Temporal.Instant.from('2026-01-07T12:00:00Z').epochMilliseconds,
] as const

const cases: readonly Case[] = [
  // Monday 09:00 is inside 08:00–20:00: 30 at once. 65 − 30 = 35: 30 on Tuesday from 08:00, 35 − 30 = 5 on Wednesday.
  {
    fact: '65 mails at 30 a day take three days',
    now: monday,
    sender: { limit: 30 },
    queue: [mails('bulk', 65)],
    leave: ['30 bulk 2026-01-05T09:00', '30 bulk 2026-01-06T08:00', '5 bulk 2026-01-07T08:00'],
  },
  // 30 − 5 kept = 25 at once. Sending ends at 20:00, so the five are free at 18:00. 32 − 30 = 2 on Tuesday at 08:00.
  {
    fact: 'what is kept for direct mail is free two hours before sending ends',
    now: monday,
    sender: { limit: 30, reserve: 5 },
    queue: [mails('bulk', 32)],
    leave: ['25 bulk 2026-01-05T09:00', '5 bulk 2026-01-05T18:00', '2 bulk 2026-01-06T08:00'],
  },
  // Nine mails, three a day, in the order direct, invitation, approval, bulk, rejection: 1+2 | 2+1 | 1+2.
  {
    fact: 'queued the wrong way round, nine mails leave by rank',
    now: monday,
    sender: { limit: 3 },
    queue: [
      mails('rejection', 2),
      mails('bulk', 2),
      mails('approval', 2),
      mails('invitation', 2),
      mails('direct', 1),
    ],
    leave: [
      '1 direct 2026-01-05T09:00',
      '2 invitation 2026-01-05T09:00',
      '2 approval 2026-01-06T08:00',
      '1 bulk 2026-01-06T08:00',
      '1 bulk 2026-01-07T08:00',
      '2 rejection 2026-01-07T08:00',
    ],
  },
  // Gaps of 60 s and less than 1 s of jitter: after three gaps at least 180 s and less than 183 s have passed.
  {
    fact: 'with a gap of a minute one leaves each minute',
    now: monday,
    sender: { pace: 60 },
    queue: [mails('invitation', 4)],
    leave: [
      '1 invitation 2026-01-05T09:00',
      '1 invitation 2026-01-05T09:01',
      '1 invitation 2026-01-05T09:02',
      '1 invitation 2026-01-05T09:03',
    ],
  },
  // Saturday 21:00 in Berlin (CET, UTC+1) is after sending. In the night the clocks go to CEST (UTC+2): Sunday 08:00 is
  // 06:00 UTC, Monday 08:00 is 06:00 UTC.
  {
    fact: 'over the night in which spring takes an hour, sending in Berlin begins at 06:00 UTC',
    now: '2026-03-28T20:00:00Z',
    sender: { zone: 'Europe/Berlin', limit: 2 },
    queue: [mails('invitation', 3)],
    leave: ['2 invitation 2026-03-29T06:00', '1 invitation 2026-03-30T06:00'],
  },
  // Saturday 19:30 in New York (EDT, UTC−4) is 23:30 UTC, inside sending. Sunday 08:00 is EST (UTC−5): 13:00 UTC.
  {
    fact: 'over the night in which autumn gives an hour, sending in New York begins at 13:00 UTC',
    now: '2026-10-31T23:30:00Z',
    sender: { zone: 'America/New_York', limit: 2 },
    queue: [mails('bulk', 3)],
    leave: ['2 bulk 2026-10-31T23:30', '1 bulk 2026-11-01T13:00'],
  },
  // Sunday 25 October in Berlin: from 22:00 UTC on Saturday (UTC+2) to 23:00 UTC on Sunday (UTC+1), 25 hours. The next day
  // ends 24 hours later.
  {
    fact: 'on the day of 25 hours direct mail of the next day waits an hour longer',
    now: '2026-10-24T22:30:00Z',
    sender: { zone: 'Europe/Berlin', limit: 2 },
    queue: [mails('direct', 5)],
    leave: ['2 direct 2026-10-24T22:30', '2 direct 2026-10-25T23:00', '1 direct 2026-10-26T23:00'],
  },
  // Santiago, UTC−4: the day after Saturday 5 September would begin at 04:00 UTC; there the clocks jump from 24:00 to 01:00
  // (UTC−3), so it does begin at 04:00 UTC, and the day after it 23 hours later, at 03:00 UTC.
  {
    fact: 'where the clocks jump at midnight the day begins with the jump and has 23 hours',
    now: '2026-09-05T23:00:00Z',
    sender: { zone: 'America/Santiago', limit: 1 },
    queue: [mails('direct', 3)],
    leave: ['1 direct 2026-09-05T23:00', '1 direct 2026-09-06T04:00', '1 direct 2026-09-07T03:00'],
  },
  // Kathmandu is UTC+5:45: 08:00 is 02:15 UTC.
  {
    fact: 'in Kathmandu sending begins at 02:15 UTC',
    now: '2026-01-05T00:00:00Z',
    sender: { zone: 'Asia/Kathmandu' },
    queue: [mails('approval', 1)],
    leave: ['1 approval 2026-01-05T02:15'],
  },
  // Friday 19:59: one leaves; the next would at 20:00, when sending has ended. Monday 08:00, and a minute later the third.
  {
    fact: 'Monday to Friday: what Friday evening leaves over waits for Monday',
    now: '2026-01-09T19:59:00Z',
    sender: { weekdays: [1, 2, 3, 4, 5], pace: 60 },
    queue: [mails('bulk', 3)],
    leave: ['1 bulk 2026-01-09T19:59', '1 bulk 2026-01-12T08:00', '1 bulk 2026-01-12T08:01'],
  },
  // Two a day. Tuesday begins with the promised rejection and one invitation; Wednesday's two are invitations before noon,
  // when the scheduled mail is free; so that one leaves on Thursday.
  {
    fact: 'a promise goes first on its day, a scheduled mail takes its rank when its time has come',
    now: monday,
    sender: { limit: 2 },
    queue: [
      mails('invitation', 5),
      { kind: 'rejection', count: 1, promisedFor: '2026-01-06' },
      { kind: 'bulk', count: 1, notBefore: wednesdayNoon },
    ],
    leave: [
      '2 invitation 2026-01-05T09:00',
      '1 rejection 2026-01-06T08:00',
      '1 invitation 2026-01-06T08:00',
      '2 invitation 2026-01-07T08:00',
      '1 bulk 2026-01-08T08:00',
    ],
  },
  // 450 in any 24 hours, 300 a day. Monday 19:00: 300. Tuesday 08:00: 450 − 300 = 150. At 19:00 Monday's 300 are a day old;
  // of Tuesday's 300 there are 300 − 150 = 150 left. Wednesday 08:00: in the 24 hours before, 150 from Tuesday 19:00 count,
  // so that 450 − 150 = 300 may leave, and 700 − 600 = 100 do.
  {
    fact: 'a consumer address of Gmail waits until the mails of yesterday evening are a day old',
    now: '2026-01-05T19:00:00Z',
    sender: { address: 'anna@gmail.com' },
    queue: [mails('bulk', 700)],
    leave: [
      '300 bulk 2026-01-05T19:00',
      '150 bulk 2026-01-06T08:00',
      '150 bulk 2026-01-06T19:00',
      '100 bulk 2026-01-07T08:00',
    ],
    foretoldOnly: true,
  },
]

test.each(cases)('$fact', async ({ now, sender: wish, queue, leave, foretoldOnly }) => {
  await stand.clear()
  const start = Temporal.Instant.from(now).epochMilliseconds
  const world = await World.begin(stand, { seed: 'by hand', start })
  const people = new People(world)
  const sender = await people.connect({ address: 'anna@brand.practice.example', ...wish })
  for (const wanted of queue) await people.enqueue(sender, wanted)
  const expected = await world.workspace(0).inside((tx) => forecastAll(tx, sender.id))
  const told = [...expected.values()].map(({ id, at = 0 }) => ({ kind: world.record.mailById(id)?.kind, at }))
  expect(byMinute(told)).toEqual(leave)
  if (foretoldOnly === true) return
  await world.runTo(start + 10 * 86_400_000)
  const left = world.provider.log.map(({ marker, taken }) => ({
    kind: world.record.mail(marker)?.kind,
    at: taken.at,
  }))
  expect(byMinute(left)).toEqual(leave)
})

function mails(kind: MailKind, count: number): Wanted {
  return { kind, count }
}

function byMinute(list: readonly { readonly kind: MailKind | undefined; readonly at: number }[]): string[] {
  const lines: { what: string; count: number }[] = []
  for (const { kind, at } of list) {
    const what = `${kind} ${Temporal.Instant.fromEpochMilliseconds(at).toString().slice(0, 16)}`
    const last = lines.at(-1)
    if (last?.what === what) last.count += 1
    else lines.push({ what, count: 1 })
  }
  return lines.map(({ what, count }) => `${count} ${what}`)
}

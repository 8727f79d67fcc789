/** The judge on logs that were made by hand: what it counts, and what it excuses. */
import { expect, test } from 'vitest'
import type { Judgement } from './judge.ts'
import { judge } from './judge.ts'
import type { Taken } from './provider.ts'
import type { Mail, Moment, Sender, Since } from './record.ts'
import { Record } from './record.ts'

const monday = Temporal.Instant.from('2026-01-05T09:00:00Z').epochMilliseconds
const night = Temporal.Instant.from('2026-01-05T21:00:00Z').epochMilliseconds
const minute = 60_000
const beginning: Moment = { at: monday, seq: 1 }

function since<T>(value: T): Since<T>[] {
  return [{ from: beginning, value }]
}

function mail(marker: string, rank: number, more: Partial<Mail> = {}): Mail {
  return {
    marker,
    id: marker,
    kind: 'bulk',
    rank,
    workspace: 0,
    enqueued: { at: monday, seq: 2 },
    mailbox: since('anna'),
    notBefore: since(0),
    exempt: since(false),
    promised: since(undefined),
    absences: [],
    doubtful: false,
    ...more,
  }
}

/** Each mail a minute after the one before it, from number 10 on. */
function taken(markers: readonly string[], start = monday): Taken[] {
  return markers.map((marker, i) => {
    const moment = { at: start + i * minute, seq: 10 + i * 10 }
    return {
      marker,
      mailboxId: 'anna',
      address: 'anna@brand.example',
      claimed: moment,
      called: { ...moment, seq: moment.seq + 1 },
      taken: { ...moment, seq: moment.seq + 2 },
      late: false,
      inSentFrom: moment.at,
    }
  })
}

function judged(
  mails: readonly Mail[],
  log: readonly Taken[],
  limit = 300,
  state = 'accepted',
  more: Partial<Sender> = {},
): Judgement {
  const record = new Record()
  record.addSender({
    id: 'anna',
    workspace: 0,
    address: 'anna@brand.example',
    level: 'full',
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    connected: beginning,
    zone: since('UTC'),
    limit: since(limit),
    pace: 0,
    reserve: 0,
    ...more,
  })
  for (const one of mails) record.addMail(one)
  return judge({ record, log, refused: new Set(), states: new Map(mails.map((one) => [one.id, state])) })
}

const held = [{ why: 'held' as const, from: { at: monday, seq: 5 }, to: { at: monday, seq: 15 } }]

test.each<[string, Partial<Mail>, Partial<Mail>, number, number]>([
  ['a rejection that leaves before an invitation that was free', {}, {}, monday, 1],
  ['but not before one that was held then', { absences: held }, {}, monday, 0],
  [
    'nor before one that was queued after it was claimed',
    { enqueued: { at: monday, seq: 11 } },
    {},
    monday,
    0,
  ],
  ['nor before one whose time had not come', { notBefore: since(monday + minute) }, {}, monday, 0],
  ['nor at night by way of exception', {}, { exempt: since(true) }, night, 0],
  ['an exception is none by day', {}, { exempt: since(true) }, monday, 1],
  ['nor when it was promised for today', {}, { promised: since(promise('05')) }, monday, 0],
  ['a promise for tomorrow is none today', {}, { promised: since(promise('06')) }, monday, 1],
  [
    'nor when it was promised for an earlier day',
    { promised: since(promise('05')) },
    { promised: since(promise('04')) },
    monday,
    0,
  ],
  [
    'of two promises for one day the rank decides',
    { promised: since(promise('05')) },
    { promised: since(promise('05')) },
    monday,
    1,
  ],
])('an inversion: %s', (_fact, invitation, rejection, at, count) => {
  const mails = [mail('m-1', 1, invitation), mail('m-2', 4, rejection)]
  expect(judged(mails, taken(['m-2', 'm-1'], at)).verdict.rank_inversions).toBe(count)
})

test.each<[string, Partial<Mail>, Partial<Mail>, number, number]>([
  ['whatever its rank', {}, { promised: since(promise('05')) }, monday, 1],
  ['but not before its day', {}, { promised: since(promise('06')) }, monday, 0],
  [
    'and the earlier promise before the later one',
    { promised: since(promise('05')) },
    { promised: since(promise('04')) },
    monday,
    1,
  ],
  ['but never before a direct mail', { rank: 0 }, { promised: since(promise('05')) }, monday, 0],
  [
    'while at night the rank decides among exceptions',
    { exempt: since(true) },
    { exempt: since(true), promised: since(promise('05')) },
    night,
    0,
  ],
])('a promised rejection goes before an invitation, %s', (_fact, invitation, rejection, at, count) => {
  const mails = [mail('m-1', 1, invitation), mail('m-2', 4, rejection)]
  expect(judged(mails, taken(['m-1', 'm-2'], at)).verdict.rank_inversions).toBe(count)
})

test.each<[string, Partial<Mail>, number, string[]]>([
  ['at night', { rank: 1 }, night, ['m-1 left outside the sending times']],
  ['at night by way of exception', { rank: 1, exempt: since(true) }, night, []],
  ['at night as a direct mail', { rank: 0 }, night, []],
  ['before its time', { notBefore: since(monday + minute) }, monday, ['m-1 left before its time']],
  ['while it was held', { absences: held }, monday, ['m-1 left while it was held']],
  [
    'from a mailbox that it was moved away from',
    { mailbox: since('ben') },
    monday,
    ['m-1 left from another mailbox'],
  ],
])('a mail that left %s is told, or rightly not', (_fact, more, at, breaches) => {
  expect(judged([mail('m-1', 1, more)], taken(['m-1'], at)).breaches).toEqual(breaches)
})

test('a day above the limit counts once, and the third mail is named', () => {
  const mails = ['m-1', 'm-2', 'm-3'].map((marker) => mail(marker, 1))
  const { verdict, breaches } = judged(mails, taken(['m-1', 'm-2', 'm-3']), 2)
  expect([
    verdict.over_cap_days,
    breaches.length,
    breaches[0]?.includes('m-3 at 2026-01-05T09:02:00Z'),
  ]).toEqual([1, 1, true])
})

test('what arrived twice, what the log does not hold, and what left although it was cancelled are each told', () => {
  const cancelled = mail('m-3', 1, { cancelled: { at: monday, seq: 3 } })
  const mails = [mail('m-1', 1), mail('m-2', 1), cancelled]
  const { verdict, breaches } = judged(mails, taken(['m-1', 'm-1', 'm-3']))
  expect([verdict.duplicates, verdict.lost, breaches.length]).toEqual([1, 1, 3])
})

test('a mail that still waits in the end is lost, one in doubt without a reason too', () => {
  const mails = [mail('m-1', 1)]
  expect([
    judged(mails, [], 300, 'queued').verdict.lost,
    judged(mails, [], 300, 'in_doubt').verdict.lost,
  ]).toEqual([1, 1])
})

test.each<[string, Partial<Mail>, number]>([
  ['the one that was there first', {}, 1],
  ['unless it was given another place', { replaced: true }, 0],
  ['or both came at one time', { enqueued: { at: monday - minute, seq: 2 } }, 0],
])('of one rank %s goes first', (_fact, more, count) => {
  const earlier = { at: monday - minute, seq: 1 }
  const mails = [mail('m-1', 2, { enqueued: earlier }), mail('m-2', 2, more)]
  expect(judged(mails, taken(['m-2', 'm-1'])).verdict.rank_inversions).toBe(count)
})

test.each<[string, number, number, string[]]>([
  ['sooner than the pace allows', 61, 2, ['m-2 left 60000 ms after m-1, of 61 s']],
  ['at the pace', 60, 2, []],
  ['sooner, as a direct mail', 61, 0, []],
])('a mail that leaves %s', (_fact, pace, rank, breaches) => {
  const mails = [mail('m-1', 2), mail('m-2', rank, { enqueued: { at: monday, seq: 15 } })]
  expect(judged(mails, taken(['m-1', 'm-2']), 300, 'accepted', { pace }).breaches).toEqual(breaches)
})

const evening = Temporal.Instant.from('2026-01-05T18:00:00Z').epochMilliseconds
test.each<[string, number, number, number, string[]]>([
  [
    'that takes what is kept for direct mail',
    2,
    2,
    monday,
    ['m-2 left as number 2 of 3, of which 2 were kept for direct mail'],
  ],
  ['that leaves as much', 1, 2, monday, []],
  ['after direct mail that has used some of it', 2, 0, monday, []],
  ['when the reserve is released', 2, 2, evening, []],
])('a mail %s is told, or rightly not', (_fact, reserve, firstRank, at, breaches) => {
  const mails = [mail('m-1', firstRank), mail('m-2', 2)]
  expect(judged(mails, taken(['m-1', 'm-2'], at), 3, 'accepted', { reserve }).breaches).toEqual(breaches)
})

function promise(dayOfJanuary: string): { date: string; zone: string } {
  return { date: `2026-01-${dayOfJanuary}`, zone: 'UTC' }
}

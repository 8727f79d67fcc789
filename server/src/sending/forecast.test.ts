import { expect, test } from 'vitest'
import { forecast } from './forecast.ts'
import type { MailboxState, WaitingMail } from './forecast.ts'
import { sendingPlan } from './plan.ts'

/** Milliseconds of the epoch; the month counts from 1. */
function utc(year: number, month: number, day: number, hour = 0, minute = 0): number {
  return Temporal.PlainDateTime.from({ year, month, day, hour, minute }).toZonedDateTime('UTC')
    .epochMilliseconds
}

const monday9 = utc(2026, 1, 5, 9)
const mailbox: MailboxState = {
  now: monday9,
  paceSeconds: 3,
  reserve: 0,
  limit: 300,
  used: 0,
  usedDirect: 0,
  capZone: 'UTC',
  dayEndsAt: utc(2026, 1, 6),
  window: {
    zone: 'UTC',
    days: [1, 2, 3, 4, 5, 6, 7],
    from: Temporal.PlainTime.from('08:00'),
    to: Temporal.PlainTime.from('20:00'),
  },
  address: 'anna@brand.example',
}

function mails(count: number, rank: number, more: Partial<WaitingMail> = {}): WaitingMail[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `r${rank}-${String(i).padStart(4, '0')}`,
    rank,
    positionAt: monday9 - 1000 + i,
    jitterMs: 0,
    ...more,
  }))
}

function times(
  state: MailboxState,
  waiting: readonly WaitingMail[],
): (readonly [string, string | undefined])[] {
  return forecast(state, waiting).map((mail) => [
    mail.id,
    mail.at === undefined
      ? undefined
      : new Temporal.Instant(BigInt(Math.floor(mail.at)) * 1_000_000n).toString(),
  ])
}

test('three invitations leave three seconds apart, beginning now', () => {
  expect(times(mailbox, mails(3, 1))).toEqual([
    ['r1-0000', '2026-01-05T09:00:00Z'],
    ['r1-0001', '2026-01-05T09:00:03Z'],
    ['r1-0002', '2026-01-05T09:00:06Z'],
  ])
})

test('of 301 mails one waits for the next available day', () => {
  const found = times(mailbox, mails(301, 1))
  expect(found[299]).toEqual(['r1-0299', '2026-01-05T09:14:57Z'])
  expect(found[300]).toEqual(['r1-0300', '2026-01-06T08:00:00Z'])
})

test('the order is direct, invitation, approval, bulk, rejection, whatever was queued first', () => {
  const waiting = [4, 3, 2, 1, 0].flatMap((rank, i) => mails(1, rank, { positionAt: monday9 - 5000 + i }))
  expect(forecast(mailbox, waiting).map((mail) => mail.id)).toEqual([
    'r0-0000',
    'r1-0000',
    'r2-0000',
    'r3-0000',
    'r4-0000',
  ])
})

test('twenty of the day are kept for direct mail until two hours before the window closes', () => {
  const state = { ...mailbox, reserve: 20, paceSeconds: 0 }
  const found = times(state, mails(301, 1))
  expect(found[279]).toEqual(['r1-0279', '2026-01-05T09:00:00Z'])
  expect(found[280]).toEqual(['r1-0280', '2026-01-05T18:00:00Z'])
  expect(found[299]).toEqual(['r1-0299', '2026-01-05T18:00:00Z'])
  expect(found[300]).toEqual(['r1-0300', '2026-01-06T08:00:00Z'])
})

test('direct mail leaves at night, the others when the window opens', () => {
  const state = { ...mailbox, now: utc(2026, 1, 5, 22) }
  expect(times(state, [...mails(1, 0), ...mails(1, 1)])).toEqual([
    ['r0-0000', '2026-01-05T22:00:00Z'],
    ['r1-0000', '2026-01-06T08:00:00Z'],
  ])
})

test('a used-up day makes direct mail wait for midnight and the others for the window', () => {
  const state = { ...mailbox, used: 300 }
  expect(times(state, [...mails(1, 0), ...mails(1, 4)])).toEqual([
    ['r0-0000', '2026-01-06T00:00:00Z'],
    ['r4-0000', '2026-01-06T08:00:00Z'],
  ])
})

test('on the day the clocks go forward the window in Berlin opens at 06:00 UTC', () => {
  const state: MailboxState = {
    ...mailbox,
    now: utc(2026, 3, 28, 20),
    capZone: 'Europe/Berlin',
    dayEndsAt: utc(2026, 3, 28, 23),
    window: { ...mailbox.window, zone: 'Europe/Berlin' },
  }
  expect(times(state, mails(1, 1))).toEqual([['r1-0000', '2026-03-29T06:00:00Z']])
})

test('a throttled mailbox waits for the provider', () => {
  const until = utc(2026, 1, 5, 9, 30)
  const [first] = forecast({ ...mailbox, throttledUntil: until }, mails(1, 0))
  expect(first).toEqual({
    id: 'r0-0000',
    at: until,
    position: 1,
    reason: { code: 'throttled', values: { until: '2026-01-05T09:30:00Z' } },
  })
})

test('a mail with a time does not leave before it and takes its rank then', () => {
  const noon = utc(2026, 1, 5, 12)
  const found = times({ ...mailbox, paceSeconds: 3600 }, [
    ...mails(4, 2),
    ...mails(1, 1, { notBefore: noon - 1 }),
  ])
  expect(found).toEqual([
    ['r2-0000', '2026-01-05T09:00:00Z'],
    ['r2-0001', '2026-01-05T10:00:00Z'],
    ['r2-0002', '2026-01-05T11:00:00Z'],
    ['r1-0000', '2026-01-05T12:00:00Z'],
    ['r2-0003', '2026-01-05T13:00:00Z'],
  ])
})

test('a promised rejection goes to the front on its day', () => {
  const waiting = [...mails(2, 1), ...mails(1, 4, { liftAt: utc(2026, 1, 5) })]
  expect(forecast(mailbox, waiting).map((mail) => mail.id)).toEqual(['r4-0000', 'r1-0000', 'r1-0001'])
})

test('a paused mailbox gives no times and says why', () => {
  expect(forecast({ ...mailbox, stopped: 'paused' }, mails(1, 1))).toEqual([
    { id: 'r1-0000', position: 1, reason: { code: 'paused' } },
  ])
})

test('the plan of 1,200 invitations over 40 waiting rejections: four days, and the rejections four days later', () => {
  const plan = sendingPlan({ ...mailbox, paceSeconds: 0 }, mails(40, 4), [
    { kind: 'invitation', count: 1200 },
  ])
  expect(plan.days.map(({ date, leaving, alreadyWaiting }) => [date, leaving, alreadyWaiting])).toEqual([
    ['2026-01-05', 300, 0],
    ['2026-01-06', 300, 0],
    ['2026-01-07', 300, 0],
    ['2026-01-08', 300, 0],
    ['2026-01-09', 0, 40],
  ])
  expect(plan.delays).toEqual([{ kind: 'rejection', count: 40, days: 4 }])
})

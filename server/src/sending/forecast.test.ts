/** Forecasts against times that were worked out by hand. Unless a test says so, nothing pauses between two mails. */
import { expect, test } from 'vitest'
import { expectedOf, idOf, mails, ms, outlook, timesOf } from '../testing/outlook.ts'
import { forecast, together } from './forecast.ts'
import { jitterOf } from './pace.ts'
import { sendingPlan } from './plan.ts'

test('of 301 mails 300 leave today and one when the next day opens', () => {
  const times = timesOf(outlook({}, mails(301, 1, 'invite')))
  expect(times.filter(([, at]) => at === '2026-01-05T09:00:00Z').length).toBe(300)
  expect(times.at(-1)).toEqual(['invite-300', '2026-01-06T08:00:00Z'])
})

test('with a gap of three seconds each mail leaves three seconds and the jitter of the one before it later', () => {
  const names = ['a', 'b', 'c']
  expect(names.map((name) => jitterOf(idOf(name)))).toEqual([90, 289, 128])
  expect(
    timesOf(
      outlook(
        { paceSeconds: 3 },
        names.map((name) => ({ name, rank: 1 })),
      ),
    ),
  ).toEqual([
    ['a', '2026-01-05T09:00:00Z'],
    ['b', '2026-01-05T09:00:03.09Z'],
    ['c', '2026-01-05T09:00:06.379Z'],
  ])
})

test('the order is direct, invitation, approval, bulk, rejection', () => {
  const all = [4, 3, 2, 1, 0].map((rank) => ({ name: `rank-${rank}`, rank }))
  expect(timesOf(outlook({}, all)).map(([name]) => name)).toEqual([
    'rank-0',
    'rank-1',
    'rank-2',
    'rank-3',
    'rank-4',
  ])
})

test('twenty of the day are kept for direct mail until two hours before sending times end', () => {
  const times = timesOf(outlook({ reserve: 20 }, mails(301, 1, 'invite')))
  expect([279, 280, 299, 300].map((place) => times[place]?.[1])).toEqual([
    '2026-01-05T09:00:00Z',
    '2026-01-05T18:00:00Z',
    '2026-01-05T18:00:00Z',
    '2026-01-06T08:00:00Z',
  ])
})

test('what direct mail has used of the reserve is not kept twice: 290 used, 15 of them direct, 5 stay', () => {
  const times = timesOf(outlook({ reserve: 20, used: 290, usedDirect: 15 }, mails(6, 2, 'approve')))
  expect(times.map(([, at]) => at)).toEqual([
    ...Array.from({ length: 5 }, () => '2026-01-05T09:00:00Z'),
    '2026-01-05T18:00:00Z',
  ])
})

test('direct mail leaves at night, the others when sending times begin', () => {
  const night = outlook({ now: ms('2026-01-05T22:00:00Z') }, [
    ...mails(1, 0, 'letter'),
    ...mails(1, 1, 'invite'),
  ])
  expect(timesOf(night)).toEqual([
    ['letter-0', '2026-01-05T22:00:00Z'],
    ['invite-0', '2026-01-06T08:00:00Z'],
  ])
})

test('a used-up day makes direct mail wait for midnight and the others for the sending times', () => {
  const used = outlook({ used: 300 }, [...mails(1, 0, 'letter'), ...mails(1, 4, 'reject')])
  expect(timesOf(used)).toEqual([
    ['letter-0', '2026-01-06T00:00:00Z'],
    ['reject-0', '2026-01-06T08:00:00Z'],
  ])
})

test('Monday to Friday: what does not leave on Friday leaves on Monday', () => {
  const friday = outlook(
    {
      now: ms('2026-01-09T19:59:00Z'),
      dayEndsAt: ms('2026-01-10T00:00:00Z'),
      used: 299,
      window: { ...outlook({}, []).facts.window, days: [1, 2, 3, 4, 5] },
    },
    mails(2, 3, 'bulk'),
  )
  expect(timesOf(friday)).toEqual([
    ['bulk-0', '2026-01-09T19:59:00Z'],
    ['bulk-1', '2026-01-12T08:00:00Z'],
  ])
})

test('on the day of 23 hours the window in Berlin opens at 06:00 UTC and the day ends at 22:00 UTC', () => {
  const saturday = {
    now: ms('2026-03-28T20:00:00Z'),
    capZone: 'Europe/Berlin',
    dayEndsAt: ms('2026-03-28T23:00:00Z'),
    limit: 1,
    window: { ...outlook({}, []).facts.window, zone: 'Europe/Berlin' },
  }
  expect(timesOf(outlook(saturday, mails(2, 1, 'invite')))).toEqual([
    ['invite-0', '2026-03-29T06:00:00Z'],
    ['invite-1', '2026-03-30T06:00:00Z'],
  ])
  expect(timesOf(outlook(saturday, mails(3, 0, 'letter')))).toEqual([
    ['letter-0', '2026-03-28T20:00:00Z'],
    ['letter-1', '2026-03-28T23:00:00Z'],
    ['letter-2', '2026-03-29T22:00:00Z'],
  ])
})

test('on the day of 25 hours direct mail of the next day leaves after 25 hours', () => {
  const saturday = {
    now: ms('2026-10-24T21:00:00Z'),
    capZone: 'Europe/Berlin',
    dayEndsAt: ms('2026-10-24T22:00:00Z'),
    limit: 1,
    window: { ...outlook({}, []).facts.window, zone: 'Europe/Berlin' },
  }
  expect(timesOf(outlook(saturday, mails(3, 0, 'letter')))).toEqual([
    ['letter-0', '2026-10-24T21:00:00Z'],
    ['letter-1', '2026-10-24T22:00:00Z'],
    ['letter-2', '2026-10-25T23:00:00Z'],
  ])
})

test('of 450 in any 24 hours: 300 yesterday evening and 150 this morning leave none until yesterday evening is a day ago', () => {
  const evening = ms('2026-01-04T19:00:00Z')
  const morning = ms('2026-01-05T08:00:00Z')
  const look = outlook(
    {
      rollingLimit: 450,
      rolling: [...Array.from({ length: 300 }, () => evening), ...Array.from({ length: 150 }, () => morning)],
      used: 150,
    },
    [...mails(1, 0, 'letter'), ...mails(1, 1, 'invite')],
  )
  expect(timesOf(look)).toEqual([
    ['letter-0', '2026-01-05T19:00:00Z'],
    ['invite-0', '2026-01-05T19:00:00Z'],
  ])
  expect(expectedOf(look)[0]?.reason).toEqual({
    code: 'rolling',
    values: { limit: 450, address: 'anna@brand.example', from: '2026-01-05T19:00:00Z', position: 1 },
  })
})

test('a throttled mailbox waits for the provider', () => {
  const look = outlook({ throttledUntil: ms('2026-01-05T09:30:00Z') }, mails(1, 0, 'letter'))
  expect([...forecast(look)]).toEqual([
    {
      id: idOf('letter-0'),
      at: ms('2026-01-05T09:30:00Z'),
      position: 1,
      reason: { code: 'throttled', values: { until: '2026-01-05T09:30:00Z', position: 1 } },
    },
  ])
})

test('a mail with a time does not leave before it and takes its rank then', () => {
  const look = outlook({ limit: 3, used: 1 }, [
    { name: 'early', rank: 2 },
    { name: 'planned', rank: 1, notBefore: '2026-01-06T12:00:00Z' },
    { name: 'a', rank: 2 },
    { name: 'b', rank: 2 },
    { name: 'c', rank: 2 },
    { name: 'd', rank: 2 },
    { name: 'e', rank: 2 },
  ])
  expect(timesOf(look)).toEqual([
    ['early', '2026-01-05T09:00:00Z'],
    ['a', '2026-01-05T09:00:00Z'],
    ['b', '2026-01-06T08:00:00Z'],
    ['c', '2026-01-06T08:00:00Z'],
    ['d', '2026-01-06T08:00:00Z'],
    ['planned', '2026-01-07T08:00:00Z'],
    ['e', '2026-01-07T08:00:00Z'],
  ])
})

test('a mail whose time has come stands before those of its rank that were queued after it', () => {
  const look = outlook({ limit: 1 }, [
    { name: 'planned', rank: 3, notBefore: '2026-01-05T12:00:00Z' },
    { name: 'a', rank: 3 },
    { name: 'b', rank: 3 },
  ])
  expect(timesOf(look).map(([name]) => name)).toEqual(['a', 'planned', 'b'])
})

test('a rejection promised for Tuesday stands last on Monday and first on Tuesday', () => {
  const promised = { name: 'promised', rank: 4, liftAt: '2026-01-06T00:00:00Z' }
  const look = outlook({ limit: 2 }, [...mails(5, 1, 'invite'), promised, ...mails(1, 0, 'letter')])
  expect(timesOf(look).map(([name]) => name)).toEqual([
    'letter-0',
    'invite-0',
    'promised',
    'invite-1',
    'invite-2',
    'invite-3',
    'invite-4',
  ])
})

test('an exception leaves at night; the limit, the reserve and the order of the night are kept', () => {
  const look = outlook({ now: ms('2026-01-05T21:00:00Z'), used: 278, reserve: 20 }, [
    { name: 'invite', rank: 1 },
    ...mails(3, 3, 'urgent', { exempt: true }),
  ])
  expect(timesOf(look)).toEqual([
    ['urgent-0', '2026-01-05T21:00:00Z'],
    ['urgent-1', '2026-01-05T21:00:00Z'],
    ['urgent-2', '2026-01-06T00:00:00Z'],
    ['invite', '2026-01-06T08:00:00Z'],
  ])
})

test('a paused mailbox gives no times and says why', () => {
  const look = outlook({ stopped: 'paused' }, mails(1, 1, 'invite'))
  expect([...forecast(look)]).toEqual([{ id: idOf('invite-0'), position: 1, reason: { code: 'paused' } }])
})

test('each reason is that of the moment for which a mail waits', () => {
  const look = outlook({ limit: 2, now: ms('2026-01-05T07:00:00Z') }, mails(4, 1, 'invite'))
  const full = { limit: 2, address: 'anna@brand.example', from: '2026-01-06T08:00:00Z' }
  expect(expectedOf(look).map(({ reason }) => reason)).toEqual([
    { code: 'window', values: { from: '2026-01-05T08:00:00Z', position: 1 } },
    { code: 'window', values: { from: '2026-01-05T08:00:00Z', position: 2 } },
    { code: 'day_full', values: { ...full, position: 3 } },
    { code: 'day_full', values: { ...full, position: 4 } },
  ])
})

test('a mail with a time of its own says so, whatever held up others before it', () => {
  const look = outlook({ limit: 2, paceSeconds: 3 }, [
    ...mails(4, 1, 'invite'),
    ...mails(2, 3, 'planned', { notBefore: '2026-01-08T10:00:00Z' }),
  ])
  expect(expectedOf(look).slice(4)).toEqual([
    { name: 'planned-0', at: '2026-01-08T10:00:00Z', reason: { code: 'scheduled' } },
    {
      name: 'planned-1',
      at: expect.stringMatching(/^2026-01-08T10:00:03/) as string,
      reason: { code: 'behind', values: { position: 6 } },
    },
  ])
})

test('a time of its own that comes while the gap is kept is the reason, not the place in the line', () => {
  const look = outlook({ pacedUntil: ms('2026-01-05T09:00:03Z'), paceSeconds: 3 }, [
    { name: 'planned', rank: 1, notBefore: '2026-01-05T09:00:05Z' },
    ...mails(3, 3, 'bulk'),
  ])
  expect(expectedOf(look)[1]).toMatchObject({ name: 'planned', reason: { code: 'scheduled' } })
})

test('what holds up the first personal mail is the reason of all behind it', () => {
  const until = '2026-01-05T09:30:00Z'
  const look = outlook({ throttledUntil: ms(until) }, mails(2, 0, 'letter'))
  expect(expectedOf(look).map(({ at, reason }) => [at, reason])).toEqual(
    [1, 2].map((position) => [until, { code: 'throttled', values: { until, position } }]),
  )
})

test('an exception on a full day waits for the next day and says so', () => {
  const look = outlook(
    { now: ms('2026-01-05T21:00:00Z'), used: 300 },
    mails(2, 3, 'urgent', { exempt: true }),
  )
  const full = { limit: 300, address: 'anna@brand.example', from: '2026-01-06T00:00:00Z' }
  expect(expectedOf(look).map(({ at, reason }) => [at, reason])).toEqual(
    [1, 2].map((position) => ['2026-01-06T00:00:00Z', { code: 'day_full', values: { ...full, position } }]),
  )
})

test('a personal mail that was written just now can be taken back until it leaves', () => {
  const look = outlook({}, [
    { name: 'letter', rank: 0, notBefore: '2026-01-05T09:00:10Z' },
    { name: 'planned', rank: 0, notBefore: '2026-01-05T10:00:00Z' },
  ])
  expect(expectedOf(look).map(({ at, reason }) => [at, reason])).toEqual([
    ['2026-01-05T09:00:10Z', { code: 'undo' }],
    ['2026-01-05T10:00:00Z', { code: 'scheduled' }],
  ])
})

test('several mailboxes stand in one order, and those that stand still come last', () => {
  const looks = [
    { ...outlook({ stopped: 'paused' }, mails(1, 0, 'paused')), mailboxId: 'cleo' },
    { ...outlook({ used: 300 }, mails(1, 1, 'tomorrow')), mailboxId: 'ben' },
    { ...outlook({}, mails(2, 1, 'now')), mailboxId: 'anna' },
  ]
  expect([...together(looks)].map(({ id, mailboxId }) => [id.replace(/\.+$/, ''), mailboxId])).toEqual([
    ['now-0', 'anna'],
    ['now-1', 'anna'],
    ['tomorrow-0', 'ben'],
    ['paused-0', 'cleo'],
  ])
})

test('two addresses: 450 mails from one leave in two days, 225 from each leave today', () => {
  const one = sendingPlan(outlook({}, []), [{ kind: 'bulk', count: 450 }])
  const half = sendingPlan(outlook({}, []), [{ kind: 'bulk', count: 225 }])
  expect([one.days, half.days].map((days) => days.map((day) => day.leaving))).toEqual([[300, 150], [225]])
})

test('the plan of 1,200 invitations over 40 waiting rejections: four days, and the rejections four days later', () => {
  const plan = sendingPlan(outlook({}, mails(40, 4, 'reject')), [{ kind: 'invitation', count: 1200 }])
  expect(plan.days.map(({ date, leaving, alreadyWaiting }) => [date, leaving, alreadyWaiting])).toEqual([
    ['2026-01-05', 300, 0],
    ['2026-01-06', 300, 0],
    ['2026-01-07', 300, 0],
    ['2026-01-08', 300, 0],
    ['2026-01-09', 0, 40],
  ])
  expect(plan.delays).toEqual([{ kind: 'rejection', count: 40, days: 4 }])
})

test('of a day that has begun the plan knows what was used of it, and of the next ones nothing', () => {
  const plan = sendingPlan(outlook({ used: 200 }, []), [{ kind: 'bulk', count: 150 }])
  expect(plan.days.map(({ leaving, used }) => [leaving, used])).toEqual([
    [100, 200],
    [50, 0],
  ])
})

test('ten rejections behind 900 invitations leave on the fourth day, or on the day promised, delaying ten of the others', () => {
  const waiting = outlook({}, mails(900, 1, 'invite'))
  const rejections = { kind: 'rejection', count: 10 } as const
  const promisedFor = Temporal.PlainDate.from('2026-01-06')
  const [plain, promised] = [{}, { promisedFor }].map((promise) =>
    sendingPlan(waiting, [{ ...rejections, ...promise }]),
  )
  expect(plain?.firstAt?.toString()).toBe('2026-01-08T08:00:00Z')
  expect([promised?.firstAt, promised?.lastAt].map(String)).toEqual([
    '2026-01-06T08:00:00Z',
    '2026-01-06T08:00:00Z',
  ])
  expect(promised?.delays).toEqual([{ kind: 'invitation', count: 20, days: 1 }])
})

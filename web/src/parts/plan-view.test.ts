import { expect, test } from 'vitest'
import { dayBars, leavingDays, leftOutGroups, leftOutWord, planLength, soonerElsewhere } from './plan-view.ts'

const days = [
  { date: '2026-03-27', leaving: 150, alreadyWaiting: 30, used: 45, capacity: 300 },
  { date: '2026-03-28', leaving: 0, alreadyWaiting: 300, used: 0, capacity: 300 },
  { date: '2026-03-30', leaving: 60, alreadyWaiting: 0, used: 0, capacity: 300 },
]

test('a bar shows what was used, what waited before and what leaves, in shares of the day', () => {
  expect(dayBars(days)[0]).toEqual({
    date: '2026-03-27',
    leaving: 150,
    others: 30,
    used: 45,
    leavingShare: 0.5,
    othersShare: 0.1,
    usedShare: 0.15,
  })
})

test('a day beyond its capacity fills the bar and no more', () => {
  const [bar] = dayBars([{ date: '2026-03-27', leaving: 300, alreadyWaiting: 100, used: 100, capacity: 200 }])
  expect((bar?.leavingShare ?? 0) + (bar?.othersShare ?? 0) + (bar?.usedShare ?? 0)).toBe(1)
})

test('days without a mail of this plan get no bar but count in its length, across a change of clocks', () => {
  expect(leavingDays(days).map((day) => day.date)).toEqual(['2026-03-27', '2026-03-30'])
  expect(planLength(days)).toBe(4)
})

test('a plan with nothing to send has no length', () => {
  expect(planLength([])).toBe(0)
})

test('a reason that the page does not know has a word too', () => {
  expect(leftOutWord('bounced')).toBe('bounced')
  expect(leftOutWord('moon_phase')).toBe('other')
})

test('those left out stand together by reason, the most frequent first, also those without a name', () => {
  const ann = { name: 'Ann', reason: 'declined' }
  const bob = { name: 'Bob', reason: 'already_sent' }
  expect(leftOutGroups({ leftOut: [ann, bob], leftOutBy: { declined: 1, already_sent: 700 } })).toEqual([
    { reason: 'already_sent', word: 'already_sent', count: 700, people: [bob], more: 699 },
    { reason: 'declined', word: 'declined', count: 1, people: [ann], more: 0 },
  ])
})

test('only mailboxes from which the last mail leaves earlier are named, the earliest first', () => {
  const here = { lastAt: '2026-03-30T10:00:00Z' }
  const other = (mailboxId: string, lastAt?: string) => ({ mailboxId, ...(lastAt ? { lastAt } : {}) })
  expect(
    soonerElsewhere(here, [
      other('later', '2026-03-31T10:00:00Z'),
      other('second', '2026-03-28T10:00:00Z'),
      other('same', '2026-03-30T10:00:00Z'),
      other('silent'),
      other('first', '2026-03-27T12:00:00Z'),
    ]).map(({ mailboxId }) => mailboxId),
  ).toEqual(['first', 'second'])
})

test('a mailbox that sends nothing at the moment is slower than every other', () => {
  expect(
    soonerElsewhere({ lastAt: undefined }, [{ mailboxId: 'other', lastAt: '2026-03-27T12:00:00Z' }]),
  ).toHaveLength(1)
})

import { expect, test } from 'vitest'
import { afterPull, fixedPolling, usualPolling } from './polling.ts'
import type { Position } from './store-position.ts'
import { looksPerNotice } from './store-position.ts'

const now = Temporal.Instant.from('2026-01-05T09:00:00Z')
const went = { stop: undefined, found: false }

function position(more: Partial<Position> & { quietSeconds?: number } = {}): Position {
  const { quietSeconds = 0, ...rest } = more
  const foundAt = now.subtract({ seconds: quietSeconds })
  return { foundAt, owedLooks: 0, now, findsChangedSubjects: false, ...rest }
}

function next(at: Position, pulled = went): number {
  return afterPull(usualPolling, at, pulled, now).nextInSeconds
}

test.each([
  ['just now', 0, 5, 60, 60],
  ['two minutes ago', 120, 12, 60, 60],
  ['half an hour ago', 1800, 120, 180, 120],
  ['days ago', 300_000, 120, 540, 120],
])(
  'a mailbox in which something last came %s is looked at as often as it is busy',
  (_, quietSeconds, silent, notices, connection) => {
    expect([
      next(position({ quietSeconds })),
      next(position({ quietSeconds, toldBy: 'notices' })),
      next(position({ quietSeconds, toldBy: 'connection' })),
    ]).toEqual([silent, notices, connection])
  },
)

test('a kept connection makes nobody wait longer for a mail that was filed past the inbox', () => {
  expect(usualPolling.connection.most).toBe(usualPolling.silent.most)
})

test('even where notices come, nobody waits for a look as long as an outage lasts', () => {
  expect(usualPolling.notices.most).toBeLessThan(600)
})

test('a mailbox in which something was found is looked at soon again', () => {
  const quiet = position({ quietSeconds: 300_000 })
  expect(next(quiet, { stop: undefined, found: true })).toBe(5)
})

test.each([
  ['nothing', false, 540],
  ['something, which may not be what it told of', true, 60],
])(
  'a look that a notice asked for and that found %s is made again after 1, 3 and 10 seconds, and no more',
  (_, found, usual) => {
    const told = { quietSeconds: 300_000, toldBy: 'notices' } as const
    const looks = []
    for (let owedLooks = looksPerNotice; ; ) {
      const end = afterPull(usualPolling, position({ ...told, owedLooks }), { stop: undefined, found }, now)
      looks.push(end.nextInSeconds)
      if (owedLooks === 0) break
      owedLooks = end.owedLooks
    }
    expect(looks).toEqual([1, 2, 7, usual])
  },
)

test('what a look takes is part of the pause after it, where a notice asked for the next', () => {
  const at = position({ toldBy: 'notices', owedLooks: looksPerNotice })
  const ended = [400, 5000].map((ms) => now.add({ milliseconds: ms }))
  const pauses = ended.map((end) => afterPull(usualPolling, at, went, end).nextInSeconds)
  expect(pauses).toEqual([0.6, 0])
})

test('a look that failed still owes what the notice asked for', () => {
  const stop = { kind: 'transient', diagnostic: '503' } as const
  expect(afterPull(usualPolling, position({ owedLooks: 2 }), { stop, found: false }, now)).toMatchObject({
    ok: false,
    nextInSeconds: 5,
    owedLooks: 2,
    waits: false,
  })
})

test('an installation may set one pause for all', () => {
  const busy = afterPull(fixedPolling(7), position(), went, now)
  const told = afterPull(fixedPolling(7), position({ toldBy: 'notices', quietSeconds: 9000 }), went, now)
  expect([busy.nextInSeconds, told.nextInSeconds]).toEqual([7, 7])
})

import { expect, test } from 'vitest'
import { afterPull, fixedPolling, usualPolling } from './polling.ts'
import type { Position } from './store-position.ts'

const now = Temporal.Instant.from('2026-01-05T09:00:00Z')
const went = { stop: undefined, found: false }

function position(more: Partial<Position> & { quietSeconds?: number } = {}): Position {
  const { quietSeconds = 0, ...rest } = more
  const foundAt = now.subtract({ seconds: quietSeconds })
  return { foundAt, now, findsChangedSubjects: false, ...rest }
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

/** When the next looks are, in seconds after a notice, if each takes `tookMs` and the first begins at once. */
function looksAfterNotice({
  found = false,
  tookMs = 0,
  toldBy = 'notices',
}: {
  readonly found?: boolean
  readonly tookMs?: number
  readonly toldBy?: 'notices' | 'connection'
}): number[] {
  const told = { quietSeconds: 300_000, toldBy, toldAt: now }
  const begun: number[] = []
  for (let at = 0; begun.length < 6; ) {
    const look = { ...position(told), now: now.add({ milliseconds: Math.round(at * 1000) }) }
    const end = look.now.add({ milliseconds: tookMs })
    at += tookMs / 1000 + afterPull(usualPolling, look, { stop: undefined, found }, end).nextInSeconds
    begun.push(Math.round(at * 10) / 10)
  }
  return begun
}

test.each([
  ['nothing', false, 540],
  ['something, which may not be what it told of', true, 60],
])(
  'a look that a notice asked for and that found %s is made again up to ten seconds after it, ever more seldom, and no more',
  (_, found, usual) => {
    expect(looksAfterNotice({ found })).toEqual([0.5, 1, 2, 4, 10, 10 + usual])
  },
)

test('looks that take longer than the time between them follow at once, and one counts for all that were due before it began', () => {
  expect(looksAfterNotice({ tookMs: 3000 }).slice(0, 3)).toEqual([3, 6, 10])
})

test('a kept connection, which tells what can be seen, is owed fewer looks', () => {
  expect(looksAfterNotice({ toldBy: 'connection' }).slice(0, 4)).toEqual([1, 3, 10, 130])
})

test('a look that somebody else asked for delays none that is owed to a notice', () => {
  const toldAt = now.subtract({ milliseconds: 600 })
  expect(next(position({ toldBy: 'notices', toldAt }))).toBe(0.4)
})

test('a look that failed is made again as after any failure, whatever is owed', () => {
  const stop = { kind: 'transient', diagnostic: '503' } as const
  expect(afterPull(usualPolling, position({ toldAt: now }), { stop, found: false }, now)).toMatchObject({
    ok: false,
    nextInSeconds: 5,
    waits: false,
  })
})

test('an installation may set one pause for all', () => {
  const busy = afterPull(fixedPolling(7), position(), went, now)
  const told = afterPull(fixedPolling(7), position({ toldBy: 'notices', quietSeconds: 9000 }), went, now)
  expect([busy.nextInSeconds, told.nextInSeconds]).toEqual([7, 7])
})

/** Looks in ten minutes in which something comes every second, which is as often as Google tells of it (providers.md A5). */
function looksOfABusyMailbox(toldBy: 'notices' | 'connection' | undefined, tookMs: number): number {
  const after = (ms: number) => now.add({ milliseconds: Math.round(ms) })
  let looks = 0
  for (let ms = 0; ms < 600_000; looks++) {
    const told = Math.floor(ms / 1000) * 1000
    const heard = toldBy === undefined ? {} : { toldBy, toldAt: after(told) }
    const look = { ...position(heard), now: after(ms) }
    const end = ms + tookMs
    const following =
      end + afterPull(usualPolling, look, { stop: undefined, found: true }, after(end)).nextInSeconds * 1000
    ms = toldBy === undefined ? following : Math.max(end, Math.min(following, told + 1000))
  }
  return looks
}

// what a look costs is held beside each adapter: six units of Google's at most, four requests at Microsoft's
test.each([undefined, 'notices', 'connection'] as const)(
  'a mailbox in which something comes every second, told of by %s, is looked at within the quotas: 6,000 units a minute, 10,000 requests in ten',
  (toldBy) => {
    const looks = looksOfABusyMailbox(toldBy, 50)
    expect([looks >= 100, (looks / 10) * 6 < 6000 / 2, looks * 4 < 10_000 / 2]).toEqual([true, true, true])
  },
)

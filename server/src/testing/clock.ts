/**
 * Owns time in tests: a clock that stands still until it is stepped, so that nothing in a test waits for real time.
 * A sleep ends when the clock is stepped past its end, in the order of the ends.
 */
import type { Clock } from '../platform/clock/index.ts'

export type SteppedClock = Clock & {
  /** Moves time forward and wakes every sleeper whose time has come. Resolves after they had their turn. */
  step(duration: Temporal.DurationLike | string): Promise<void>
  /** Resolves when this many sleepers are waiting. */
  sleepers(count: number): Promise<void>
}

type Sleeper = { readonly until: number; readonly wake: () => void }

/** A clock that starts at the given instant. */
export function steppedClock(start = '2026-01-05T08:00:00Z'): SteppedClock {
  let nowMs = Temporal.Instant.from(start).epochMilliseconds
  const startMs = nowMs
  const sleeping = new Set<Sleeper>()
  const watchers = new Set<() => void>()

  function changed(): void {
    for (const watcher of watchers) watcher()
  }

  return {
    now: () => Temporal.Instant.fromEpochMilliseconds(nowMs),
    monotonicMs: () => nowMs - startMs,
    sleep(ms, signal) {
      return new Promise((resolve) => {
        if (signal?.aborted === true) return resolve()
        const wake = () => {
          sleeping.delete(sleeper)
          signal?.removeEventListener('abort', wake)
          resolve()
        }
        const sleeper: Sleeper = { until: nowMs + ms, wake }
        sleeping.add(sleeper)
        signal?.addEventListener('abort', wake, { once: true })
        changed()
      })
    },
    async step(duration) {
      const end = Temporal.Instant.fromEpochMilliseconds(nowMs).add(duration).epochMilliseconds
      for (;;) {
        const due = [...sleeping].filter(({ until }) => until <= end).toSorted((a, b) => a.until - b.until)[0]
        if (due === undefined) break
        nowMs = Math.max(nowMs, due.until)
        due.wake()
        await new Promise(setImmediate)
      }
      nowMs = end
    },
    sleepers(count) {
      return new Promise((resolve) => {
        const look = () => {
          if (sleeping.size < count) return
          watchers.delete(look)
          resolve()
        }
        watchers.add(look)
        look()
      })
    },
  }
}

/**
 * Owns repetition: the one place where the server runs something again and again, and the one that knows backoff.
 *
 * A loop calls `run`, never twice at once. `again` means there is more to do now; `idle` waits until the pause is
 * over or somebody wakes it, `restMs` until its own pause is. A throw is logged and answered with a growing pause. Stopping aborts the signal that
 * `run` was given and waits until it has returned.
 */
import type { Clock } from '../clock/index.ts'
import { wallClock } from '../clock/index.ts'
import type { Log } from '../log/index.ts'

export type LoopOptions = {
  readonly name: string
  /** Milliseconds between two runs that found nothing to do. */
  readonly idleMs: number
  readonly log: Log
  readonly run: (signal: AbortSignal) => Promise<'again' | 'idle' | { readonly restMs: number }>
  readonly signal?: AbortSignal
  /** Ends an idle pause early; a wake during a run causes one more run. */
  readonly wake?: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>
  readonly clock?: Clock
}

const firstBackoffMs = 250
const longestBackoffMs = 30_000

/** Starts a loop. Disposing stops it and waits for the run in progress. */
export function startLoop(options: LoopOptions): AsyncDisposable {
  const clock = options.clock ?? wallClock
  const stopping = new AbortController()
  const signal =
    options.signal === undefined ? stopping.signal : AbortSignal.any([stopping.signal, options.signal])
  let pause = new AbortController()
  let woken = false
  const wake = () => {
    woken = true
    pause.abort()
  }
  options.wake?.addEventListener('wake', wake)
  const finished = repeat()

  async function repeat(): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      pause = new AbortController()
      woken = false
      let restMs: number
      try {
        restMs = restAfter(await options.run(signal), options.idleMs)
        failures = 0
      } catch (error) {
        if (signal.aborted) break
        restMs = Math.min(longestBackoffMs, firstBackoffMs * 2 ** failures)
        failures += 1
        woken = false
        options.log.error({ loop: options.name, error, failures, restMs }, 'a loop run failed')
      }
      if (restMs > 0 && !woken) await clock.sleep(restMs, AbortSignal.any([signal, pause.signal]))
    }
  }

  return {
    async [Symbol.asyncDispose]() {
      options.wake?.removeEventListener('wake', wake)
      stopping.abort()
      await finished
    },
  }
}

function restAfter(told: 'again' | 'idle' | { readonly restMs: number }, idleMs: number): number {
  if (typeof told === 'object') return told.restMs
  return told === 'again' ? 0 : idleMs
}

/** Keeps an answer back: for a time of real milliseconds, until the client is gone, or until the server stops. */
import type { RealTime } from './clock.ts'

export interface Holding {
  readonly real: RealTime
  /** Ends every held answer when the server stops. */
  readonly stopping: AbortSignal
}

export async function hold(parts: Holding, ms: number, gone: AbortSignal): Promise<void> {
  const ended = AbortSignal.any([gone, parts.stopping])
  if (ended.aborted) return
  await new Promise<void>((resolve) => {
    const cancel = parts.real.after(ms, resolve)
    ended.addEventListener('abort', () => {
      cancel()
      resolve()
    })
  })
}

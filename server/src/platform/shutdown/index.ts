/**
 * Owns the ways in which a process is told to stop: SIGINT and SIGTERM, and the end of the IPC channel to whoever
 * started it, which also closes when that one was killed.
 *
 * Refuses to end the process: the signal aborts, everything disposes itself, the event loop empties.
 */

/** Aborts once, at the first word to stop. */
export function stopSignal(): AbortSignal {
  const stopping = new AbortController()
  const stop = () => {
    stopping.abort()
    if (process.connected) process.disconnect?.()
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  process.once('disconnect', stop)
  return stopping.signal
}

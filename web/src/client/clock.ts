/**
 * The only file of the page that reads the clock, sets a timer or draws chance. Everything else is given a
 * time, or a key. Times inside the page are epoch milliseconds; on the wire they are ISO instants in UTC.
 */

/** The present, in epoch milliseconds. */
export function now(): number {
  return Date.now()
}

/** Epoch milliseconds of an ISO 8601 instant; NaN for anything else. */
export function instant(iso: string): number {
  return Date.parse(iso)
}

/** Runs `run` once after `ms` milliseconds; the returned function calls it off. */
export function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

/** Runs `run` every `ms` milliseconds until the returned function is called. */
export function every(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms)
  return () => clearInterval(timer)
}

/** A fresh key for an idempotent request: 128 random bits in hexadecimal. Works without a secure context. */
export function freshKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}

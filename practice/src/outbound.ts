/**
 * The only way out of the practice world: a POST to another program of this machine. Other hosts are refused, redirections are
 * not followed, and an answer that takes too long counts as none.
 */
import type { Holding } from './hold.ts'
import { isLoopback } from './loopback.ts'

export interface Heard {
  readonly status: number
  readonly contentType: string
  readonly text: string
}

/** What to say of an address that is not of this machine. */
export function refusedHost(url: string): string {
  return `The practice world calls loopback addresses only, not ${URL.canParse(url) ? new URL(url).host : url}.`
}

export interface Outgoing {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Real milliseconds after which nobody waits any more. */
  readonly withinMs: number
}

export class Outbound {
  readonly #parts: Holding

  constructor(parts: Holding) {
    this.#parts = parts
  }

  /** The answer, or undefined when there was none. */
  async post(url: string, { headers, body, withinMs }: Outgoing): Promise<Heard | undefined> {
    if (!isLoopback(url)) throw new Error(refusedHost(url))
    const tooLate = new AbortController()
    const cancel = this.#parts.real.after(withinMs, () => tooLate.abort())
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        signal: AbortSignal.any([tooLate.signal, this.#parts.stopping]),
      })
      return {
        status: answer.status,
        contentType: answer.headers.get('content-type') ?? '',
        text: await answer.text(),
      }
    } catch {
      return undefined
    } finally {
      cancel()
    }
  }
}

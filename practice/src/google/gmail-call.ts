/** What a Gmail method gets and gives. The dispatcher (gmail.ts) signs in, checks scopes, trims fields and writes the record. */
import type { Afterwards } from '../afterwards.ts'
import type { Call } from '../calls.ts'
import type { Account } from '../store/accounts.ts'

export interface GmailCall {
  readonly account: Account
  readonly call: Call
  readonly scopes: readonly string[]
  readonly query: URLSearchParams
  /** Path parameters. */
  readonly id: string
  readonly messageId: string
  readonly headers: Headers
  readonly origin: string
  readonly body: Buffer
}

export interface GmailReply {
  readonly status?: number
  readonly body: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
  /** Message ids that the answer is about. */
  readonly ids?: readonly string[]
  readonly threadIds?: readonly string[]
  readonly format?: string
  readonly afterwards?: Afterwards
}

/** `maxResults` between 1 and `most`. */
export function pageSize(query: URLSearchParams, otherwise: number, most: number): number {
  const wanted = Number(query.get('maxResults') ?? otherwise)
  return Number.isInteger(wanted) && wanted > 0 ? Math.min(wanted, most) : otherwise
}

/** Orders about the answer of a call: cut off before anything is done, held or cut off once it is done. */
import type { Call } from './calls.ts'
import { CutConnectionError, type Faults } from './faults.ts'

/** Real milliseconds to hold an answer, or cut the connection instead of answering. */
export type Afterwards = { readonly stallMs: number } | 'cut'

/** A call, whose it is, and the operation that these orders are about when they name none. */
export interface Answering {
  readonly mailbox: string
  readonly call: Call
  readonly usual: string
}

export function cutBefore(faults: Faults, { mailbox, ...meeting }: Answering): void {
  if (faults.strike('cutBeforeAccept', mailbox, meeting) !== undefined)
    throw new CutConnectionError(`${meeting.call.name} is cut off before it is done`)
}

export function afterwards(
  faults: Faults,
  { mailbox, ...meeting }: Answering,
): { readonly afterwards?: Afterwards } {
  const stall = faults.strike('stallAfterAccept', mailbox, meeting)
  const cut = faults.strike('cutAfterAccept', mailbox, meeting)
  if (stall !== undefined) return { afterwards: { stallMs: stall.ms } }
  return cut === undefined ? {} : { afterwards: 'cut' }
}

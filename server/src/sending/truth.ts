/** The truth check and the words of a mail, from the domain that knows its kind. */
import type { Tx } from '../platform/db/index.ts'
import type { SendingParts, Withheld } from './parts.ts'
import type { Rendered } from './ports.ts'
import { mixes } from './practice.ts'
import type { MailboxSettings } from './store-schedule.ts'
import type { Submission } from './submission.ts'

/** Whether the mail may still leave, and with which words. */
export async function truthAndText(
  parts: Pick<SendingParts, 'authors'>,
  tx: Tx,
  submission: Submission,
  mailbox: MailboxSettings,
): Promise<Rendered | Withheld> {
  for (const author of parts.authors) {
    const truth = await author.stillTrue(tx, submission)
    if (truth !== undefined && truth.verdict !== 'true') return truth
  }
  for (const author of parts.authors) {
    const outcome = await author.render(tx, submission)
    if (outcome === undefined) continue
    if (!outcome.ok) return { verdict: 'hold', reason: outcome.hold }
    return outcome.rendered.cc?.some((address) => mixes(mailbox, address)) === true
      ? { verdict: 'suppress', reason: { code: 'practice_and_real' } }
      : outcome.rendered
  }
  return { verdict: 'hold', reason: { code: 'no_author', values: { kind: submission.kind } } }
}

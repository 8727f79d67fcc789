/**
 * A test message: a real mail from a mailbox to its own address, through outbox, allowance and provider like any other.
 * It belongs to no influencer, begins no thread and enters no conversation. One at a time.
 */
import type { Mailbox } from '../mailboxes/index.ts'
import { databaseNow } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Actor } from '../team/index.ts'
import type { Enqueue, EnqueueRefusal } from './enqueue.ts'
import { expectedOf } from './outlook.ts'
import { waitingTest } from './store-outbox.ts'

export type TestOutcome =
  | { readonly ok: true; readonly submissionId: string; readonly to: string; readonly expectedAt?: number }
  | { readonly ok: false; readonly reason: EnqueueRefusal }

/** Queues it, or names the one that waits already. */
export async function sendTestMessage(
  { enqueue }: { readonly enqueue: Enqueue },
  tx: Tx,
  { actor, mailbox }: { readonly actor: Actor; readonly mailbox: Mailbox },
): Promise<TestOutcome> {
  const waiting = await waitingTest(tx, mailbox.id)
  const to = mailbox.address
  if (waiting !== undefined) return { ok: true, ...(await withTime(tx, waiting.id)), to: waiting.to }
  const now = await databaseNow(tx)
  const { subject, text } = texts[actor.language]
  const outcome = await enqueue(tx, [
    {
      key: `test:${mailbox.id}:${now.toString()}`,
      mailboxId: mailbox.id,
      kind: 'direct',
      toAddress: to,
      toName: mailbox.displayName,
      subject,
      text: text(to, actor.name),
      authorId: actor.personId,
    },
  ])
  if (!outcome.ok) return outcome
  const submissionId = outcome.enqueued[0]?.submissionId ?? ''
  return { ok: true, ...(await withTime(tx, submissionId)), to }
}

async function withTime(
  tx: Tx,
  submissionId: string,
): Promise<{ readonly submissionId: string; readonly expectedAt?: number }> {
  const expected = (await expectedOf(tx, [submissionId])).get(submissionId)
  return { submissionId, ...(expected?.at === undefined ? {} : { expectedAt: expected.at }) }
}

const texts = {
  en: {
    subject: 'Test message from Kontor',
    text: (address: string, name: string) =>
      [
        `This message left Kontor through ${address}, the way every email of yours does. ${name} asked for it.`,
        'If you read it, sending from this mailbox works. It counts as one of today’s emails.',
        'Kontor does not read answers to it.',
      ].join('\n\n'),
  },
  de: {
    subject: 'Testnachricht von Kontor',
    text: (address: string, name: string) =>
      [
        `Diese Nachricht ging über ${address} aus Kontor raus, so wie jede Ihrer E-Mails. Angefordert hat sie ${name}.`,
        'Wenn Sie sie lesen, funktioniert der Versand aus diesem Postfach. Sie zählt als eine E-Mail von heute.',
        'Antworten darauf liest Kontor nicht.',
      ].join('\n\n'),
  },
} as const

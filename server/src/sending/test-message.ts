/**
 * A test message: a real mail from a mailbox to its own address, through outbox, allowance and provider like any other.
 * It belongs to no influencer, begins no thread and enters no conversation. It says that sending works, one at a time; or
 * it is a letter that somebody wants to see as it arrives.
 */
import { databaseNow } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Actor } from '../team/index.ts'
import type { Enqueue, EnqueueRefusal } from './enqueue.ts'
import { expectedOf } from './outlook.ts'
import { waitingTest } from './store-outbox.ts'

export type TestOutcome =
  | { readonly ok: true; readonly submissionId: string; readonly to: string; readonly expectedAt?: number }
  | { readonly ok: false; readonly reason: EnqueueRefusal }

export interface TestWish {
  readonly actor: Actor
  readonly mailbox: { readonly id: string; readonly address: string; readonly displayName: string }
  readonly letter?: { readonly subject: string; readonly text: string }
}

/** Queues it, or names the one that waits already. */
export async function sendTestMessage(
  { enqueue }: { readonly enqueue: Enqueue },
  tx: Tx,
  { actor, mailbox, letter }: TestWish,
): Promise<TestOutcome> {
  const waiting = letter === undefined ? await waitingTest(tx, mailbox.id) : undefined
  const to = mailbox.address
  if (waiting !== undefined) return { ok: true, ...(await withTime(tx, waiting.id)), to: waiting.to }
  const now = await databaseNow(tx)
  const ours = texts[actor.language]
  const { subject, text } = letter ?? { subject: ours.subject, text: ours.text(to, actor.name) }
  const outcome = await enqueue(tx, [
    {
      key: `test:${mailbox.id}:${now.toString()}`,
      mailboxId: mailbox.id,
      kind: 'direct',
      toAddress: to,
      toName: mailbox.displayName,
      subject,
      text,
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

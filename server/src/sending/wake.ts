/**
 * Wakes mailboxes because something changed in what waits there. Of one that was disconnected it tells, so that its owner's
 * choice holds for a mail that came back late, too (decide-waiting.ts).
 */
import type { Tx } from '../platform/db/index.ts'
import type { SendingParts } from './parts.ts'
import { ringAlarms } from './store-schedule.ts'

export async function wake(
  { emit }: Pick<SendingParts, 'emit'>,
  tx: Tx,
  mailboxIds: readonly string[],
): Promise<void> {
  const gone = await ringAlarms(tx, mailboxIds)
  const news = gone.map(({ workspaceId, mailboxId }) => ({
    workspaceId,
    type: 'mailbox.waiting_changed',
    subject: mailboxId,
    payload: {},
  }))
  await emit(tx, ...news)
}

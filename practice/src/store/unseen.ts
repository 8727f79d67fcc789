/**
 * Messages that lie in a mailbox and are not shown yet: the copy of a sent mail that comes late, and what a push told of before
 * it could be read. Each is a row with the practice time from which it is seen; afterwards the row means nothing.
 */
import { type HistoryRecord, type Message, historyOf } from './mailboxes.ts'
import type { Store } from './store.ts'

export function hideUntil(store: Store, message: Message, until: number): void {
  store.run(
    'insert or replace into unseen (account, history_id, message_id, until) values (?, ?, ?, ?)',
    message.account,
    message.historyId,
    message.id,
    until,
  )
}

/** When a message of the mailbox is seen; undefined when it is seen already. */
export function seenFrom(
  store: Store,
  message: Pick<Message, 'account' | 'id'>,
  now: number,
): number | undefined {
  return store
    .one(
      'select until from unseen where account = ? and message_id = ? and until > ?',
      message.account,
      message.id,
      now,
    )
    ?.int('until')
}

/** History of what is not seen yet, oldest first. */
export function unseenHistory(store: Store, account: string, now: number): readonly HistoryRecord[] {
  return historyOf(
    store.all(
      `select history.* from unseen join history using (account, history_id)
       where account = ? and until > ? order by history_id`,
      account,
      now,
    ),
  )
}

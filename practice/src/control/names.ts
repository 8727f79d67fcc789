/** How the clients of a mailbox call its messages, so that what others noted can be laid beside the records. */
import { MAIL_FOLDERS, folderMessages, uidValidity } from '../mail-server/folders.ts'
import { messageIdOf } from '../microsoft/graph-ids.ts'
import { isOfficeAddress, isPostAddress } from '../mime/addresses.ts'
import { findMessages } from '../store/mailboxes.ts'
import type { Store } from '../store/store.ts'

export interface NamedMessage {
  readonly id: string
  readonly threadId: string
  readonly names: readonly string[]
}

/** `GET /control/mailboxes/{address}/messages`: by Graph's ids of either kind, by RFC 5092 §6 over IMAP, else by the id itself. */
export function namedMessages(store: Store, account: string): readonly NamedMessage[] {
  const named = isPostAddress(account) ? overImap(store, account) : undefined
  const office = isOfficeAddress(account)
  const query = {
    account,
    labels: [],
    withoutLabels: [],
    words: [],
    offset: 0,
    limit: Number.MAX_SAFE_INTEGER,
  }
  return findMessages(store, query).map((message) => ({
    id: message.id,
    threadId: message.threadId,
    names:
      named?.get(message.id) ??
      (office ? [true, false].map((immutable) => messageIdOf(message, immutable)) : [message.id]),
  }))
}

function overImap(store: Store, account: string): ReadonlyMap<string, readonly string[]> {
  const validity = uidValidity(store, account)
  return new Map(
    MAIL_FOLDERS.flatMap((folder) =>
      folderMessages(store, account, folder).map(({ id, uid }) => [
        id,
        [`${encodeURIComponent(folder.name)};UIDVALIDITY=${validity}/;UID=${uid}`],
      ]),
    ),
  )
}

/**
 * References of an outgoing message, RFC 5322 §3.6.4: the parent's References, then the parent itself.
 *
 * Long chains lose their middle, never their ends: the first entry names the thread and carries our token, the
 * last ones are what clients and providers look at. The token always comes first, once.
 */
import { canonical, type MessageId } from './message-id.ts'

export type ReplyParent = {
  readonly parentReferences: readonly MessageId[]
  readonly parentInReplyTo: readonly MessageId[]
  readonly parentId?: MessageId | undefined
  /** Our synthetic root (`newToken`), put in front. */
  readonly token?: MessageId | undefined
}

const keptLast = 20

/** The ids for References, oldest first; empty when there is neither a parent nor a token. */
export function referencesFor(parent: ReplyParent): MessageId[] {
  const chain = [...ancestors(parent), ...(parent.parentId === undefined ? [] : [parent.parentId])]
  const ids = lastOccurrences(parent.token === undefined ? chain : chain.filter(isNot(parent.token)))
  const trimmed = ids.length <= keptLast + 1 ? ids : [...ids.slice(0, 1), ...ids.slice(-keptLast)]
  return parent.token === undefined ? trimmed : [parent.token, ...trimmed]
}

// In-Reply-To stands in for missing References only when it names one message, RFC 5322 §3.6.4
function ancestors(parent: ReplyParent): readonly MessageId[] {
  if (parent.parentReferences.length > 0) return parent.parentReferences
  return parent.parentInReplyTo.length === 1 ? parent.parentInReplyTo : []
}

function isNot(token: MessageId): (id: MessageId) => boolean {
  return (id) => canonical(id) !== canonical(token)
}

function lastOccurrences(ids: readonly MessageId[]): MessageId[] {
  const byKey = new Map<string, MessageId>()
  for (const id of ids) {
    byKey.delete(canonical(id))
    byKey.set(canonical(id), id)
  }
  return [...byKey.values()]
}

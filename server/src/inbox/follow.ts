/**
 * What moves a conversation: a mail that left, a message that came. Handlers of events, each in its own transaction.
 *
 * The team state follows the direction of the last message: in means somebody should reply, out means the influencer
 * should. An automatic reply, a bounce and a complaint are shown and do not count as answers.
 */
import type { Tx } from '../platform/db/index.ts'
import type { Emit, Event } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import { messageForInbox } from './store-message.ts'
import type { TeamState } from './store-conversation.ts'
import { touchConversation } from './store-conversation.ts'

interface Parts {
  readonly ids: Ids
  readonly emit: Emit
}

/** Handler of `submission.accepted` and `message.captured`. */
export function followMessages(parts: Parts): (tx: Tx, event: Event) => Promise<void> {
  return async (tx, event) => {
    const by = event.type === 'submission.accepted' ? 'submission' : 'message'
    const message = event.subject === undefined ? undefined : await messageForInbox(tx, by, event.subject)
    if (message === undefined) return
    const conversationId = await touchConversation(tx, {
      id: parts.ids.uuid(),
      contactId: message.contactId,
      campaignId: message.campaignId,
      subject: message.subject,
      snippet: snippetOf(message.text),
      direction: message.direction,
      teamState: stateAfter(message),
      at: message.at,
    })
    await parts.emit(tx, {
      workspaceId: event.workspaceId,
      type: 'conversation.changed',
      subject: conversationId,
      payload: {},
    })
  }
}

function stateAfter({ direction, kind }: { direction: 'in' | 'out'; kind: string }): TeamState | undefined {
  if (direction === 'out') return 'waiting'
  return kind === 'reply' ? 'needs_reply' : undefined
}

/** The first words, on one line. */
export function snippetOf(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length <= 160 ? line : `${line.slice(0, 159).trimEnd()}…`
}

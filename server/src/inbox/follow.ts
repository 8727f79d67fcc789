/**
 * What moves a conversation: a mail that left, a message that came, a mail that did not leave after all. Handlers of
 * events, each in its own transaction, safe in any order: the row is made, locked, and then moved.
 */
import { completeSent } from '../correspondence/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Emit, Event } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import { carriedBy } from './carried.ts'
import type { EntryKind } from './conversation.ts'
import { isNews, snippetOf, stateAfter } from './conversation.ts'
import {
  ensureConversation,
  lockConversation,
  restoreState,
  touchConversation,
} from './store-conversation.ts'
import type { InboxMessage } from './store-message.ts'
import { messageForInbox, unansweredReply } from './store-message.ts'
import { insertTurn } from './store-turn.ts'

export interface FollowParts {
  readonly ids: Ids
  readonly emit: Emit
}

/** Handler of `submission.accepted` and `message.captured`. */
export function followMessages(parts: FollowParts): (tx: Tx, event: Event) => Promise<void> {
  return async (tx, event) => {
    const by = event.type === 'submission.accepted' ? 'submission' : 'message'
    const message = event.subject === undefined ? undefined : await messageForInbox(tx, by, event.subject)
    if (message === undefined) return
    if (by === 'submission') await showCarried(parts, tx, { ...message, submissionId: event.subject ?? '' })
    await note(parts, tx, { ...message, kind: message.mailKind ?? message.kind })
  }
}

/** The message that left shows who else got it, and its files. */
async function showCarried(
  { ids }: FollowParts,
  tx: Tx,
  { messageId, submissionId }: { readonly messageId?: string; readonly submissionId: string },
): Promise<void> {
  const carried = (await carriedBy(tx, [submissionId])).get(submissionId)
  if (carried === undefined || messageId === undefined) return
  const files = carried.files.map(({ uploadId: _upload, ...file }) => ({
    ...file,
    id: ids.uuid(),
    blocked: false,
  }))
  await completeSent(tx, messageId, { cc: carried.letter?.cc ?? [], files })
}

/** Handler of every way in which a waiting mail stops waiting without leaving: an open question is open again. */
export function followUnsent(parts: FollowParts): (tx: Tx, event: Event) => Promise<void> {
  return async (tx, event) => {
    const { contactId, campaignId, kind } = event.payload
    if (kind !== 'direct' || typeof contactId !== 'string') return
    await reopenQuestion(parts, tx, {
      workspaceId: event.workspaceId,
      contactId,
      campaignId: typeof campaignId === 'string' ? campaignId : undefined,
    })
  }
}

/** The influencer's last words have no answer and none is on its way: somebody should reply. */
export async function reopenQuestion(
  parts: Pick<FollowParts, 'emit'>,
  tx: Tx,
  of: { readonly workspaceId: string; readonly contactId: string; readonly campaignId: string | undefined },
): Promise<void> {
  const locked = await lockConversation(tx, of)
  if (locked === undefined || !(await unansweredReply(tx, of))) return
  if (await restoreState(tx, locked.id, 'needs_reply'))
    await tellChanged(parts, tx, of.workspaceId, locked.id)
}

export interface Noted {
  readonly conversationId: string
  readonly version: number
}

/** One thing was said: the conversation moves up, the turn is recorded. */
export async function note(
  parts: FollowParts,
  tx: Tx,
  said: Omit<InboxMessage, 'kind' | 'mailKind'> & {
    readonly kind: EntryKind
    /** A personal mail that has been queued and not left yet. */
    readonly queued?: { readonly submissionId: string }
  },
): Promise<Noted> {
  const { contactId, campaignId, mailboxId, at, kind, direction } = said
  await ensureConversation(tx, { id: parts.ids.uuid(), contactId, campaignId, mailboxId, at, direction })
  const locked = await lockConversation(tx, { contactId, campaignId })
  const moved = await touchConversation(tx, {
    id: locked?.id ?? '',
    mailboxId,
    kind,
    subject: said.subject,
    snippet: snippetOf(said.text),
    direction,
    teamState: stateAfter(locked === undefined || locked.version === 0 ? undefined : locked.teamState, said),
    news: isNews(kind),
    wakes: kind === 'reply',
    at,
  })
  await insertTurn(tx, {
    id: parts.ids.uuid(),
    conversationId: moved.id,
    version: moved.version,
    kind: direction === 'in' ? 'heard' : kind === 'own' || said.queued !== undefined ? 'wrote' : 'sent',
    personId: said.personId,
    detail: { kind, ...(said.messageId === undefined ? {} : { messageId: said.messageId }), ...said.queued },
  })
  await tellChanged(parts, tx, said.workspaceId, moved.id)
  return { conversationId: moved.id, version: moved.version }
}

export async function tellChanged(
  parts: Pick<FollowParts, 'emit'>,
  tx: Tx,
  workspaceId: string,
  conversationId: string,
): Promise<void> {
  await parts.emit(tx, { workspaceId, type: 'conversation.changed', subject: conversationId, payload: {} })
}

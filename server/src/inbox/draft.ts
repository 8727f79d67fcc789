/**
 * Drafts belong to one person and are seen and changed by the team. Each change names the revision it was made from, so
 * that nobody's words vanish under somebody else's.
 */
import type { Tx } from '../platform/db/index.ts'
import type { Actor } from '../team/index.ts'
import type { FollowParts } from './follow.ts'
import { tellChanged } from './follow.ts'
import { conversationIdAt } from './store-conversation.ts'
import type { Draft, DraftWords } from './store-draft.ts'
import { deleteDraft, draftById, ensureDraft, setApprover, writeDraft } from './store-draft.ts'
import { markUnread } from './store-presence.ts'
import { insertTurn } from './store-turn.ts'

interface By {
  readonly tx: Tx
  readonly actor: Actor
}
interface Place {
  readonly contactId: string
  readonly campaignId?: string | undefined
  readonly authorId: string
}

/** The draft as it is now, or who changed it since the revision. Without a revision: the author's first words. */
export async function saveDraft(
  parts: FollowParts,
  { tx, actor }: By,
  place: Place,
  { revision, ...words }: DraftWords & { readonly revision: number | undefined },
): Promise<Draft | { readonly changedBy: string }> {
  const held = await ensureDraft(tx, { ...place, id: parts.ids.uuid() })
  const from = held.fresh ? held.revision : (revision ?? 0)
  if (!(await writeDraft(tx, held.id, { ...words, revision: from, by: actor.personId }))) {
    const changedBy = (await draftById(tx, held.id))?.changedByName ?? ''
    return { changedBy }
  }
  await tell(parts, { tx, actor }, place)
  return await draftNow(tx, held.id)
}

export async function throwAway(parts: FollowParts, by: By, draft: Draft): Promise<void> {
  if (await deleteDraft(by.tx, draft.id)) await tell(parts, by, draft)
}

/** Somebody is asked to send it, and finds the conversation unread. */
export async function askToSend(
  parts: FollowParts,
  by: By,
  draft: Draft,
  personId: string | null,
): Promise<Draft> {
  const { tx, actor } = by
  const changed = await setApprover(tx, draft.id, personId)
  const after = await draftNow(tx, draft.id)
  const conversationId = await conversationIdAt(tx, draft)
  if (changed && personId !== null && conversationId !== undefined) {
    await markUnread(tx, conversationId, [personId])
    await insertTurn(tx, {
      id: parts.ids.uuid(),
      conversationId,
      kind: 'asked',
      personId: actor.personId,
      detail: { name: after.approverName ?? '', personId },
    })
    await parts.emit(tx, {
      workspaceId: actor.workspaceId,
      type: 'draft.asked',
      subject: conversationId,
      payload: { draftId: draft.id, personId, authorId: draft.authorId },
    })
  }
  if (changed) await tell(parts, by, draft)
  return after
}

async function draftNow(tx: Tx, id: string): Promise<Draft> {
  const draft = await draftById(tx, id)
  if (draft === undefined) throw new Error('a draft vanished inside its own transaction')
  return draft
}

async function tell(parts: FollowParts, { tx, actor }: By, place: Omit<Place, 'authorId'>): Promise<void> {
  const conversationId = await conversationIdAt(tx, place)
  if (conversationId !== undefined) await tellChanged(parts, tx, actor.workspaceId, conversationId)
}

/** What a request is about, for the person who asks: a conversation, a place to write in, a draft. */
import { contactById } from '../contacts/index.ts'
import { problem } from '../http-kit/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Actor } from '../team/index.ts'
import type { ConversationRow } from './store-conversation.ts'
import { conversationById, conversationIdAt } from './store-conversation.ts'
import type { Draft, Place } from './store-draft.ts'
import { draftById } from './store-draft.ts'
import type { Sight } from './store-sight.ts'
import { sightOf } from './store-sight.ts'

/** @throws ProblemError 404 also for one that is there and not for this person's eyes. */
export async function existing(
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<ConversationRow & { readonly sight: Sight }> {
  const sight = await sightOf(tx, actor.personId)
  const row = await conversationById(tx, sight, id)
  if (row === undefined) throw problem(404, 'not_found')
  return { ...row, sight }
}

/** A place where this person may write: no conversation yet, or one that they see. */
export async function visiblePlace(
  tx: Tx,
  actor: Actor,
  place: Omit<Place, 'campaignId'> & { readonly campaignId?: string | undefined },
): Promise<void> {
  if ((await contactById(tx, place.contactId)) === undefined) throw problem(404, 'not_found')
  const conversationId = await conversationIdAt(tx, place)
  if (conversationId !== undefined) await existing(tx, actor, conversationId)
}

export async function visibleDraft(tx: Tx, actor: Actor, id: string): Promise<Draft> {
  const draft = await draftById(tx, id)
  if (draft === undefined) throw problem(404, 'not_found')
  await visiblePlace(tx, actor, draft)
  return draft
}

/** The conversation of a request, for the person who asks. */
import { problem } from '../http-kit/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Actor } from '../team/index.ts'
import type { ConversationRow } from './store-conversation.ts'
import { conversationById } from './store-conversation.ts'
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

/** Two influencers turn out to be one: everything of the one goes to the other, and links that were sent keep working. */
import type { Tx } from '../platform/db/index.ts'
import { audit } from '../team/index.ts'
import type { Actor } from '../team/index.ts'
import type { Contact, Writer } from './contact.ts'
import { contactById } from './store.ts'
import { mergeRows } from './store-merge.ts'

/** Undefined when one of them is unknown, or both are the same. */
export async function mergeContacts(
  tx: Tx,
  writer: Writer,
  actor: Actor,
  { from, into }: { readonly from: string; readonly into: string },
): Promise<Contact | undefined> {
  const goes = await contactById(tx, from)
  if (goes === undefined || !(await mergeRows(tx, { from, into }))) return undefined
  const stays = await contactById(tx, into)
  if (stays === undefined) return undefined
  await audit(tx, { actor, action: 'contact.merged', subject: stays.name, detail: { from: goes.name } })
  const { workspaceId } = writer
  for (const subject of [into, from])
    await writer.emit(tx, { workspaceId, type: 'contact.changed', subject, payload: {} })
  await writer.emit(tx, { workspaceId, type: 'contact.merged', subject: into, payload: { from } })
  await writer.emit(tx, { workspaceId, type: 'conversation.changed', payload: {} })
  return stays
}

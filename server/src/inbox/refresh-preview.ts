/** After messages were erased: the list shows the newest words that are left, and an open page asks again. */
import type { Tx } from '../platform/db/index.ts'
import type { Emit } from '../platform/events/index.ts'
import { snippetOf } from './conversation.ts'
import { lastWords, setPreview } from './store-preview.ts'

export async function refreshPreview(
  { emit }: { readonly emit: Emit },
  tx: Tx,
  of: { readonly workspaceId: string; readonly contactId: string; readonly campaignId: string | undefined },
): Promise<void> {
  const words = await lastWords(tx, of)
  const conversationId = await setPreview(tx, of, {
    subject: words?.subject ?? '',
    snippet: snippetOf(words?.text ?? ''),
  })
  if (conversationId === undefined) return
  const { workspaceId } = of
  await emit(tx, { workspaceId, type: 'conversation.changed', subject: conversationId, payload: {} })
}

/**
 * One piece of an erasure, in one transaction: so many messages, so many records of sent mails, or at last the rest
 * (identifiers, keys, bars). What was done and where it goes on is written in the same transaction, so that a process
 * that dies loses a piece and nothing else, and any other goes on. Whoever works on an erasure holds its row.
 */
import { hashOrphanedSuppressions } from '../contacts/index.ts'
import { eraseMessages, eraseThreads, releaseFiles } from '../correspondence/index.ts'
import { refreshPreview } from '../inbox/index.ts'
import { destroyLedgerKey } from '../mailboxes/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { dropFromEvents } from '../platform/events/index.ts'
import { eraseWords } from '../sending/index.ts'
import type { EraseParts } from './parts.ts'
import type { Erasure } from './store-erasure.ts'
import { moveErasure, takeErasure } from './store-erasure.ts'
import { sealComplete } from './take-back.ts'

const messagesAtOnce = 200
const wordsAtOnce = 500

/** Does one piece. False when there was nothing to do: finished, or in other hands. */
export async function erasePiece(
  parts: EraseParts,
  { workspaceId, erasureId }: { readonly workspaceId: string; readonly erasureId: string },
): Promise<boolean> {
  return await parts.database.inWorkspace(workspaceId, async (tx) => {
    const erasure = await takeErasure(tx, erasureId)
    if (erasure === undefined) return false
    await piece(parts, tx, erasure)
    return true
  })
}

async function piece(parts: EraseParts, tx: Tx, erasure: Erasure): Promise<void> {
  const { id, mailboxId, workspaceId } = erasure
  switch (erasure.step) {
    case 'messages':
      await someMessages(parts, tx, erasure)
      break
    case 'words': {
      const { count, files } = await eraseWords(tx, mailboxId, wordsAtOnce)
      const bytes = await releaseFiles(tx, files)
      await moveErasure(tx, id, count < wordsAtOnce ? 'rest' : 'words', { words: count, bytes })
      break
    }
    case 'rest':
      await theRest(parts, tx, erasure)
      break
    case 'done':
      return
  }
  const payload = { mailboxId, erasureId: id }
  await parts.emit(tx, { workspaceId, type: 'mailbox.erasing', subject: mailboxId, payload })
}

async function someMessages(parts: EraseParts, tx: Tx, erasure: Erasure): Promise<void> {
  const { id, mailboxId, workspaceId, reach, askedAt } = erasure
  const part = await eraseMessages(tx, { mailboxId, reach, until: askedAt }, messagesAtOnce)
  for (const conversation of part.conversations)
    await refreshPreview(parts, tx, { workspaceId, ...conversation })
  const after = reach === 'everything' ? 'words' : 'rest'
  const { messages, attachments, bytes } = part
  await moveErasure(tx, id, messages < messagesAtOnce ? after : 'messages', { messages, attachments, bytes })
}

async function theRest(parts: EraseParts, tx: Tx, erasure: Erasure): Promise<void> {
  const { id, mailboxId, workspaceId, reach } = erasure
  const everything = reach === 'everything'
  const identifiers = everything ? await eraseThreads(tx, mailboxId) : 0
  const suppressions = await hashOrphanedSuppressions(tx, { workspaceId, keyed: parts.keyed })
  await dropFromEvents(tx, { type: 'message.captured', mailboxId, keys: ['recipients'] })
  await destroyLedgerKey(tx, mailboxId)
  await moveErasure(tx, id, 'done', { identifiers, suppressions })
  await sealComplete(parts, tx, mailboxId)
}

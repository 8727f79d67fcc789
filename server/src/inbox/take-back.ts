/**
 * Taking a personal mail back before it leaves: in the ten seconds after sending, or a scheduled one at any time. The mail
 * is cancelled and its words lie in the person's draft again; nothing typed is lost, also not a draft begun meanwhile.
 */
import { insertUpload } from '../correspondence/index.ts'
import { textToHtml } from '../mail/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { cancelMail } from '../sending/index.ts'
import type { Actor } from '../team/index.ts'
import type { FollowParts } from './follow.ts'
import { reopenQuestion, tellChanged } from './follow.ts'
import type { ConversationRow } from './store-conversation.ts'
import type { DraftWords } from './store-draft.ts'
import { draftById, ensureDraft, writeDraft } from './store-draft.ts'
import type { Letter } from './store-letter.ts'
import { letterOf } from './store-letter.ts'
import { insertTurn } from './store-turn.ts'

/** The id of the draft; `left_already` when the mail is on its way or settled. */
export async function takeBack(
  parts: FollowParts,
  tx: Tx,
  {
    actor,
    conversation,
    submissionId,
  }: {
    readonly actor: Actor
    readonly conversation: Pick<ConversationRow, 'id' | 'contactId' | 'campaignId'>
    readonly submissionId: string
  },
): Promise<{ readonly draftId: string } | 'left_already' | 'not_found'> {
  const letter = await letterOf(tx, submissionId)
  if (letter === undefined) return 'not_found'
  if (!(await cancelMail(parts, tx, { id: submissionId, by: actor.name }))) return 'left_already'
  await restoreUploads(tx, letter, actor)
  const { id, contactId, campaignId } = conversation
  const draft = await ensureDraft(tx, {
    id: parts.ids.uuid(),
    contactId,
    campaignId,
    authorId: actor.personId,
  })
  const begun = draft.fresh ? undefined : await draftById(tx, draft.id)
  const words = begun === undefined ? letter.typed : together(letter.typed, begun)
  await writeDraft(tx, draft.id, { ...words, revision: draft.revision, by: actor.personId })
  const turn = {
    id: parts.ids.uuid(),
    conversationId: id,
    kind: 'taken_back' as const,
    personId: actor.personId,
  }
  await insertTurn(tx, turn)
  await reopenQuestion(parts, tx, { workspaceId: actor.workspaceId, contactId, campaignId })
  await tellChanged(parts, tx, actor.workspaceId, id)
  return { draftId: draft.id }
}

// what was uploaded long ago is known by the letter alone
async function restoreUploads(tx: Tx, letter: Letter, actor: Actor): Promise<void> {
  for (const { uploadId, ...file } of letter.files) {
    if (uploadId !== undefined) await insertUpload(tx, { ...file, id: uploadId, by: actor.personId })
  }
}

/** The mail that came back, then what was begun after it. */
export function together(back: DraftWords, begun: DraftWords): DraftWords {
  if (begun.text.trim() === '' && begun.files.length === 0) return back
  const laid = back.html !== undefined || begun.html !== undefined
  const kept = new Set(back.files.map(({ uploadId }) => uploadId))
  return {
    ...back,
    cc: [...new Set([...back.cc, ...begun.cc])],
    text: `${back.text}\n\n${begun.text}`,
    html: laid ? `${back.html ?? textToHtml(back.text)}${begun.html ?? textToHtml(begun.text)}` : undefined,
    files: [...back.files, ...begun.files.filter(({ uploadId }) => !kept.has(uploadId))],
  }
}

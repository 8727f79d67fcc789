/** How drafts and files look over HTTP. */
import type { Attachment, Draft as Shown, LinkedFile } from '@kontor/api/inbox'
import type { CapturedAttachment, FileLink, Upload } from '../correspondence/index.ts'
import { uploadsById } from '../correspondence/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Draft } from './store-draft.ts'

export async function presentDrafts(tx: Tx, drafts: readonly Draft[]): Promise<Shown[]> {
  const ids = drafts.flatMap((draft) => draft.files.map(({ uploadId }) => uploadId))
  const uploads = ids.length === 0 ? new Map<string, Upload>() : await uploadsById(tx, ids)
  return drafts.map(({ files, changedAt, cc, ...draft }) => ({
    ...draft,
    cc: [...cc],
    changedAt: changedAt.toString(),
    files: files.flatMap(({ uploadId, asLink }) => {
      const upload = uploads.get(uploadId)
      if (upload === undefined) return []
      const { filename, size, contentType } = upload
      return [{ uploadId, asLink, filename, size, contentType }]
    }),
  }))
}

export async function presentDraft(tx: Tx, draft: Draft): Promise<Shown> {
  const [shown] = await presentDrafts(tx, [draft])
  if (shown === undefined) throw new Error('a draft could not be presented')
  return shown
}

const imageName = /\.(?:png|jpe?g|gif|webp)$/i

export function presentFile(
  { id, filename, contentType, size, blocked, contentId }: Omit<CapturedAttachment, 'sha256'>,
  html = '',
): Attachment {
  const image = !blocked && (/^image\/(?:png|jpe?g|gif|webp)$/i.test(contentType) || imageName.test(filename))
  const inline = contentId !== undefined && html.includes(`data-cid="${contentId}"`)
  return { id, filename, contentType, size, blocked, image, inline }
}

export function presentLink({ id, filename, size, expiresAt, revoked, downloads }: FileLink): LinkedFile {
  const until = expiresAt === undefined ? {} : { expiresAt: expiresAt.toString() }
  return { id, filename, size, revoked, downloads, ...until }
}

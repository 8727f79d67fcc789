/**
 * A file on its way up: begun with its name and size, brought in parts of 1 MiB that may be repeated, finished once all
 * of it is here. What is never finished or kept is forgotten after a week.
 */
import { cleanFilename } from '../mail/index.ts'
import { blobs } from '../platform/blob/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { partBytes } from './files.ts'
import type { Upload } from './store-upload.ts'
import { finishUpload, insertPiece, insertUpload, lockUpload, piecesOf, readPieces } from './store-upload.ts'

const pieceBytes = 256 * 1024
const piecesPerPart = partBytes / pieceBytes
const mediaType = /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/

export async function beginUpload(
  tx: Tx,
  { id, by, ...file }: { id: string; by: string; filename: string; contentType: string; size: number },
): Promise<Upload> {
  const contentType = file.contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const upload = {
    id,
    filename: cleanFilename(file.filename),
    contentType:
      mediaType.test(contentType) && !contentType.startsWith('multipart/')
        ? contentType
        : 'application/octet-stream',
    size: file.size,
  }
  await insertUpload(tx, { ...upload, by })
  return upload
}

export type PartOutcome = 'kept' | 'not_found' | 'wrong_size'

/** Part `n` of an upload; every part but the last has `partBytes`. */
export async function addPart(
  tx: Tx,
  id: string,
  { n, bytes }: { readonly n: number; readonly bytes: Uint8Array },
): Promise<PartOutcome> {
  const upload = await lockUpload(tx, id)
  if (upload === undefined || upload.sha256 !== undefined) return 'not_found'
  const wanted = Math.min(partBytes, upload.size - n * partBytes)
  if (wanted <= 0 || bytes.byteLength !== wanted) return 'wrong_size'
  for (let at = 0, piece = n * piecesPerPart; at < bytes.byteLength; at += pieceBytes, piece += 1) {
    await insertPiece(tx, id, { n: piece, content: bytes.subarray(at, at + pieceBytes) })
  }
  return 'kept'
}

/** The finished upload; `incomplete` when parts are missing. Finishing again is the same. */
export async function completeUpload(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<Upload | 'not_found' | 'incomplete'> {
  const upload = await lockUpload(tx, id)
  if (upload === undefined) return 'not_found'
  if (upload.sha256 !== undefined) return upload
  const { bytes, whole } = await piecesOf(tx, id)
  if (!whole || bytes !== upload.size) return 'incomplete'
  const { sha256 } = await blobs.putPieces(tx, workspaceId, () => readPieces(tx, id))
  await finishUpload(tx, id, sha256)
  return { ...upload, sha256 }
}

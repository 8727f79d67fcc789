/**
 * Files of mails to many: which uploads go with a text, and which of its files travel in the mails of a mailbox. Too large
 * for its provider, or of a kind that providers reject, a file goes as a link.
 */
import { filesLimit, fitted, uploadsById } from '../correspondence/index.ts'
import { refusedByProviders } from '../mail/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { MessageTexts, TextFile } from '../templates/index.ts'
import type { CampaignParts, Refusal } from './parts.ts'
import { refuse } from './parts.ts'
import type { Sender } from './sender.ts'

export interface Packed {
  readonly attached: readonly TextFile[]
  readonly linked: readonly TextFile[]
}

export function packed(
  { traits }: Pick<CampaignParts, 'traits'>,
  { provider }: Pick<Sender, 'provider'>,
  files: readonly TextFile[] = [],
): Packed {
  const limit = filesLimit(traits(provider)?.maxRawBytes ?? 0)
  const { attached } = fitted(
    files.filter(({ filename }) => !refusedByProviders(filename)),
    limit,
  )
  return { attached, linked: files.filter((file) => !attached.includes(file)) }
}

export interface ChosenFile extends TextFile {
  readonly uploadId: string
}

/** What was uploaded under these ids; `known` are files whose upload may be forgotten by now. */
export async function chosenFiles(
  tx: Tx,
  uploadIds: readonly string[],
  known: readonly ChosenFile[] = [],
): Promise<{ readonly ok: true; readonly files: readonly ChosenFile[] } | Refusal> {
  const uploads = await uploadsById(tx, uploadIds)
  const files: ChosenFile[] = []
  for (const uploadId of new Set(uploadIds)) {
    const kept = known.find((file) => file.uploadId === uploadId)
    const upload = uploads.get(uploadId)
    if (kept !== undefined) files.push(kept)
    else if (upload === undefined) return refuse('file_forgotten')
    else if (upload.sha256 === undefined) return refuse('file_unknown')
    else {
      const { filename, contentType, size, sha256 } = upload
      files.push({ uploadId, filename, contentType, size, sha256 })
    }
  }
  return { ok: true, files }
}

/** The message with the files that were chosen for it, in every language. */
export async function withFiles(
  tx: Tx,
  texts: MessageTexts,
  uploadIds: readonly string[] = [],
): Promise<{ readonly ok: true; readonly texts: MessageTexts } | Refusal> {
  if (uploadIds.length === 0) return { ok: true, texts }
  const chosen = await chosenFiles(tx, uploadIds)
  if (!chosen.ok) return chosen
  const files = chosen.files.map(({ uploadId: _upload, ...file }) => file)
  const { en, de } = texts
  return {
    ok: true,
    texts: {
      ...(en === undefined ? {} : { en: { ...en, files } }),
      ...(de === undefined ? {} : { de: { ...de, files } }),
    },
  }
}

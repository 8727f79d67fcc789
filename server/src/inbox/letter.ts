/**
 * Turns what a person typed into what leaves: layout cut to what a letter may have, its plain twin, the files that fit,
 * and links for those that do not. Refuses before anything is queued: a file that is not here yet, files too large for
 * the provider, types that providers reject, links while nobody outside could follow them.
 */
import type { MailFile } from '../correspondence/index.ts'
import {
  fileAddress,
  filesLimit,
  fits,
  linkLife,
  linksAsHtml,
  linksAsText,
  uploadsById,
} from '../correspondence/index.ts'
import { letterHtml, refusedByProviders, textToHtml } from '../mail/index.ts'
import type { Mailbox } from '../mailboxes/index.ts'
import { leadsHereOnly } from '../platform/public-address/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import { hashLinkToken, newLinkToken } from '../platform/link-token/index.ts'
import type { DraftWords } from './store-draft.ts'
import type { LetterFile } from './store-letter.ts'

export interface LetterParts {
  readonly ids: Ids
  readonly publicUrl: () => string
  /** Largest message of a provider. */
  readonly traits: (provider: Mailbox['provider']) => { readonly maxRawBytes: number } | undefined
}

export type LetterRefusal =
  | { readonly code: 'letter_empty' | 'file_unknown' | 'public_url_needed' }
  | { readonly code: 'files_too_large'; readonly values: { readonly limit: number } }
  | { readonly code: 'file_type_refused'; readonly values: { readonly name: string } }

export interface Prepared {
  readonly text: string
  readonly html: string | undefined
  readonly files: readonly LetterFile[]
  readonly links: readonly PreparedLink[]
}

interface PreparedLink extends MailFile {
  readonly id: string
  readonly tokenHash: Buffer
  readonly by: string
  readonly expiresAt: Temporal.Instant
}

export async function prepareLetter(
  parts: LetterParts,
  tx: Tx,
  {
    words,
    mailbox,
    language,
    by,
    now,
  }: {
    readonly words: DraftWords
    readonly mailbox: Pick<Mailbox, 'workspaceId' | 'provider' | 'practice'>
    readonly language: 'en' | 'de'
    readonly by: string
    readonly now: Temporal.Instant
  },
): Promise<Prepared | LetterRefusal> {
  const typed = words.html === undefined ? { html: undefined, text: words.text } : letterHtml(words.html)
  if (typed.text.trim() === '') return { code: 'letter_empty' }
  const uploads = await uploadsById(
    tx,
    words.files.map(({ uploadId }) => uploadId),
  )
  const attached: LetterFile[] = []
  const linked: LetterFile[] = []
  for (const { uploadId, asLink } of words.files) {
    const upload = uploads.get(uploadId)
    if (upload?.sha256 === undefined) return { code: 'file_unknown' }
    const { filename, contentType, size, sha256 } = upload
    if (!asLink && refusedByProviders(filename))
      return { code: 'file_type_refused', values: { name: filename } }
    ;(asLink ? linked : attached).push({ uploadId, filename, contentType, size, sha256 })
  }
  const limit = filesLimit(parts.traits(mailbox.provider)?.maxRawBytes ?? 0)
  if (
    !fits(
      attached.map(({ size }) => size),
      limit,
    )
  )
    return { code: 'files_too_large', values: { limit } }
  if (linked.length > 0 && !mailbox.practice && leadsHereOnly(parts.publicUrl()))
    return { code: 'public_url_needed' }
  const expiresAt = now.add(linkLife)
  const shown = linked.map((file) => {
    const token = newLinkToken(parts.ids, mailbox.workspaceId)
    return {
      file,
      token,
      filename: file.filename,
      size: file.size,
      url: fileAddress(parts.publicUrl(), token),
    }
  })
  const underHtml = linksAsHtml(shown, expiresAt, language)
  const html = typed.html ?? (underHtml === '' ? undefined : textToHtml(typed.text))
  return {
    text: typed.text + linksAsText(shown, expiresAt, language),
    html: html === undefined ? undefined : html + underHtml,
    files: attached,
    links: shown.map(({ file: { uploadId: _upload, ...file }, token }) => {
      return { ...file, id: parts.ids.uuid(), tokenHash: hashLinkToken(token), by, expiresAt }
    }),
  }
}

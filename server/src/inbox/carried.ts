/** What mails carry, whoever wrote them: files in them, and links to those that are too large. */
import type { FileLink } from '../correspondence/index.ts'
import { linksOf } from '../correspondence/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Letter, LetterFile } from './store-letter.ts'
import { lettersOf, textFilesOf } from './store-letter.ts'

export interface Carried {
  /** Of a personal mail. */
  readonly letter?: Letter
  readonly files: readonly LetterFile[]
  readonly links: readonly FileLink[]
}

/** By the id of a submission. */
export async function carriedBy(
  tx: Tx,
  submissionIds: readonly string[],
): Promise<ReadonlyMap<string, Carried>> {
  const letters = await lettersOf(tx, submissionIds)
  const texts = await textFilesOf(tx, submissionIds)
  const links = await linksOf(tx, submissionIds)
  return new Map(
    submissionIds.map((id) => {
      const letter = letters.get(id)
      const linked = links.get(id) ?? []
      const behind = new Set(linked.map(({ sha256, filename }) => `${sha256} ${filename}`))
      const files =
        letter?.files ??
        (texts.get(id) ?? []).filter(({ sha256, filename }) => !behind.has(`${sha256} ${filename}`))
      return [id, { files, links: linked, ...(letter === undefined ? {} : { letter }) }]
    }),
  )
}

/** A file of a mail that is being written, and which of them will go as links. */

export interface LetterFile {
  readonly uploadId: string
  readonly filename: string
  readonly size: number
  readonly asLink: boolean
  /** Of a kind that providers reject. */
  readonly linkOnly?: boolean
}

/**
 * Which files go as links so that the others fit under the limit of the sender: the largest first. What a person made a
 * link stays one.
 */
export function fitted(files: readonly LetterFile[], limit: number): readonly LetterFile[] {
  let attached = files.reduce((sum, file) => sum + (file.asLink ? 0 : file.size), 0)
  if (attached <= limit) return files
  const links = new Set<string>()
  for (const file of files.filter((one) => !one.asLink).toSorted((a, b) => b.size - a.size)) {
    if (attached <= limit) break
    attached -= file.size
    links.add(file.uploadId)
  }
  return files.map((file) => (links.has(file.uploadId) ? { ...file, asLink: true } : file))
}

/** In a mail to many, files of kinds that providers reject go as links, however small. */
export function rejectedAsLinks(files: readonly LetterFile[]): readonly LetterFile[] {
  return files.map((file) => (file.linkOnly ? { ...file, asLink: true } : file))
}

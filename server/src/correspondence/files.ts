/**
 * How much a mail can carry. A provider counts the whole message in its encoded form, so the files of a mail may have
 * about 73 % of its limit; and never more than 25 MB together, because many receivers refuse larger mails.
 */

/** Largest file behind a link. */
export const largestFile = 100 * 1024 * 1024
/** What one request of an upload brings: four pieces of a blob. */
export const partBytes = 1024 * 1024

const mostTogether = 25 * 1024 * 1024
const textBytes = 64 * 1024
// base64 in lines of 76 characters (RFC 2045 §6.8)
const grows = (4 / 3) * (78 / 76)

/** Bytes of files that fit into one mail of a provider whose messages may have `maxRawBytes`. */
export function filesLimit(maxRawBytes: number): number {
  return Math.max(0, Math.min(mostTogether, Math.floor((maxRawBytes - textBytes) / grows)))
}

/** Whether files of these sizes fit under the limit. */
export function fits(sizes: readonly number[], limit: number): boolean {
  return sizes.reduce((sum, size) => sum + size, 0) <= limit
}

/**
 * Which files travel in the mail and which go as links, so that the former fit under the limit: the largest becomes a
 * link first. Both in the order in which they were given.
 */
export function fitted<File extends { readonly size: number }>(
  files: readonly File[],
  limit: number,
): { readonly attached: readonly File[]; readonly linked: readonly File[] } {
  const linked = new Set<File>()
  for (const file of files.toSorted((a, b) => b.size - a.size)) {
    const sizes = files.filter((one) => !linked.has(one)).map(({ size }) => size)
    if (fits(sizes, limit)) break
    linked.add(file)
  }
  return {
    attached: files.filter((file) => !linked.has(file)),
    linked: files.filter((file) => linked.has(file)),
  }
}

/**
 * A brief is typed as plain text; a blank line parts paragraphs, lines with a dash make a list, a line `[image 1]` or
 * `[Bild 1]` shows that image. Images that no line names come at the end, so that none is lost. Writes no HTML.
 */

export type Paragraph =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly lines: readonly string[] }
  /** Counted from 1. */
  | { readonly kind: 'image'; readonly n: number }

const bullet = /^\s*[-–•*]\s+/
const imageLine = /^[ \t]*\[(?:image|bild) (\d+)\][ \t]*$/gim

export function paragraphs(body: string, images = 0): Paragraph[] {
  const shown = new Set<number>()
  const parts = body
    .replaceAll('\r\n', '\n')
    .replaceAll(imageLine, '\n$&\n')
    .split(/\n\s*\n/)
    .map((block) => block.trim())
    .filter((block) => block !== '')
    .flatMap((block): Paragraph[] => {
      const n = imageOf(block)
      if (n === undefined || n < 1 || n > images) return [wordsOf(block)]
      if (shown.has(n)) return []
      shown.add(n)
      return [{ kind: 'image', n }]
    })
  const rest = Array.from({ length: images }, (_, at) => at + 1).filter((n) => !shown.has(n))
  return [...parts, ...rest.map((n) => ({ kind: 'image', n }) as const)]
}

function wordsOf(block: string): Paragraph {
  const lines = block.split('\n')
  return lines.every((line) => bullet.test(line))
    ? { kind: 'list', lines: lines.map((line) => line.replace(bullet, '').trim()) }
    : { kind: 'text', text: block }
}

function imageOf(block: string): number | undefined {
  const [found] = block.matchAll(imageLine)
  return found?.[0] === block ? Number(found[1]) : undefined
}

/** Puts the line of an image into the text, on its own between paragraphs. */
export function withImage(body: string, at: number, line: string): string {
  const [before, after] = [body.slice(0, at).trimEnd(), body.slice(at).trimStart()]
  return [before, line, after].filter((part) => part !== '').join('\n\n')
}

/** Takes the line of an image away; those behind it move up. */
export function withoutImage(body: string, n: number): string {
  return body
    .replaceAll(imageLine, (line, digits: string) => {
      const number = Number(digits)
      if (number === n) return ''
      return number > n ? line.replace(digits, String(number - 1)) : line
    })
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

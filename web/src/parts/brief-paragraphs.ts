/** A brief is typed as plain text; a blank line parts paragraphs, lines with a dash make a list. Writes no HTML. */

export type Paragraph =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly lines: readonly string[] }

const bullet = /^\s*[-–•*]\s+/

export function paragraphs(body: string): Paragraph[] {
  return body
    .replaceAll('\r\n', '\n')
    .split(/\n\s*\n/)
    .map((block) => block.trim())
    .filter((block) => block !== '')
    .map((block): Paragraph => {
      const lines = block.split('\n')
      return lines.every((line) => bullet.test(line))
        ? { kind: 'list', lines: lines.map((line) => line.replace(bullet, '').trim()) }
        : { kind: 'text', text: block }
    })
}

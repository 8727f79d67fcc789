/**
 * Breaks a text into lines of a given width. Pure: the width of letters is asked of the caller. Breaks at spaces
 * alone; a word wider than the line, such as an address or a fingerprint, is cut, after a sign if there is one.
 */
import type { Text } from './paper.ts'
import { inlines } from './paper.ts'

export type Piece = { readonly text: string; readonly strong: boolean; readonly to: string | undefined }
export type Line = readonly Piece[]
export type Measure = (text: string, strong: boolean) => number
/** What stays together: pieces of different looks with no space between them, and the space that follows. */
type Word = readonly Piece[]

export function breakLines(text: Text, width: number, measure: Measure): readonly Line[] {
  const lines: Line[] = []
  let line: Word[] = []
  const close = () => {
    lines.push(joined(line.flat()))
    line = []
  }
  for (const word of wordsOf(text).flatMap((each) => cutToFit(each, width, measure))) {
    if (line.length > 0 && widthOf([...line, word], measure) > width) close()
    line.push(word)
  }
  if (line.length > 0 || lines.length === 0) close()
  return lines
}

/** The widest thing that cannot be broken, for the least width of a column. */
export function widestWord(text: Text, measure: Measure): number {
  return Math.max(0, ...wordsOf(text).map((word) => widthOf([word], measure)))
}

/** Piece by piece, so that a caller can remember what it measured; the space at the end takes no room. */
function widthOf(words: readonly Word[], measure: Measure): number {
  const pieces = words.flat()
  return pieces.reduce(
    (sum, { text, strong }, at) => sum + measure(at === pieces.length - 1 ? text.trimEnd() : text, strong),
    0,
  )
}

function wordsOf(text: Text): readonly Word[] {
  const words: Piece[][] = []
  let open = false
  for (const piece of piecesOf(text)) {
    const last = words.at(-1)
    if (open && last !== undefined) last.push(piece)
    else words.push([piece])
    open = !piece.text.endsWith(' ')
  }
  return words
}

function piecesOf(text: Text): readonly Piece[] {
  return inlines(text).flatMap((inline) => {
    const plain = typeof inline === 'string' ? inline : 'strong' in inline ? inline.strong : inline.link
    const strong = typeof inline !== 'string' && 'strong' in inline
    const to = typeof inline !== 'string' && 'to' in inline ? inline.to : undefined
    const parts = plain.replaceAll(/[\t\r\n]/g, ' ').match(/[^ ]* +|[^ ]+/g) ?? []
    return parts.map((part) => ({ text: part, strong, to }))
  })
}

function cutToFit(word: Word, width: number, measure: Measure): readonly Word[] {
  if (widthOf([word], measure) <= width) return [word]
  return word.flatMap((piece) => {
    const parts: Word[] = []
    let rest = piece.text
    while (rest.length > 1 && measure(rest.trimEnd(), piece.strong) > width) {
      let fits = 1
      while (fits < rest.length && measure(rest.slice(0, fits + 1), piece.strong) <= width) fits += 1
      const sign = /^.+[/@._-]/.exec(rest.slice(0, fits))?.[0].length
      const at = sign ?? fits
      parts.push([{ ...piece, text: rest.slice(0, at) }])
      rest = rest.slice(at)
    }
    return [...parts, [{ ...piece, text: rest }]]
  })
}

/** Neighbours of one look as one piece; the line ends without a space. */
function joined(line: readonly Piece[]): Line {
  const pieces: Piece[] = []
  for (const piece of line) {
    const last = pieces.at(-1)
    if (last?.strong === piece.strong && last.to === piece.to)
      pieces[pieces.length - 1] = { ...last, text: last.text + piece.text }
    else pieces.push(piece)
  }
  const end = pieces.at(-1)
  if (end !== undefined) pieces[pieces.length - 1] = { ...end, text: end.text.trimEnd() }
  return pieces
}

/** Web addresses in a plain text: each a piece of its own, shown no longer than anybody reads. */

export interface Piece {
  readonly text: string
  /** The whole address that `text` stands for. */
  readonly address?: string
}

const found = /https?:\/\/[^\s<>"]+/g
/** Punctuation of the sentence around an address. */
const after = /[.,;:!?)\]'’“”»]+$/
const longest = 60
const pathShown = 12

/** The text in pieces that read as before; of a long address its host and the begin of the path. */
export function withAddresses(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const { 0: match, index } of text.matchAll(found)) {
    const address = match.replace(after, '')
    pieces.push({ text: text.slice(from, index) }, { text: shown(address), address })
    from = index + address.length
  }
  pieces.push({ text: text.slice(from) })
  return pieces.filter((piece) => piece.text !== '')
}

function shown(address: string): string {
  const path = address.indexOf('/', address.indexOf('//') + 2)
  return address.length <= longest || path === -1 ? address : `${address.slice(0, path + pathShown)}…`
}

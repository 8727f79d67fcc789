/** People called in a note: "@Ben Weber". Who is meant while typing, and which pieces of a text are names. */

export interface Callable {
  readonly personId: string
  readonly name: string
}

/** What stands after the @ at the caret, when somebody is being called. */
export function calledAt(
  text: string,
  caret: number,
): { readonly from: number; readonly begun: string } | undefined {
  const found = /(?:^|[\s(])@([\p{L}\p{M}'-]*(?: [\p{L}\p{M}'-]*)?)$/u.exec(text.slice(0, caret))
  const begun = found?.[1]
  return begun === undefined ? undefined : { from: caret - begun.length - 1, begun }
}

/** People whose name, or a part of it, begins so. */
export function fitting<T extends Callable>(people: readonly T[], begun: string): readonly T[] {
  const wanted = begun.toLocaleLowerCase()
  return people
    .filter(({ name }) => {
      const lower = name.toLocaleLowerCase()
      return lower.startsWith(wanted) || lower.split(' ').some((part) => part.startsWith(wanted))
    })
    .slice(0, 6)
}

/** The text with the name in place of what was begun, and the caret after it. */
export function completed(
  text: string,
  caret: number,
  { from, name }: { readonly from: number; readonly name: string },
): { readonly text: string; readonly caret: number } {
  const before = `${text.slice(0, from)}@${name} `
  return { text: before + text.slice(caret).replace(/^ /, ''), caret: before.length }
}

/** Ids of those who stand in the text by their full name. */
export function mentionedIn(text: string, people: readonly Callable[]): string[] {
  return people.filter(({ name }) => text.includes(`@${name}`)).map(({ personId }) => personId)
}

export interface Piece {
  readonly at: number
  readonly text: string
  readonly mention: boolean
}

/** A note's text in pieces: plain, and the names that it calls. */
export function piecesOf(text: string, names: readonly string[]): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  const calls = names.map((name) => `@${name}`).toSorted((a, b) => b.length - a.length)
  for (let look = text.indexOf('@'); look !== -1; look = text.indexOf('@', look + 1)) {
    const call = calls.find((one) => text.startsWith(one, look))
    if (call === undefined) continue
    if (look > at) pieces.push({ at, text: text.slice(at, look), mention: false })
    pieces.push({ at: look, text: call, mention: true })
    at = look + call.length
  }
  if (at < text.length) pieces.push({ at, text: text.slice(at), mention: false })
  return pieces
}

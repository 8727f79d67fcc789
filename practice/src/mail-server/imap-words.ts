/** Reads one IMAP command (RFC 9051 §9): words, quoted strings, lists and literals. */
import type { Wire } from './wire.ts'

export type Word = string | Literal | readonly Word[]
export interface Literal {
  readonly literal: Buffer
}

export interface Command {
  readonly tag: string
  readonly words: readonly Word[]
}

/** The next command with its literals; undefined when the client is gone. */
export async function readCommand(wire: Wire): Promise<Command | undefined> {
  const pieces: (string | Literal)[] = []
  for (;;) {
    const line = await wire.line()
    if (line === undefined) return undefined
    const count = /\{(\d+)(\+?)\}$/.exec(line)
    if (count === null) {
      pieces.push(line)
      break
    }
    pieces.push(line.slice(0, count.index))
    if (count[2] === '') wire.say('+ go on')
    const literal = await wire.bytes(Number(count[1]))
    if (literal === undefined) return undefined
    pieces.push({ literal })
  }
  const [tag = '*', ...words] = wordsOf(pieces)
  return { tag: textOf(tag), words }
}

/** A word as text; a list has none. */
export function textOf(word: Word | undefined): string {
  if (typeof word === 'string') return word
  return word !== undefined && 'literal' in word ? word.literal.toString('latin1') : ''
}

export function listOf(word: Word | undefined): readonly Word[] {
  return Array.isArray(word) ? word : word === undefined ? [] : [word]
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[()]|[^\s()"[]+(?:\[[^\]]*\](?:<[^>]*>)?)?/g

function wordsOf(pieces: readonly (string | Literal)[]): readonly Word[] {
  const tokens = pieces.flatMap((piece): readonly (string | Literal)[] =>
    typeof piece === 'string' ? [...piece.matchAll(TOKEN)].map(([token]) => token) : [piece],
  )
  return listFrom(tokens, { next: 0 })
}

/** Words up to the end or to the bracket that closes this list. */
function listFrom(tokens: readonly (string | Literal)[], at: { next: number }): Word[] {
  const words: Word[] = []
  for (let token = tokens[at.next++]; token !== undefined && token !== ')'; token = tokens[at.next++]) {
    if (token === '(') words.push(listFrom(tokens, at))
    else if (typeof token === 'string' && token.startsWith('"')) words.push(unquoted(token))
    else words.push(token)
  }
  return words
}

function unquoted(token: string): string {
  return token.slice(1, -1).replaceAll(/\\(.)/g, '$1')
}

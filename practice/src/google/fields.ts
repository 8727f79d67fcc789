/**
 * Google's partial responses: `fields=id,payload(headers,body/size),messages/id`. A slash goes into a field, brackets choose
 * several inside it, a star takes everything; lists are gone through element by element.
 */

/** What to keep of an object: `all`, or each chosen name with its own choice. */
export type Selection = 'all' | ReadonlyMap<string, Selection>

export class FieldsError extends Error {
  override readonly name = 'FieldsError'
}

/** Reads the parameter; throws FieldsError when it is not well formed. */
export function parseFields(text: string): Selection {
  const cursor = { text, at: 0 }
  const selection = parseList(cursor)
  if (cursor.at !== text.length) throw new FieldsError(`Invalid field selection ${text}`)
  return selection
}

interface Cursor {
  readonly text: string
  at: number
}

function parseList(cursor: Cursor): Selection {
  let chosen: Selection = new Map()
  do {
    chosen = merge(chosen, parsePath(cursor))
  } while (take(cursor, ','))
  return chosen
}

function parsePath(cursor: Cursor): Selection {
  const match = /^[\w*-]+/.exec(cursor.text.slice(cursor.at))
  if (match === null) throw new FieldsError(`Invalid field selection ${cursor.text}`)
  cursor.at += match[0].length
  return new Map([[match[0], parseInner(cursor)]])
}

function parseInner(cursor: Cursor): Selection {
  if (take(cursor, '/')) return parsePath(cursor)
  if (!take(cursor, '(')) return 'all'
  const inner = parseList(cursor)
  if (!take(cursor, ')')) throw new FieldsError(`Invalid field selection ${cursor.text}`)
  return inner
}

function take(cursor: Cursor, character: string): boolean {
  if (cursor.text[cursor.at] !== character) return false
  cursor.at += 1
  return true
}

function merge(one: Selection, other: Selection): Selection {
  if (one === 'all' || other === 'all') return 'all'
  const both = new Map(one)
  for (const [name, inner] of other) {
    const present = both.get(name)
    both.set(name, present === undefined ? inner : merge(present, inner))
  }
  return both
}

/**
 * The chosen part of a JSON value. Names that are not there are left out, and so is an object of which nothing is left;
 * an element of a list stays, as an empty object.
 */
export function select(value: unknown, selection: Selection): unknown {
  if (selection === 'all') return value
  if (Array.isArray(value))
    return (value as readonly unknown[]).map((element) => select(element, selection) ?? {})
  if (typeof value !== 'object' || value === null) return undefined
  const kept = Object.entries(value).flatMap(([name, inner]) => {
    const choice = selection.get(name) ?? selection.get('*')
    const chosen: unknown = choice === undefined ? undefined : select(inner, choice)
    return chosen === undefined ? [] : [[name, chosen] as const]
  })
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}

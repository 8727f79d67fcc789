/**
 * Sorts lines of an import: who is new, who is known, and what is wrong with the rest. Pure but for the addresses it has
 * seen, which grow from chunk to chunk. The preview and the import sort in the same way.
 */
import type { CsvLine } from './csv.ts'
import type { ListedPerson, Wrong } from './person.ts'
import { isWrong, readPerson } from './person.ts'
import type { Role } from './roles.ts'

export interface ReadLine {
  readonly line: number
  readonly person: ListedPerson
}
export interface WrongLine extends Wrong {
  readonly line: number
  readonly contactId?: string
}

export interface Sorted {
  readonly fresh: readonly ReadLine[]
  readonly known: readonly (ReadLine & { readonly contactId: string })[]
  readonly wrong: readonly WrongLine[]
}

/** Reads the lines; a second one with an address of an earlier one is a duplicate. `seen`: address → line. */
export function readLines(
  lines: readonly CsvLine[],
  roles: readonly Role[],
  seen: Map<string, number>,
): { readonly read: readonly ReadLine[]; readonly wrong: readonly WrongLine[] } {
  const read: ReadLine[] = []
  const wrong: WrongLine[] = []
  for (const { line, cells } of lines) {
    const person = readPerson(cells, roles)
    if (isWrong(person)) {
      wrong.push({ line, ...person })
      continue
    }
    const keys = keysOf(person)
    const before = keys.map((key) => seen.get(key)).find((each) => each !== undefined)
    if (before !== undefined) {
      wrong.push({ line, code: 'duplicate', detail: String(before) })
      continue
    }
    for (const key of keys) seen.set(key, line)
    read.push({ line, person })
  }
  return { read, wrong }
}

/** `owners`: address → contact, for every address of these people that belongs to somebody. */
export function sortPeople(read: readonly ReadLine[], owners: ReadonlyMap<string, string>): Sorted {
  const fresh: ReadLine[] = []
  const known: (ReadLine & { contactId: string })[] = []
  const wrong: WrongLine[] = []
  for (const each of read) {
    const ids = new Set(keysOf(each.person).flatMap((key) => owners.get(key) ?? []))
    const [contactId, second] = ids
    if (contactId === undefined) fresh.push(each)
    else if (second === undefined) known.push({ ...each, contactId })
    else wrong.push({ line: each.line, code: 'addresses_of_two', detail: each.person.address, contactId })
  }
  return { fresh, known, wrong }
}

export function keysOf(person: ListedPerson): readonly string[] {
  return [...new Set([person.addressKey, ...person.further.map((address) => address.addressKey)])]
}

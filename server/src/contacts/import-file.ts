/**
 * Importing a list from a file.
 *
 * 1. The file is sent in parts, so that a large one passes and a broken connection costs one part.
 * 2. It is read: bytes into text, text into lines, and each line is written down. What every column is about is guessed.
 * 3. Somebody says what the columns are; a preview sorts every line without changing anything.
 * 4. The import runs chunk by chunk (import-lines.ts). A failed line stays with its reason, to be mended and read again.
 */
import { addressKey } from '../mail/index.ts'
import { audit } from '../team/index.ts'
import type { Actor } from '../team/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Contact, Writer } from './contact.ts'
import { advanceImport } from './import-lines.ts'
import type { Separator } from './import/csv.ts'
import { parseCsv } from './import/csv.ts'
import { decode } from './import/decode.ts'
import { patchOf } from './import/draft.ts'
import type { Role } from './import/roles.ts'
import { guessRoles, isHeaded } from './import/roles.ts'
import type { ReadLine, WrongLine } from './import/sort.ts'
import { keysOf, readLines, sortPeople } from './import/sort.ts'
import type { ImportWish } from './import/wish.ts'
import { contactsById, ownersOf } from './store.ts'
import type { ContactImport } from './store-import.ts'
import {
  importById,
  insertImport,
  linesAfter,
  partsOf,
  putPart,
  setImportState,
  startLines,
  writeLines,
} from './store-import.ts'

export type ImportRefusal = {
  readonly ok: false
  readonly code:
    | 'import_unknown'
    | 'import_started'
    | 'import_not_read'
    | 'import_empty'
    | 'import_too_long'
    | 'no_address_column'
  readonly values?: Readonly<Record<string, string | number>>
}

const mostLines = 100_000
const chunk = 5000
const shownLines = 5

export async function beginImport(
  tx: Tx,
  writer: Writer,
  { fileName, by }: { readonly fileName: string; readonly by: string },
): Promise<ContactImport> {
  const id = writer.ids.uuid()
  await insertImport(tx, writer.workspaceId, { id, fileName, createdBy: by })
  const made = await importById(tx, id)
  if (made === undefined) throw new Error('an import vanished')
  return made
}

/** False when the import is unknown or was read already. */
export async function sendPart(
  tx: Tx,
  writer: Writer,
  part: { readonly importId: string; readonly n: number; readonly content: Uint8Array },
): Promise<boolean> {
  const found = await importById(tx, part.importId, 'locked')
  if (found?.state !== 'sent') return false
  await putPart(tx, writer.workspaceId, part)
  return true
}

export interface ReadFile {
  readonly ok: true
  readonly import: ContactImport
  readonly headed: boolean
  readonly roles: readonly Role[]
  /** The first lines as they were read. */
  readonly sample: readonly (readonly string[])[]
}

/** Reads the file into lines; reading it again shows the same. */
export async function readFile(
  tx: Tx,
  writer: Writer,
  { importId, separator }: { readonly importId: string; readonly separator?: Separator | undefined },
): Promise<ReadFile | ImportRefusal> {
  const found = await importById(tx, importId, 'locked')
  if (found === undefined) return { ok: false, code: 'import_unknown' }
  if (found.state === 'sent') {
    const { text, encoding } = decode(await partsOf(tx, importId))
    const parsed = parseCsv(text, separator)
    if (parsed.lines.length === 0) return { ok: false, code: 'import_empty' }
    if (parsed.lines.length > mostLines) {
      return { ok: false, code: 'import_too_long', values: { lines: parsed.lines.length, most: mostLines } }
    }
    await writeLines(tx, writer.workspaceId, importId, { ...parsed, encoding })
  }
  return await seeImport(tx, importId)
}

export async function seeImport(tx: Tx, importId: string): Promise<ReadFile | ImportRefusal> {
  const found = await importById(tx, importId)
  if (found === undefined) return { ok: false, code: 'import_unknown' }
  if (found.state === 'sent') return { ok: false, code: 'import_not_read' }
  const lines = await linesAfter(tx, importId, { after: 0, limit: 50, open: false })
  const [first = [], ...next] = lines.map(({ cells }) => cells)
  return {
    ok: true,
    import: found,
    headed: found.wish?.headed ?? isHeaded(first, next),
    roles: found.wish?.roles ?? guessRoles(first, next),
    sample: [first, ...next].slice(0, shownLines + 1),
  }
}

export interface ImportPreview {
  readonly ok: true
  readonly added: number
  readonly filled: number
  readonly known: number
  readonly failed: number
  /** The first new people as they would be stored. */
  readonly people: readonly ReadLine[]
  readonly problems: readonly WrongLine[]
}

const shownPeople = 20
const shownProblems = 100

/** Sorts every line as the import would, and changes nothing. */
export async function previewImport(
  tx: Tx,
  { importId, wish }: { readonly importId: string; readonly wish: ImportWish },
): Promise<ImportPreview | ImportRefusal> {
  const refusal = await refusalOf(tx, importId, wish)
  if (refusal !== undefined) return refusal
  const seen = new Map<string, number>()
  const people: ReadLine[] = []
  const problems: WrongLine[] = []
  const figures = { added: 0, filled: 0, known: 0, failed: 0 }
  let after = 0
  let skip = wish.headed ? 1 : 0
  for (;;) {
    const lines = await linesAfter(tx, importId, { after, limit: chunk, open: false })
    const last = lines.at(-1)
    if (last === undefined) break
    after = last.line
    const { read, wrong } = readLines(lines.slice(skip), wish.roles, seen)
    skip = 0
    const sorted = sortPeople(
      read,
      await ownersOf(
        tx,
        read.flatMap(({ person }) => keysOf(person)),
      ),
    )
    const contacts = new Map(
      (
        await contactsById(
          tx,
          sorted.known.map(({ contactId }) => contactId),
        )
      ).map((contact) => [contact.id, contact]),
    )
    const filled = sorted.known.filter(({ contactId, person }) =>
      changes(contacts.get(contactId), person, wish),
    )
    figures.added += sorted.fresh.length
    figures.filled += filled.length
    figures.known += sorted.known.length - filled.length
    figures.failed += wrong.length + sorted.wrong.length
    people.push(...sorted.fresh.slice(0, shownPeople - people.length))
    problems.push(...[...wrong, ...sorted.wrong].slice(0, shownProblems - problems.length))
  }
  return { ok: true, ...figures, people, problems: problems.toSorted((a, b) => a.line - b.line) }
}

function changes(contact: Contact | undefined, person: ReadLine['person'], wish: ImportWish): boolean {
  if (contact === undefined) return false
  const had = new Set([contact.address, ...contact.otherAddresses].map((address) => addressKey(address)))
  const further = wish.onKnown !== 'leave' && keysOf(person).some((key) => !had.has(key))
  return further || patchOf(contact, person, wish) !== undefined
}

/** Starts the import; the same wish again answers with how far it is. */
export async function startImport(
  tx: Tx,
  writer: Writer,
  actor: Actor,
  { importId, wish }: { readonly importId: string; readonly wish: ImportWish },
): Promise<{ readonly ok: true; readonly import: ContactImport } | ImportRefusal> {
  const refusal = await refusalOf(tx, importId, wish)
  const found = await importById(tx, importId, 'locked')
  if (found === undefined || refusal?.code === 'import_unknown') return { ok: false, code: 'import_unknown' }
  if (found.wish !== undefined) {
    const sameWish = JSON.stringify(ordered(found.wish)) === JSON.stringify(ordered(wish))
    if (!sameWish) return { ok: false, code: 'import_started' }
    if (found.state === 'stopped') {
      await setImportState(tx, importId, { from: 'stopped', to: 'running' })
      await advanceImport(tx, writer, importId)
    }
  } else {
    if (refusal !== undefined) return refusal
    await startLines(tx, importId, wish)
    await audit(tx, {
      actor,
      action: 'contacts.imported',
      subject: found.fileName,
      detail: { lines: found.lines },
    })
    await advanceImport(tx, writer, importId)
  }
  const started = await importById(tx, importId)
  return started === undefined ? { ok: false, code: 'import_unknown' } : { ok: true, import: started }
}

/** Stops a running import; what was taken in stays. */
export async function stopImport(
  tx: Tx,
  importId: string,
): Promise<{ readonly ok: true; readonly import: ContactImport } | ImportRefusal> {
  await setImportState(tx, importId, { from: 'running', to: 'stopped' })
  const found = await importById(tx, importId)
  return found === undefined ? { ok: false, code: 'import_unknown' } : { ok: true, import: found }
}

async function refusalOf(tx: Tx, importId: string, wish: ImportWish): Promise<ImportRefusal | undefined> {
  const found = await importById(tx, importId)
  if (found === undefined) return { ok: false, code: 'import_unknown' }
  if (found.state === 'sent') return { ok: false, code: 'import_not_read' }
  return wish.roles.includes('address') ? undefined : { ok: false, code: 'no_address_column' }
}

function ordered(wish: ImportWish): unknown {
  return Object.entries(wish).toSorted(([a], [b]) => a.localeCompare(b))
}

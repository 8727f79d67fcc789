/**
 * Going on with an import, chunk by chunk: each chunk is one transaction, and what became of its lines is written down
 * with it. A process that dies loses at most the chunk it was in.
 */
import type { Tx } from '../platform/db/index.ts'
import type { Emit, EventHandler } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { Contact, Writer } from './contact.ts'
import { draftOf, patchOf } from './import/draft.ts'
import type { ReadLine, WrongLine } from './import/sort.ts'
import { keysOf, readLines, sortPeople } from './import/sort.ts'
import type { ImportWish } from './import/wish.ts'
import { contactsById, ownersOf } from './store.ts'
import type { LineNote } from './store-import.ts'
import { earlierLines, importById, linesAfter, noteLines, setImportState } from './store-import.ts'
import { insertContacts, insertFurther, setDoNotContact, updateContact } from './store-write.ts'

const chunk = 1000

/** Handler of `import.advanced`: takes the next lines of an import that still runs. */
export function continueImport(parts: { readonly ids: Ids; readonly emit: Emit }): EventHandler {
  return async (tx, { workspaceId, subject, payload }) => {
    if (subject === undefined || payload['state'] !== 'running') return
    await advanceImport(tx, { ...parts, workspaceId }, subject)
  }
}

/** One chunk; calls for the next one while lines are left. */
export async function advanceImport(tx: Tx, writer: Writer, importId: string): Promise<void> {
  const found = await importById(tx, importId, 'locked')
  if (found?.state !== 'running' || found.wish === undefined) return
  const lines = await linesAfter(tx, importId, { after: 0, limit: chunk, open: true })
  const { wish } = found
  if (lines.length > 0) {
    const { read, wrong } = readLines(lines, wish.roles, new Map())
    const taken = await takeIn(tx, writer, { importId, wish }, read)
    await noteLines(tx, importId, [...taken, ...wrong.map(failed)])
  }
  const done = lines.length < chunk
  if (done) await setImportState(tx, importId, { from: 'running', to: 'done' })
  const { workspaceId } = writer
  const state = done ? 'done' : 'running'
  await writer.emit(tx, { workspaceId, type: 'import.advanced', subject: importId, payload: { state } })
  if (lines.length > 0) await writer.emit(tx, { workspaceId, type: 'contact.changed', payload: {} })
}

async function takeIn(
  tx: Tx,
  writer: Writer,
  under: { readonly importId: string; readonly wish: ImportWish },
  read: readonly ReadLine[],
): Promise<readonly LineNote[]> {
  const owners = await ownersOf(
    tx,
    read.flatMap(({ person }) => keysOf(person)),
  )
  const sorted = sortPeople(read, owners)
  const fresh = sorted.fresh.map((each) => ({
    ...each,
    contact: {
      ...draftOf(each.person, under.wish),
      id: writer.ids.uuid(),
      addressKey: each.person.addressKey,
    },
  }))
  // somebody else may add the same person at this moment: then the line is about a known one
  const { known: raced } = await insertContacts(
    tx,
    writer.workspaceId,
    fresh.map(({ contact }) => contact),
  )
  const added = fresh.filter(({ contact }) => !raced.has(contact.addressKey))
  await insertFurther(
    tx,
    writer.workspaceId,
    added.flatMap(({ person, contact }) =>
      person.further.map((address) => ({ ...address, contactId: contact.id })),
    ),
  )
  await setDoNotContact(
    tx,
    added.filter(({ person }) => person.doNotContact === true).map(({ contact }) => contact.id),
  )
  const late = fresh.flatMap(({ line, person, contact }) => {
    const contactId = raced.get(contact.addressKey)
    return contactId === undefined ? [] : [{ line, person, contactId }]
  })
  return [
    ...added.map(({ line, contact }): LineNote => ({ line, outcome: 'added', contactId: contact.id })),
    ...(await takeKnown(tx, writer, under, [...sorted.known, ...late])),
    ...sorted.wrong.map(failed),
  ]
}

async function takeKnown(
  tx: Tx,
  writer: Writer,
  { importId, wish }: { readonly importId: string; readonly wish: ImportWish },
  known: readonly (ReadLine & { readonly contactId: string })[],
): Promise<readonly LineNote[]> {
  const ids = known.map(({ contactId }) => contactId)
  const earlier = await earlierLines(tx, importId, ids)
  const contacts = new Map((await contactsById(tx, ids)).map((contact) => [contact.id, contact]))
  const notes: LineNote[] = []
  for (const { line, person, contactId } of known) {
    const before = earlier.get(contactId)
    const contact = contacts.get(contactId)
    if (before !== undefined) {
      notes.push({ line, outcome: 'failed', code: 'duplicate', detail: String(before), contactId })
    } else if (contact === undefined) {
      notes.push({ line, outcome: 'known', contactId })
    } else {
      const filled = await fill(tx, writer, contact, person, wish)
      notes.push({ line, outcome: filled ? 'filled' : 'known', contactId })
    }
  }
  return notes
}

async function fill(
  tx: Tx,
  writer: Writer,
  contact: Contact,
  person: ReadLine['person'],
  wish: ImportWish,
): Promise<boolean> {
  const patch = patchOf(contact, person, wish)
  const { address: _, otherAddresses: __, ...rest } = patch ?? {}
  if (patch !== undefined) await updateContact(tx, contact.id, rest)
  if (wish.onKnown === 'leave') return false
  const all = [person, ...person.further].map(({ address, addressKey }) => ({
    address,
    addressKey,
    contactId: contact.id,
  }))
  const had = await insertFurther(tx, writer.workspaceId, all)
  return patch !== undefined || had.length < all.length
}

function failed({ line, code, detail, contactId }: WrongLine): LineNote {
  return { line, outcome: 'failed', code, detail, ...(contactId === undefined ? {} : { contactId }) }
}

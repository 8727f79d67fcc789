/**
 * Adding pasted people: those who are new become contacts, those who are known are named, broken lines are reported.
 */
import type { Tx } from '../platform/db/index.ts'
import type { Contact, Language, Writer } from './contact.ts'
import { bareDraft } from './contact.ts'
import { parsePaste } from './paste.ts'
import type { PasteProblem } from './paste.ts'
import { contactsById } from './store.ts'
import type { ContactToInsert } from './store-write.ts'
import { insertContacts } from './store-write.ts'

export interface PasteOutcome {
  readonly added: readonly Contact[]
  readonly known: readonly { readonly line: number; readonly text: string; readonly contactId: string }[]
  readonly problems: readonly PasteProblem[]
}

const chunk = 1000

/** Adds everybody in one transaction, in the order of the lines. */
export async function addPasted(
  tx: Tx,
  writer: Writer,
  { text, language }: { readonly text: string; readonly language: Language },
): Promise<PasteOutcome> {
  const { people, problems } = parsePaste(text)
  const rows = people.map((person) => ({ person, contact: draftOf(writer.ids.uuid(), person, language) }))
  const known = new Map<string, string>()
  for (let at = 0; at < rows.length; at += chunk) {
    const part = rows.slice(at, at + chunk).map(({ contact }) => contact)
    for (const [key, id] of (await insertContacts(tx, writer.workspaceId, part)).known) known.set(key, id)
  }
  const addedIds = rows
    .filter(({ contact }) => !known.has(contact.addressKey))
    .map(({ contact }) => contact.id)
  const byId = new Map((await contactsById(tx, addedIds)).map((contact) => [contact.id, contact]))
  if (addedIds.length > 0) {
    await writer.emit(tx, { workspaceId: writer.workspaceId, type: 'contact.changed', payload: {} })
  }
  return {
    added: addedIds.flatMap((id) => byId.get(id) ?? []),
    known: rows.flatMap(({ person: { line, text: shown, addressKey } }) => {
      const contactId = known.get(addressKey)
      return contactId === undefined ? [] : [{ line, text: shown, contactId }]
    }),
    problems,
  }
}

function draftOf(
  id: string,
  person: {
    readonly name: string
    readonly address: string
    readonly addressKey: string
    readonly handle: string
  },
  language: Language,
): ContactToInsert {
  const { name, address, addressKey, handle } = person
  return { ...bareDraft, id, name, address, addressKey, handle, language }
}

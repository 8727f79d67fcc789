/**
 * Somebody asked us, under an address that nobody has confirmed. Whoever has the address already stays as the team knows
 * them; otherwise a contact begins, whose basis says how it came here. What is typed is judged before anybody is looked
 * for, so that a refusal says nothing about who is known.
 */
import { isAddress, parseAddress } from '../mail/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { createContact } from './change.ts'
import type { Language, Writer } from './contact.ts'
import { bareDraft } from './contact.ts'
import { isName } from './facts.ts'
import { ownersOf } from './store.ts'

export type ComeInOutcome =
  | { readonly ok: true; readonly contactId: string }
  | { readonly ok: false; readonly code: 'address_invalid' | 'name_invalid' }

export async function comeIn(
  tx: Tx,
  writer: Writer,
  who: {
    readonly name: string
    readonly address: string
    readonly language: Language
    /** Where and how the person asked. */
    readonly source: string
  },
): Promise<ComeInOutcome> {
  const { name, address, language, source } = who
  if (!isName(name)) return { ok: false, code: 'name_invalid' }
  const parsed = parseAddress(address)
  if (!isAddress(parsed)) return { ok: false, code: 'address_invalid' }
  const known = (await ownersOf(tx, [parsed.key])).get(parsed.key)
  if (known !== undefined) return { ok: true, contactId: known }
  const draft = { ...bareDraft, name, address, language, basis: 'asked_us', basisSource: source } as const
  const created = await createContact(tx, writer, draft)
  if (created.ok) return { ok: true, contactId: created.contact.id }
  // somebody else was quicker with the same address
  if (created.refusal.code === 'contact_known') return { ok: true, contactId: created.refusal.contactId }
  throw new Error('a name and an address that were judged are refused', { cause: created.refusal })
}

/**
 * Somebody asked us, under an address that nobody has confirmed. Whoever has the address already stays as the team knows
 * them; otherwise a contact begins, whose basis says how it came here. What is typed is judged before anybody is looked
 * for, so that a refusal says nothing about who is known.
 */
import type { Tx } from '../platform/db/index.ts'
import { createContact } from './change.ts'
import type { Language, Writer } from './contact.ts'
import { bareDraft } from './contact.ts'

export type ComeInOutcome =
  | { readonly ok: true; readonly contactId: string }
  | { readonly ok: false; readonly wrong: 'address' | 'name' }

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
  const { source: basisSource, ...typed } = who
  const outcome = await createContact(tx, writer, { ...bareDraft, ...typed, basis: 'asked_us', basisSource })
  if (outcome.ok) return { ok: true, contactId: outcome.contact.id }
  const { refusal } = outcome
  if (refusal.code === 'contact_known') return { ok: true, contactId: refusal.contactId }
  if (refusal.code === 'name_invalid') return { ok: false, wrong: 'name' }
  if (refusal.code === 'address_invalid') return { ok: false, wrong: 'address' }
  throw new Error('what nobody typed is refused', { cause: refusal })
}

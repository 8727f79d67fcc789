/**
 * The signature of a mailbox: simple layout, and always its plain twin, since every mail has a plain text too. What a
 * person typed or a provider keeps is cut to paragraphs, bold, italic, lists and links; images and styles are not.
 */
import { letterHtml } from '../mail/index.ts'
import type { Purpose } from './ledger.ts'
import type { Mailbox } from './mailbox.ts'
import type { Mailboxes } from './mailboxes.ts'

export interface Signature {
  readonly signature: string
  readonly signatureHtml: string
}

/** Both forms of a signature with layout. An empty one has neither. */
export function signatureOf(html: string): Signature {
  const letter = letterHtml(html)
  const [signature, signatureHtml] = [letter.text.trim(), letter.html]
  return signature === '' ? { signature: '', signatureHtml: '' } : { signature, signatureHtml }
}

/** What the provider keeps for this address, offered and not taken: the person decides. */
export interface SignatureOffer extends Signature {
  readonly displayName: string
}

export type OfferOutcome =
  | { readonly ok: true; readonly offer: SignatureOffer }
  | { readonly ok: false; readonly problem: 'signature_unreadable' | 'signature_none' | 'provider_away' }

const purpose: Purpose = 'identities'

/** Asks the provider. Only Gmail keeps signatures where we may read them, and only with Full Access. */
export async function offerSignature(
  mailboxes: Pick<Mailboxes, 'open'>,
  mailbox: Pick<Mailbox, 'workspaceId' | 'id' | 'provider' | 'level' | 'addressKey'>,
  signal: AbortSignal,
): Promise<OfferOutcome> {
  if (mailbox.provider !== 'gmail' || mailbox.level !== 'full')
    return { ok: false, problem: 'signature_unreadable' }
  const opened = await mailboxes.open(mailbox.workspaceId, mailbox.id, purpose)
  const found = opened.ok ? await opened.value.identities(signal) : opened
  if (!found.ok) return { ok: false, problem: 'provider_away' }
  const own = found.value.find(({ address }) => address.toLowerCase() === mailbox.addressKey)
  const kept = own ?? found.value.find(({ primary }) => primary)
  const both = signatureOf(kept?.signatureHtml ?? '')
  if (kept === undefined || both.signature === '') return { ok: false, problem: 'signature_none' }
  return { ok: true, offer: { displayName: kept.name, ...both } }
}

/**
 * Mailboxes that an organisation shares with an account (Microsoft). The provider lists none, so a person types the
 * address, and what the account may do there shows when it does it.
 *
 * 1. The account's grant must cover shared mailboxes; that is asked for only now. 2. With Full Access the inbox folder is
 * opened, no mail. 3. One short mail leaves from the address to the account's own: whether it may be sent from is told in
 * no other way. 4. Only then it is a mailbox here. Later refusals stop it and leave the account's others alone.
 */
import { addressKey, compose, newMessageId } from '../mail/index.ts'
import { databaseNow } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Actor as TeamActor } from '../team/index.ts'
import type { ConsentStart, ConsentWish } from './connect.ts'
import { consentAgain } from './connect.ts'
import type { SharedMailbox } from './consent.ts'
import type { Purpose } from './ledger.ts'
import type { Mailbox } from './mailbox.ts'
import type { AddedAddress, AddressProblem } from './other-address.ts'
import { insertBeside, letGoOn, refuse } from './other-address.ts'
import type { MailboxParts } from './parts.ts'
import { endpointOf } from './parts.ts'
import type { MailProvider, Outcome, ProviderFailure } from './provider.ts'
import { lockMailboxOfAddress } from './store.ts'
import { grantById } from './store-grant.ts'
import { endsGrant } from './tokens.ts'

type Person = Pick<TeamActor, 'personId' | 'language'>

interface Sharing {
  readonly parts: MailboxParts
  readonly open: (
    workspaceId: string,
    mailboxId: string,
    purpose: Purpose,
    shared?: SharedMailbox,
  ) => Promise<Outcome<Pick<MailProvider, 'identities' | 'send'>>>
  readonly startConsent: (wish: ConsentWish) => Promise<ConsentStart>
}

export interface SharedWish {
  readonly actor: Person
  /** The account's own mailbox. */
  readonly via: Mailbox
  readonly address: string
  readonly name: string
}

/** Makes a mailbox of a shared one, once the account has shown that it may use it. */
export async function addShared(
  sharing: Sharing,
  wish: SharedWish,
  signal: AbortSignal,
): Promise<AddedAddress> {
  const { via, address, actor } = wish
  const problem = await hindrance(sharing, wish)
  if (problem !== undefined) return { ok: false, problem }
  const refused = await tried(sharing, { ...wish, to: via.address, through: via.id }, signal)
  if (refused !== undefined) return { ok: false, problem: problemOf(refused) }
  const named = { place: 'shared', address, displayName: wish.name } as const
  return await sharing.parts.database.inWorkspace(via.workspaceId, (tx) =>
    insertBeside(sharing.parts, tx, { actor, via }, named),
  )
}

/** Sends the person to allow the account's shared mailboxes, and remembers which one was meant. */
export async function askForShared(
  { parts, startConsent }: Sharing,
  wish: Omit<SharedWish, 'name'>,
): Promise<ConsentStart | { readonly ok: false; readonly problem: 'shared_not_offered' }> {
  const { actor, via, address: sharedAddress } = wish
  if (!(await isOffered(parts, via))) return { ok: false, problem: 'shared_not_offered' }
  const { workspaceId } = via
  return await startConsent({ ...consentAgain({ ...actor, workspaceId }, via, via.level), sharedAddress })
}

async function isOffered(parts: MailboxParts, via: Mailbox): Promise<boolean> {
  if (via.place !== 'own') return false
  const offers = (await endpointOf(parts.endpoints, via.endpoint))?.adapter.shared
  const grant = await parts.database.inWorkspace(via.workspaceId, (tx) => grantOf(tx, via))
  return offers !== undefined && grant !== undefined && offers(grant.accountId)
}

async function grantOf(tx: Tx, { grantId }: Mailbox): ReturnType<typeof grantById> {
  return grantId === undefined ? undefined : await grantById(tx, grantId)
}

/** What can be told without asking the provider. */
async function hindrance(
  { parts }: Sharing,
  { via, address }: SharedWish,
): Promise<AddressProblem | undefined> {
  if (!(await isOffered(parts, via))) return 'shared_not_offered'
  return await parts.database.inWorkspace(via.workspaceId, async (tx) => {
    if ((await lockMailboxOfAddress(tx, addressKey(address))) !== undefined) return 'address_connected'
    const grant = await grantOf(tx, via)
    if (grant?.state !== 'active') return 'grant_broken'
    return grant.shared ? undefined : 'shared_consent_missing'
  })
}

interface Trial extends SharedWish {
  readonly to: string
  readonly through: string
}

/** Opens the inbox folder where reading is allowed, then sends the one mail. Undefined: both worked. */
async function tried(
  { parts, open }: Sharing,
  { via, address, name, actor, to, through }: Trial,
  signal: AbortSignal,
): Promise<ProviderFailure | undefined> {
  const opened = await open(via.workspaceId, through, 'connect', { address })
  if (!opened.ok) return opened.failure
  if (via.level === 'full') {
    const reached = await opened.value.identities(signal)
    if (!reached.ok) return reached.failure
  }
  const raw = await trialMail(parts, via.workspaceId, { from: address, name, to, language: actor.language })
  const sent = await opened.value.send(raw, undefined, signal)
  return sent.ok ? undefined : sent.failure
}

function problemOf(failure: ProviderFailure): AddressProblem {
  if (failure.kind === 'sender_refused') return 'shared_send_refused'
  if (failure.kind === 'mailbox_refused')
    return failure.why === 'unknown' ? 'shared_unknown' : 'shared_unreadable'
  return endsGrant(failure) ? 'grant_broken' : 'provider_away'
}

/** A person asks again for a shared mailbox that stands still: the same trial. Undefined: nobody could be asked. */
export async function tryAgain(
  sharing: Sharing,
  mailbox: Mailbox,
  actor: Person,
  signal: AbortSignal,
): Promise<'accepted' | 'refused' | undefined> {
  if (mailbox.healthReason === undefined) return 'accepted'
  const { workspaceId, id, address, displayName: name } = mailbox
  const grant = await sharing.parts.database.inWorkspace(workspaceId, (tx) => grantOf(tx, mailbox))
  if (grant?.state !== 'active') return undefined
  const trial = { actor, via: mailbox, address, name, to: grant.address, through: id }
  const refused = await tried(sharing, trial, signal)
  if (refused === undefined) {
    await sharing.parts.database.inWorkspace(workspaceId, (tx) => letGoOn(sharing.parts, tx, id))
    return 'accepted'
  }
  if (refused.kind === 'sender_refused' || refused.kind === 'mailbox_refused') {
    await refuse(sharing.parts, mailbox)
    return 'refused'
  }
  return undefined
}

async function trialMail(
  { database, ids }: Pick<MailboxParts, 'database' | 'ids'>,
  workspaceId: string,
  { from, name, to, language }: { from: string; name: string; to: string; language: 'en' | 'de' },
): Promise<Uint8Array> {
  const date = await database.inWorkspace(workspaceId, databaseNow)
  const unique = ids.token(24)
  const messageId = newMessageId(unique, from.slice(from.lastIndexOf('@') + 1))
  return await compose({
    from: { address: from, ...(name === '' ? {} : { name }) },
    to: [{ address: to }],
    ...words[language](from),
    messageId,
    references: [],
    date,
    boundarySeed: unique,
    headers: { autoSubmitted: 'auto-generated', autoResponseSuppress: ['All'] },
  })
}

const words = {
  en: (address: string) => ({
    subject: `Kontor may send from ${address}`,
    text: `This email left Kontor through ${address}, to find out whether your account may send from it. It may.\n\nThere is nothing to do.`,
  }),
  de: (address: string) => ({
    subject: `Kontor darf von ${address} senden`,
    text: `Diese E-Mail ging über ${address} aus Kontor raus, um zu prüfen, ob Ihr Konto von dort senden darf. Es darf.\n\nSie müssen nichts weiter tun.`,
  }),
}

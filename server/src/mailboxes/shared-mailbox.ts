/**
 * Mailboxes that an organisation shares with an account (Microsoft). The provider lists none, so a person types the
 * address, and what the account may do there shows when it does it.
 *
 * 1. The account's grant must cover shared mailboxes at the level that is wished; that is asked for only now. 2. With Full
 * Access the inbox folder is opened, no mail. 3. One short mail leaves from the address to the account's own: whether it may
 * be sent from is told in no other way. It counts in the day of the address. 4. Only then it is a mailbox here. Later refusals
 * stop it and leave the account's others alone.
 */
import { addressKey, compose, newMessageId } from '../mail/index.ts'
import { databaseNow } from '../platform/clock/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Actor as TeamActor } from '../team/index.ts'
import type { ConsentStart, ConsentWish } from './connect.ts'
import { consentAgain } from './connect.ts'
import type { Level } from './consent.ts'
import { narrower } from './consent.ts'
import type { Purpose } from './ledger.ts'
import type { Mailbox } from './mailbox.ts'
import type { LentMailbox } from './open-mailbox.ts'
import type { AddedAddress, AddressProblem } from './other-address.ts'
import { insertBeside, letGoOn, refuse } from './other-address.ts'
import type { MailboxParts } from './parts.ts'
import { endpointOf } from './parts.ts'
import type { MailProvider, Outcome, ProviderFailure } from './provider.ts'
import { lockMailboxOfAddress } from './store.ts'
import { grantById } from './store-grant.ts'
import { endsGrant } from './tokens.ts'

type Person = Pick<TeamActor, 'personId' | 'language'>

export interface SharedParts {
  readonly parts: MailboxParts
  readonly open: (
    workspaceId: string,
    mailboxId: string,
    purpose: Purpose,
    lent?: LentMailbox,
  ) => Promise<Outcome<Pick<MailProvider, 'identities' | 'send'>>>
  readonly startConsent: (wish: ConsentWish) => Promise<ConsentStart>
}

export interface SharedWish {
  readonly actor: Person
  /** The account's own mailbox. */
  readonly via: Mailbox
  readonly address: string
  readonly name: string
  /** At most that of the account. */
  readonly level: Level
}

/** Makes a mailbox of a shared one, once the account has shown that it may use it. */
export async function addShared(
  sharing: SharedParts,
  asked: SharedWish,
  signal: AbortSignal,
): Promise<AddedAddress> {
  const { via, address, actor } = asked
  const wish = { ...asked, level: narrower(via.level, asked.level) }
  const problem = await hindrance(sharing, wish)
  if (problem !== undefined) return { ok: false, problem }
  const refused = await tried(sharing, { ...wish, to: via.address, through: via.id }, signal)
  if (refused !== undefined) {
    const why = problemOf(refused)
    return { ok: false, problem: why === 'provider_away' ? 'shared_not_tried' : why }
  }
  const { name: displayName, level } = wish
  const named = { place: 'shared', address, displayName, level } as const
  return await sharing.parts.database.inWorkspace(via.workspaceId, (tx) =>
    insertBeside(sharing.parts, tx, { actor, via }, named),
  )
}

/** Sends the person to allow the account's shared mailboxes, and remembers which one was meant. */
export async function askForShared(
  { parts, startConsent }: SharedParts,
  { actor, via, address, name, level }: SharedWish,
): Promise<ConsentStart | { readonly ok: false; readonly problem: 'shared_not_offered' }> {
  if (!(await isOffered(parts, via))) return { ok: false, problem: 'shared_not_offered' }
  const { workspaceId } = via
  const shared = { address, name, level: narrower(via.level, level) }
  return await startConsent({ ...consentAgain({ ...actor, workspaceId }, via, via.level), shared })
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
  { parts }: SharedParts,
  { via, address, level }: SharedWish,
): Promise<AddressProblem | undefined> {
  if (!(await isOffered(parts, via))) return 'shared_not_offered'
  return await parts.database.inWorkspace(via.workspaceId, async (tx) => {
    if ((await lockMailboxOfAddress(tx, addressKey(address))) !== undefined) return 'address_connected'
    const grant = await grantOf(tx, via)
    if (grant?.state !== 'active') return 'grant_broken'
    const { shared } = grant
    return shared === undefined || narrower(shared, level) !== level ? 'shared_consent_missing' : undefined
  })
}

interface Trial extends SharedWish {
  readonly to: string
  readonly through: string
}

/** The address may be used up in a workspace that is nobody's business here: as if the provider did not answer. */
const noRoomToday: ProviderFailure = { kind: 'transient', diagnostic: 'nothing more may leave from it today' }

/** Opens the inbox folder where it is to be read, then sends the one mail. Undefined: both worked. */
async function tried(
  { parts, open }: SharedParts,
  { via, address, name, level, actor, to, through }: Trial,
  signal: AbortSignal,
): Promise<ProviderFailure | undefined> {
  const { workspaceId, zone } = via
  const opened = await open(workspaceId, through, 'connect', { address, level })
  if (!opened.ok) return opened.failure
  if (level === 'full') {
    const reached = await opened.value.identities(signal)
    if (!reached.ok) return reached.failure
  }
  const raw = await trialMail(parts, workspaceId, { from: address, name, to, language: actor.language })
  const mail = { id: parts.ids.uuid(), addressKey: addressKey(address), zone }
  const charge = await parts.database.inWorkspace(workspaceId, (tx) => parts.schedule.charge(tx, mail))
  if (charge === undefined) return noRoomToday
  const sent = await opened.value.send(raw, undefined, signal)
  if (sent.ok) return undefined
  if (sent.failure.kind !== 'unknown_outcome')
    await parts.database.inWorkspace(workspaceId, (tx) => parts.schedule.refund(tx, charge))
  return sent.failure
}

/** Why a shared mailbox cannot be used so. */
export function problemOf(failure: ProviderFailure): AddressProblem {
  if (failure.kind === 'sender_refused') return 'shared_send_refused'
  if (failure.kind === 'mailbox_refused')
    return failure.why === 'unknown' ? 'shared_unknown' : 'shared_unreadable'
  return endsGrant(failure) ? 'grant_broken' : 'provider_away'
}

/** A person asks again for a shared mailbox that stands still: the same trial. Undefined: nobody could be asked. */
export async function tryAgain(
  sharing: SharedParts,
  mailbox: Mailbox,
  actor: Person,
  signal: AbortSignal,
): Promise<'accepted' | 'refused' | undefined> {
  if (mailbox.healthReason === undefined) return 'accepted'
  const { workspaceId, id, address, displayName: name, level } = mailbox
  const grant = await sharing.parts.database.inWorkspace(workspaceId, (tx) => grantOf(tx, mailbox))
  if (grant?.state !== 'active') return undefined
  const trial = { actor, via: mailbox, address, name, level, to: grant.address, through: id }
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

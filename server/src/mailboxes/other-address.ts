/**
 * Further addresses of an account that signed in: aliases, which the provider lists.
 *
 * A provider that does not know a sender may quietly write another one over it (Gmail), so an alias is looked up before
 * every mail that leaves from it, and when a person is about to send to many. One that the provider does not confirm
 * stops: what waits, waits; nothing leaves from a wrong address. Its answers are still read.
 */
import { addressKey } from '../mail/address.ts'
import type { Tx } from '../platform/db/index.ts'
import { workspaceOf } from '../team/index.ts'
import type { Level } from './consent.ts'
import { narrower } from './consent.ts'
import type { Purpose } from './ledger.ts'
import type { Actor, Mailbox, Place } from './mailbox.ts'
import { auditMailbox } from './members.ts'
import type { MailboxParts } from './parts.ts'
import type { Identity, MailProvider, Outcome } from './provider.ts'
import { insertMailbox, lockMailbox, mailboxesOf, setBroken, setConnected, setDefault } from './store.ts'
import { grantById } from './store-grant.ts'

/** Why a mailbox stands still whose sender the provider does not accept. */
const senderRefused = 'sender_refused'
/** Why a shared one does that its account may not use any more. */
export const refusedFor = { no_right: 'mailbox_refused', unknown: 'mailbox_gone' } as const
const aboutAddress: ReadonlySet<string> = new Set([senderRefused, ...Object.values(refusedFor)])
/** Send Only can look nothing up. */
export const aliasNeedsFull = 'alias_needs_full'

type Telling = Pick<MailboxParts, 'database' | 'emit' | 'schedule'>
type Opens = (
  workspaceId: string,
  mailboxId: string,
  purpose: Purpose,
) => Promise<Outcome<Pick<MailProvider, 'identities' | 'identity'>>>
type Which = Pick<Mailbox, 'workspaceId' | 'id' | 'address' | 'addressKey'>

/** The same mailbox, which looks up its address before each mail. */
export function confirmingAlias(
  provider: MailProvider,
  alias: Pick<Mailbox, 'address' | 'addressKey'>,
): MailProvider {
  return {
    ...provider,
    async send(raw, threadId, signal) {
      const known = await confirm(provider, alias, signal)
      return known.ok ? await provider.send(raw, threadId, signal) : known
    },
  }
}

/** The same mailbox; a refused sender stops it. */
export function stoppingWhenRefused(provider: MailProvider, parts: Telling, of: Which): MailProvider {
  return {
    ...provider,
    async send(raw, threadId, signal) {
      const outcome = await provider.send(raw, threadId, signal)
      if (!outcome.ok && outcome.failure.kind === 'sender_refused') await refuse(parts, of)
      return outcome
    },
  }
}

async function confirm(
  provider: Pick<MailProvider, 'identities'>,
  { address, addressKey: key }: Pick<Mailbox, 'address' | 'addressKey'>,
  signal: AbortSignal,
): Promise<Outcome<undefined>> {
  const listed = await provider.identities(signal)
  if (!listed.ok) return listed
  if (listed.value.some((one) => addressKey(one.address) === key)) return { ok: true, value: undefined }
  return {
    ok: false,
    failure: { kind: 'sender_refused', diagnostic: `the account does not list ${address}` },
  }
}

/** The address stands still until somebody asks again; the grant and its other addresses go on. */
export async function refuse(
  { database, emit, schedule }: Telling,
  { workspaceId, id }: Pick<Which, 'workspaceId' | 'id'>,
  reason: string = senderRefused,
): Promise<void> {
  const broken = { health: 'reconnect_needed', reason } as const
  await database.inWorkspace(workspaceId, async (tx) => {
    const mailbox = await lockMailbox(tx, id)
    if (mailbox === undefined || mailbox.health === broken.health) return
    await setBroken(tx, id, broken)
    const { address, ownerId } = mailbox
    await emit(tx, {
      workspaceId,
      type: 'mailbox.broken',
      subject: id,
      payload: { mailboxId: id, address, ownerId, ...broken },
    })
    await schedule.sync(tx, id)
  })
}

/** An address that the account may send as, and whether a mailbox of this workspace has it. */
interface OfferedAddress extends Identity {
  readonly connected: boolean
}

export type AddressProblem =
  | 'addresses_unreadable'
  | 'provider_away'
  | 'address_not_offered'
  | 'address_connected'
  | 'grant_broken'
  | 'shared_not_offered'
  | 'shared_consent_missing'
  | 'shared_unknown'
  | 'shared_unreadable'
  | 'shared_send_refused'
  | 'shared_account_narrower'
  | 'shared_not_tried'

export type Offered =
  | { readonly ok: true; readonly offered: readonly OfferedAddress[] }
  | { readonly ok: false; readonly problem: AddressProblem }

interface Adding {
  readonly parts: MailboxParts
  readonly open: Opens
}

/** The account's other addresses. Only Gmail lists them, and only with Full Access. */
export async function offerAddresses(
  { parts, open }: Adding,
  mailbox: Mailbox,
  signal: AbortSignal,
): Promise<Offered> {
  const { workspaceId, id, provider, level, place } = mailbox
  if (provider !== 'gmail' || level !== 'full' || place === 'shared')
    return { ok: false, problem: 'addresses_unreadable' }
  const opened = await open(workspaceId, id, 'identities')
  const listed = opened.ok ? await opened.value.identities(signal) : opened
  if (!listed.ok) return { ok: false, problem: 'provider_away' }
  const known = await parts.database.inWorkspace(workspaceId, mailboxesOf)
  const keys = new Set(known.map((one) => one.addressKey))
  const offered = listed.value
    .filter((one) => !one.primary)
    .map((one) => ({ ...one, connected: keys.has(addressKey(one.address)) }))
  return { ok: true, offered }
}

export type AddedAddress =
  | { readonly ok: true; readonly mailboxId: string }
  | { readonly ok: false; readonly problem: AddressProblem }

/** Makes a mailbox of an alias, on the grant of the mailbox through which it was found. */
export async function addAlias(
  adding: Adding,
  wish: { readonly actor: Pick<Actor, 'personId'>; readonly via: Mailbox; readonly address: string },
  signal: AbortSignal,
): Promise<AddedAddress> {
  const found = await offerAddresses(adding, wish.via, signal)
  if (!found.ok) return found
  const key = addressKey(wish.address)
  const alias = found.offered.find((one) => addressKey(one.address) === key)
  if (alias === undefined) return { ok: false, problem: 'address_not_offered' }
  const { workspaceId } = wish.via
  const named = { place: 'alias', address: alias.address, displayName: alias.name } as const
  return await adding.parts.database.inWorkspace(workspaceId, (tx) =>
    insertBeside(adding.parts, tx, wish, named),
  )
}

interface NamedAddress {
  readonly place: Place
  readonly address: string
  readonly displayName: string
  readonly level?: Level
}

/** A mailbox of another address, on the grant of the one beside which it lives, and at its level unless it is to be less. */
export async function insertBeside(
  parts: MailboxParts,
  tx: Tx,
  { actor, via }: { readonly actor: Pick<Actor, 'personId'>; readonly via: Mailbox },
  { place, address, displayName, level: most = 'full' }: NamedAddress,
): Promise<AddedAddress> {
  const beside = await lockMailbox(tx, via.id)
  const grant = beside?.grantId === undefined ? undefined : await grantById(tx, beside.grantId)
  if (beside === undefined || grant?.state !== 'active') return { ok: false, problem: 'grant_broken' }
  const { workspaceId, endpoint, provider, practice, sharing, namedMembers } = beside
  const level = narrower(most, beside.level)
  const id = parts.ids.uuid()
  const ownerId = actor.personId
  const { zone, name } = await workspaceOf(tx)
  // a shared mailbox speaks for the brand and not for the person through whose account it is used
  const usualName = place === 'shared' ? name : beside.displayName
  const inserted = await insertMailbox(tx, {
    workspaceId,
    id,
    grantId: grant.id,
    endpoint,
    provider,
    practice,
    place,
    level,
    address,
    addressKey: addressKey(address),
    ownerId,
    displayName: displayName === '' ? usualName : displayName,
    sharing,
    namedMembers,
    zone,
  })
  if (!inserted) return { ok: false, problem: 'address_connected' }
  await setDefault(tx, ownerId, id, 'first')
  await auditMailbox(tx, {
    personId: ownerId,
    action: 'mailbox.connected',
    address,
    detail: { level, account: grant.address },
  })
  const payload = { mailboxId: id, address, level, ownerId }
  await parts.emit(tx, { workspaceId, type: 'mailbox.connected', subject: id, payload })
  await parts.schedule.sync(tx, id)
  return { ok: true, mailboxId: id }
}

/**
 * Asks the provider whether it still accepts the address as sender, before many mails are queued or when a person asks
 * again: stops the mailbox, or lets it go on. Undefined: nobody could be asked, and nothing has changed.
 */
export async function confirmSender(
  { parts, open }: Adding,
  mailbox: Mailbox,
  signal: AbortSignal,
): Promise<'accepted' | 'refused' | undefined> {
  if (mailbox.place !== 'alias' && !aboutAddress.has(mailbox.healthReason ?? '')) return 'accepted'
  const { workspaceId, id } = mailbox
  const opened = await open(workspaceId, id, 'identities')
  const known = opened.ok ? await confirm(asked(opened.value, mailbox), mailbox, signal) : opened
  if (!known.ok && known.failure.kind !== 'sender_refused') return undefined
  if (!known.ok) {
    await refuse(parts, mailbox)
    return 'refused'
  }
  await parts.database.inWorkspace(workspaceId, (tx) => letGoOn(parts, tx, id))
  return 'accepted'
}

/** An account's own address needs no list: it is who signed in, which also Send Only may ask. */
function asked(
  provider: Pick<MailProvider, 'identities' | 'identity'>,
  { place }: Pick<Mailbox, 'place'>,
): Pick<MailProvider, 'identities'> {
  if (place !== 'own') return provider
  return {
    async identities(signal) {
      const account = await provider.identity(signal)
      return account.ok ? { ok: true, value: [{ ...account.value, primary: true }] } : account
    },
  }
}

/** A refused sender may try again. */
export async function letGoOn({ emit, schedule }: Telling, tx: Tx, id: string): Promise<void> {
  const standing = await lockMailbox(tx, id)
  if (standing?.grantId === undefined || !aboutAddress.has(standing.healthReason ?? '')) return
  const { workspaceId, grantId, level, endpoint, address, ownerId } = standing
  await setConnected(tx, id, { grantId, level, endpoint })
  const payload = { mailboxId: id, address, ownerId, level, levelBefore: level }
  await emit(tx, { workspaceId, type: 'mailbox.reconnected', subject: id, payload })
  await schedule.sync(tx, id)
}

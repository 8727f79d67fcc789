/** The mailboxes domain put together from its parts: the only maker of what can reach a provider. */
import type { CameBack } from './come-back.ts'
import { comeBack } from './come-back.ts'
import { breakGrant } from './break-grant.ts'
import type { LevelWish } from './change-level.ts'
import { giveBackWiderGrant } from './change-level.ts'
import type { ConsentStart, ConsentWish } from './connect.ts'
import { startConsent } from './connect.ts'
import type { Disconnected, DisconnectWish } from './disconnect.ts'
import { disconnect } from './disconnect.ts'
import type { Purpose } from './ledger.ts'
import { createRecorder } from './ledger.ts'
import type { LentMailbox, OpenMailbox } from './open-mailbox.ts'
import { openMailbox, readingMailboxes } from './open-mailbox.ts'
import type { MailboxParts } from './parts.ts'
import { endpointOf } from './parts.ts'
import type { Outcome } from './provider.ts'
import { lockMailboxesOfGrant } from './store.ts'
import type { PasswordOutcome, PasswordWish } from './sign-in-by-password.ts'
import { signInByPassword } from './sign-in-by-password.ts'
import { finishRevocations } from './revoke.ts'
import type { Mailbox } from './mailbox.ts'
import type { AddedAddress, Offered } from './other-address.ts'
import { addAlias, confirmSender, offerAddresses } from './other-address.ts'
import type { SharedLevelWish } from './shared-level.ts'
import { changeSharedLevel } from './shared-level.ts'
import type { SharedWish } from './shared-mailbox.ts'
import { addShared, askForShared, tryAgain } from './shared-mailbox.ts'
import { createTokenKeeper } from './tokens.ts'

export interface Mailboxes {
  readonly parts: MailboxParts
  /** The only way to a provider. The access log names the purpose. */
  open(workspaceId: string, mailboxId: string, purpose: Purpose): Promise<Outcome<OpenMailbox>>
  /** Begins a sign-in at a provider. */
  startConsent(wish: ConsentWish): Promise<ConsentStart>
  /** Ends a sign-in at a provider. */
  comeBack(
    back: { readonly personId: string; readonly callbackUrl: string },
    signal: AbortSignal,
  ): Promise<CameBack | undefined>
  /** Ends a sign-in on our own page. */
  signInByPassword(wish: PasswordWish, signal: AbortSignal): Promise<PasswordOutcome | undefined>
  giveBackWiderGrant(wish: LevelWish, signal: AbortSignal): Promise<void>
  disconnect(wish: DisconnectWish, signal: AbortSignal): Promise<Disconnected>
  /** The other addresses of the account that a mailbox lives on. */
  offerAddresses(mailbox: Mailbox, signal: AbortSignal): Promise<Offered>
  addAlias(wish: Parameters<typeof addAlias>[1], signal: AbortSignal): Promise<AddedAddress>
  /** A mailbox that is shared with the account of another one. */
  addShared(wish: SharedWish, signal: AbortSignal): Promise<AddedAddress>
  askForShared(wish: SharedWish): ReturnType<typeof askForShared>
  changeSharedLevel(wish: SharedLevelWish, signal: AbortSignal): ReturnType<typeof changeSharedLevel>
  /** Asks the provider whether the mailbox may still send as its address; undefined: it could not be asked. */
  confirmSender(
    mailbox: Mailbox,
    actor: SharedWish['actor'],
    signal: AbortSignal,
  ): ReturnType<typeof confirmSender>
  /** Gives back what a process that died left half given back; background work, hourly is enough. */
  finishRevocations(workspaceId: string, signal: AbortSignal): Promise<void>
}

/** Ties the domain together; opens nothing and starts nothing. */
export function createMailboxes(parts: MailboxParts): Mailboxes {
  const record = createRecorder(parts)
  const tokens = createTokenKeeper({
    database: parts.database,
    box: parts.box,
    ids: parts.ids,
    clock: parts.clock,
    consentAt: async (key) => (await endpointOf(parts.endpoints, key))?.adapter.consent,
    onBroken: (grant, version, failure) => breakGrant(parts, grant, version, failure),
    async recorded({ workspaceId, grantId }, ask) {
      const [mailbox] = await parts.database.inWorkspace(workspaceId, (tx) =>
        lockMailboxesOfGrant(tx, grantId),
      )
      if (mailbox === undefined) return ask()
      const of = { workspaceId, mailboxId: mailbox.id, purpose: 'token' } as const
      return record(of, { call: 'refresh', depth: 'nothing', asks: [], touches: () => [], ask })
    },
  })
  const whole = { ...parts, record, tokens, mailboxOf: readingMailboxes(parts) }
  const open = (workspaceId: string, mailboxId: string, purpose: Purpose, lent?: LentMailbox) =>
    openMailbox(whole, workspaceId, mailboxId, purpose, lent)
  const begin = (wish: ConsentWish) => startConsent(parts, wish)
  const adding = { parts, open, startConsent: begin }
  return {
    parts,
    open: (workspaceId, mailboxId, purpose) => open(workspaceId, mailboxId, purpose),
    offerAddresses: (mailbox, signal) => offerAddresses(adding, mailbox, signal),
    addAlias: (wish, signal) => addAlias(adding, wish, signal),
    addShared: (wish, signal) => addShared(adding, wish, signal),
    askForShared: (wish) => askForShared(adding, wish),
    changeSharedLevel: (wish, signal) => changeSharedLevel({ ...adding, record, tokens }, wish, signal),
    confirmSender: (mailbox, actor, signal) =>
      mailbox.place === 'shared'
        ? tryAgain(adding, mailbox, actor, signal)
        : confirmSender(adding, mailbox, signal),
    startConsent: begin,
    comeBack: (back, signal) => comeBack(parts, back, signal),
    signInByPassword: (wish, signal) => signInByPassword(parts, wish, signal),
    giveBackWiderGrant: (wish, signal) => giveBackWiderGrant(whole, wish, signal),
    disconnect: (wish, signal) => disconnect(whole, wish, signal),
    finishRevocations: (workspaceId, signal) => finishRevocations(whole, workspaceId, signal),
  }
}

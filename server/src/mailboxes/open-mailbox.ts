/**
 * The only way to a provider: opens a mailbox for one purpose, with its tokens kept, every call in its access log,
 * reading refused before it leaves the house where the level does not allow it, and a broken grant noticed.
 */
import type { TakeTurn } from '../platform/turns/index.ts'
import { readingTogether } from '../platform/turns/index.ts'
import type { Level, SharedMailbox } from './consent.ts'
import type { Purpose, Recorder } from './ledger.ts'
import { withLedger } from './ledger.ts'
import type { Mailbox } from './mailbox.ts'
import type { MailboxParts } from './parts.ts'
import { endpointOf } from './parts.ts'
import type { AccessTokens, MailProvider, Outcome, ProviderFailure, ProviderTraits } from './provider.ts'
import { mailboxesById } from './store.ts'
import { forgetRefusals } from './store-grant.ts'
import type { TokenKeeper } from './tokens.ts'
import { endsGrant } from './tokens.ts'
import { endedOrPassing } from './break-grant.ts'
import { confirmingAlias, refuse, refusedFor, stoppingWhenRefused } from './other-address.ts'

/** A shared mailbox that somebody wants to use at a level. */
export type LentMailbox = SharedMailbox & { readonly level: Level }

/** Reads one mailbox, together with those that are asked for meanwhile. */
export type MailboxOf = TakeTurn<string, Mailbox | undefined>

const readAtOnce = 100

export function readingMailboxes({ database }: Pick<MailboxParts, 'database'>): MailboxOf {
  return readingTogether(
    (workspaceId, ids) =>
      database.inWorkspace(workspaceId, async (tx) => {
        const mailboxes = await mailboxesById(tx, ids)
        return ids.map((id) => mailboxes.get(id))
      }),
    readAtOnce,
  )
}

export type OpenMailbox = MailProvider & { readonly traits: ProviderTraits; readonly level: Level }

/**
 * With `lent` not the mailbox itself, but one that is shared with its account, as it is not used yet.
 * `not_found`: no such mailbox, or disconnected. `our_config`: its endpoint is not set up here any more.
 */
export async function openMailbox(
  parts: MailboxParts & {
    readonly tokens: TokenKeeper
    readonly record: Recorder
    readonly mailboxOf: MailboxOf
  },
  workspaceId: string,
  mailboxId: string,
  purpose: Purpose,
  lent?: LentMailbox,
): Promise<Outcome<OpenMailbox>> {
  const mailbox = await parts.mailboxOf(workspaceId, mailboxId)
  if (mailbox === undefined || mailbox.health === 'disconnected' || mailbox.grantId === undefined) {
    return failure({ kind: 'not_found', diagnostic: 'no connected mailbox' })
  }
  const place = await endpointOf(parts.endpoints, mailbox.endpoint)
  if (place === undefined)
    return failure({ kind: 'our_config', diagnostic: `no endpoint ${mailbox.endpoint}` })
  const grant = { workspaceId, grantId: mailbox.grantId }
  let version = 0
  // told by the grant with every token, so that a call that succeeds as usual costs no statement
  let wasRefused = false
  const held = async (outcome: ReturnType<TokenKeeper['accessToken']>): Promise<Outcome<string>> => {
    const token = await outcome
    if (!token.ok) return token
    version = token.value.version
    wasRefused = token.value.refused
    return { ok: true, value: token.value.token }
  }
  // what is called side by side reads the token once
  let reading: Promise<Outcome<string>> | undefined
  const tokens: AccessTokens = {
    async current(signal) {
      const joined = reading === undefined ? undefined : await reading
      if (joined?.ok === true) return joined
      reading = held(parts.tokens.accessToken(grant, signal)).finally(() => {
        reading = undefined
      })
      return await reading
    },
    renewed: (refused, signal) => held(parts.tokens.renewed(grant, refused, signal)),
  }
  const shared = lent ?? (mailbox.place === 'shared' ? { address: mailbox.address } : undefined)
  const noticing = noticingOutcomes(place.adapter.open(tokens, shared), {
    async succeeded() {
      if (!wasRefused) return
      wasRefused = false
      await parts.database.inWorkspace(workspaceId, (tx) => forgetRefusals(tx, grant.grantId))
    },
    async refused(why) {
      if (lent === undefined) await refuse(parts, mailbox, refusedFor[why])
    },
    async ended(broken) {
      wasRefused = false
      return await endedOrPassing(parts, grant, version, broken)
    },
  })
  const provider = withLedger(noticing, parts.record, { workspaceId, mailboxId, purpose })
  const level = lent?.level ?? mailbox.level
  const within = level === 'full' ? provider : sendingOnly(provider)
  const as = mailbox.place === 'alias' ? confirmingAlias(within, mailbox) : within
  const allowed = lent === undefined ? stoppingWhenRefused(as, parts, mailbox) : as
  return { ok: true, value: { ...allowed, traits: place.adapter.traits, level } }
}

function failure(of: ProviderFailure): { readonly ok: false; readonly failure: ProviderFailure } {
  return { ok: false, failure: of }
}

function noticingOutcomes(
  provider: MailProvider,
  on: {
    readonly succeeded: () => Promise<void>
    readonly refused: (why: keyof typeof refusedFor) => Promise<void>
    readonly ended: (failure: ProviderFailure) => Promise<Outcome<never>>
  },
): MailProvider {
  const noticed = async <T>(answer: Promise<Outcome<T>>): Promise<Outcome<T>> => {
    const outcome = await answer
    if (outcome.ok) await on.succeeded()
    else if (endsGrant(outcome.failure)) return await on.ended(outcome.failure)
    else if (outcome.failure.kind === 'mailbox_refused') await on.refused(outcome.failure.why)
    return outcome
  }
  const { attend } = provider
  return {
    identity: (signal) => noticed(provider.identity(signal)),
    send: (raw, threadId, signal) => noticed(provider.send(raw, threadId, signal)),
    changesSince: (cursor, signal) => noticed(provider.changesSince(cursor, signal)),
    changesBetween: (range, page, signal) => noticed(provider.changesBetween(range, page, signal)),
    threadHeaders: (id, signal) => noticed(provider.threadHeaders(id, signal)),
    writtenBy: (message, addresses, signal) => noticed(provider.writtenBy(message, addresses, signal)),
    raw: (id, signal) => noticed(provider.raw(id, signal)),
    findSent: (hints, signal, looked) => noticed(provider.findSent(hints, signal, looked)),
    identities: (signal) => noticed(provider.identities(signal)),
    watch: (wish, signal) => noticed(provider.watch(wish, signal)),
    unwatch: (handle, signal) => noticed(provider.unwatch(handle, signal)),
    ...(attend && { attend: (moved, signal) => noticed(attend(moved, signal)) }),
  }
}

/** A Send Only mailbox is not asked to read, so that nobody finds out by failing. */
function sendingOnly(provider: MailProvider): MailProvider {
  const refused = async () =>
    failure({ kind: 'scope_missing', missing: ['read'], diagnostic: 'this mailbox is Send Only' })
  return {
    identity: provider.identity,
    send: provider.send,
    changesSince: refused,
    changesBetween: refused,
    threadHeaders: refused,
    writtenBy: refused,
    raw: refused,
    findSent: refused,
    identities: refused,
    watch: refused,
    unwatch: refused,
  }
}

/**
 * The way back from the provider's sign-in.
 *
 * 1. The state names the workspace; its request is taken once, and only by the person who began it. 2. The code is
 * exchanged, outside any transaction. 3. What was granted is compared with what was asked for; a grant wider than the
 * level is never stored, a narrower one is told. 4. In one transaction: grant, mailbox, default, events, the outbox,
 * the first line of the access log, and the outcome that the page reads.
 *
 * Tokens that are not stored are forgotten and not revoked: at Google revoking one would end every other grant of
 * that person here, also of mailboxes that work.
 */
import { addressKey } from '../mail/address.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Endpoint, Level, SignedIn } from './consent.ts'
import { narrower } from './consent.ts'
import { workspaceOf } from '../team/index.ts'
import { askAdmin, asksAdmins } from './ask-admin.ts'
import { stateHash, workspaceOfState } from './connect.ts'
import type { Mailbox } from './mailbox.ts'
import type { MailboxParts } from './parts.ts'
import { auditMailbox } from './members.ts'
import { endpointOf } from './parts.ts'
import type { ProviderFailure } from './provider.ts'
import { aliasNeedsFull } from './other-address.ts'
import {
  insertMailbox,
  lockMailbox,
  lockMailboxesOfGrant,
  lockMailboxOfAddress,
  setBroken,
  setConnected,
  setDefault,
} from './store.ts'
import { settleAdminRequests } from './store-admin-request.ts'
import type { ConnectOutcome, ConsentRequest } from './store-consent.ts'
import { claimConsentRequest, consentRequestOfState, storeOutcome } from './store-consent.ts'
import { grantOfAccount, saveGrant, signInAddress } from './store-grant.ts'
import { appendEntry } from './store-ledger.ts'
import { grantContext } from './tokens.ts'

/** Under what the page finds the outcome; undefined when the state is not this person's. */
export interface CameBack {
  readonly workspaceId: string
  readonly handle: string
}

/** Takes the browser's return. `callbackUrl` is the whole address with its query. */
export async function comeBack(
  parts: MailboxParts,
  back: { readonly personId: string; readonly callbackUrl: string },
  signal: AbortSignal,
): Promise<CameBack | undefined> {
  const { database, clock } = parts
  const state = new URL(back.callbackUrl).searchParams.get('state') ?? ''
  const workspaceId = workspaceOfState(state)
  if (workspaceId === undefined) return undefined
  const claim = { stateHash: stateHash(state), personId: back.personId, at: clock.now() }
  const request = await database.inWorkspace(workspaceId, (tx) => claimConsentRequest(tx, claim))
  if (request === undefined) {
    const handle = await database.inWorkspace(workspaceId, (tx) => consentRequestOfState(tx, claim))
    return handle === undefined ? undefined : { workspaceId, handle }
  }
  const outcome = await concluded(parts, request, { state, callbackUrl: back.callbackUrl }, signal)
  if (outcome !== undefined) {
    await database.inWorkspace(workspaceId, (tx) => storeOutcome(tx, request.id, outcome))
  }
  return { workspaceId, handle: request.id }
}

/** Undefined when the outcome was stored together with the mailbox. */
async function concluded(
  parts: MailboxParts,
  request: ConsentRequest,
  back: { readonly state: string; readonly callbackUrl: string },
  signal: AbortSignal,
): Promise<ConnectOutcome | undefined> {
  const { endpoint: key } = request
  const asked = askedIn(request)
  if (Temporal.Instant.compare(request.expiresAt, parts.clock.now()) <= 0)
    return { outcome: 'expired', ...asked }
  const place = await endpointOf(parts.endpoints, key)
  if (place === undefined) return { outcome: 'failed', detail: 'endpoint_unknown', ...asked }
  const signedIn = await place.adapter.consent.exchange(
    {
      level: request.level,
      shared: request.shared,
      callbackUrl: back.callbackUrl,
      redirectUri: parts.redirectUri(),
      state: back.state,
      nonce: request.nonce,
      codeVerifier: parts.box.open(request.codeVerifier, `consent:${request.id}`),
    },
    signal,
  )
  if (!signedIn.ok) {
    const { failure } = signedIn
    parts.log.warn(
      { kind: failure.kind, diagnostic: failure.diagnostic },
      'a sign-in at a provider came to nothing',
    )
    const outcome = outcomeOfFailure(failure)
    if (outcome.outcome === 'admin_needed') await waitForAdmin(parts, request)
    return { ...outcome, ...asked }
  }
  return await concludeSignedIn(parts, request, place.endpoint, signedIn.value)
}

/** Of a request, what the page is told again. */
function askedIn(request: ConsentRequest): Partial<ConnectOutcome> {
  const { level, endpoint, mailboxId, sharedAddress, sharedName, shared: sharedLevel } = request
  return {
    level,
    endpoint,
    ...(mailboxId === undefined ? {} : { mailboxId }),
    ...(sharedAddress === undefined ? {} : { sharedAddress }),
    ...(sharedName === undefined ? {} : { sharedName }),
    ...(sharedAddress === undefined || sharedLevel === undefined ? {} : { sharedLevel }),
  }
}

/** Somebody signed in: the mailbox, or why there is none. Undefined when the outcome was stored together with it. */
export async function concludeSignedIn(
  parts: MailboxParts,
  request: ConsentRequest,
  at: Endpoint,
  signedIn: SignedIn,
): Promise<ConnectOutcome | undefined> {
  const asked = askedIn(request)
  const { address } = signedIn.account
  const short = shortcoming(request, signedIn)
  if (short !== undefined) return { ...short, address, ...asked }
  try {
    await parts.database.inWorkspace(request.workspaceId, async (tx) => {
      const settled = await settle(parts, tx, request, at, signedIn)
      if (settled.outcome === 'connected' && settled.mailboxId !== undefined) {
        await appendEntry(tx, parts.ids, settled.mailboxId, signInEntry)
      }
      await storeOutcome(tx, request.id, { address, ...settled, ...asked })
    })
    return undefined
  } catch (error) {
    if (!(error instanceof AddressTakenError)) throw error
    return { outcome: 'failed', detail: 'address_connected', address, ...asked }
  }
}

/** From now on the person waits; the next sign-in at this level settles it. */
async function waitForAdmin(parts: MailboxParts, request: ConsentRequest): Promise<void> {
  const place = await endpointOf(parts.endpoints, request.endpoint)
  if (request.level !== 'full' || !asksAdmins(place?.endpoint)) return
  const shared = request.shared !== undefined
  await parts.database.inWorkspace(request.workspaceId, (tx) => askAdmin(parts, tx, { ...request, shared }))
}

// the call was made before there was a log to announce it in
const signInEntry = {
  phase: 'after',
  call: 'signIn',
  purpose: 'connect',
  depth: 'nothing',
  times: 1,
  outcome: 'ok',
} as const

/** Two sign-ins connected one address at the same time; this one came second and is taken back as a whole. */
class AddressTakenError extends Error {
  override readonly name = 'AddressTakenError'
}

/** What a person can do something about, by name. */
const told = [
  'mailbox_unavailable',
  'organisation_policy',
  'sign_in_again',
  'wrong_account',
  'account_disabled',
] as const

function outcomeOfFailure(failure: ProviderFailure): ConnectOutcome {
  if (failure.kind === 'unauthorised' && failure.why === 'denied') return { outcome: 'denied' }
  if (failure.kind === 'admin_needed') return { outcome: 'admin_needed' }
  const why = failure.kind === 'unauthorised' ? told.find((code) => code === failure.why) : undefined
  return { outcome: 'failed', detail: why ?? failure.kind }
}

function shortcoming(request: ConsentRequest, { granted, tokens }: SignedIn): ConnectOutcome | undefined {
  if (!granted.send && !granted.read) return { outcome: 'denied' }
  if (request.level === 'send_only' && granted.read) return { outcome: 'failed', detail: 'grant_too_wide' }
  const missing = [
    ...(granted.send ? [] : (['send'] as const)),
    ...(granted.read || request.level === 'send_only' ? [] : (['read'] as const)),
    ...(request.sharedAddress === undefined ? [] : missingOfShared(request.shared, granted.shared)),
  ]
  if (missing.length > 0) return { outcome: 'partial', missing }
  return tokens.refreshToken === undefined ? { outcome: 'failed', detail: 'no_refresh_token' } : undefined
}

function missingOfShared(
  asked: Level | undefined,
  granted: Level | undefined,
): readonly ('shared' | 'shared_read')[] {
  if (granted === undefined) return ['shared']
  return asked === 'full' && granted !== 'full' ? ['shared_read'] : []
}

async function settle(
  parts: MailboxParts,
  tx: Tx,
  request: ConsentRequest,
  endpoint: Endpoint,
  signedIn: SignedIn,
): Promise<ConnectOutcome> {
  const key = addressKey(signedIn.account.address)
  const wanted = request.mailboxId === undefined ? undefined : await lockMailbox(tx, request.mailboxId)
  if (request.mailboxId !== undefined && wanted === undefined) {
    return { outcome: 'failed', detail: 'mailbox_disconnected' }
  }
  const meant = wanted === undefined ? undefined : await signInAddress(tx, wanted.id)
  if (wanted !== undefined && meant !== undefined && addressKey(meant) !== key)
    return { outcome: 'other_account', mailboxId: wanted.id, address: meant }
  const known = wanted ?? (await lockMailboxOfAddress(tx, key))
  const foreign = known !== undefined && (known.ownerId !== request.personId || known.place !== 'own')
  if (foreign && wanted === undefined) return { outcome: 'failed', detail: 'address_connected' }
  const ownerId = known?.ownerId ?? request.personId
  const { accountId } = signedIn.account
  const beside = await grantOfAccount(tx, { endpoint: endpoint.key, accountId, ownerId })
  const grantId = known?.grantId ?? beside ?? parts.ids.uuid()
  const grant = { grantId, request, endpoint, signedIn }
  await keepGrant(parts, tx, grant, ownerId)
  for (const other of await lockMailboxesOfGrant(tx, grantId))
    if (other.id !== known?.id) await reconnected(parts, tx, other, grant)
  const outcome = await (known === undefined
    ? connected(parts, tx, key, grant)
    : reconnected(parts, tx, known, grant))
  if (request.level === 'full' && outcome.mailboxId !== undefined) {
    const { personId } = request
    await settleAdminRequests(tx, { personId, endpoint: endpoint.key, mailboxId: outcome.mailboxId })
  }
  return signedIn.wider === true ? { ...outcome, ...widerAt(parts, endpoint, signedIn) } : outcome
}

/** The provider allows more than the level; we do not use it, and say where it can be taken back. */
function widerAt(
  { endpoints }: Pick<MailboxParts, 'endpoints'>,
  endpoint: Endpoint,
  { account }: SignedIn,
): Pick<ConnectOutcome, 'detail' | 'consentPage'> {
  const consentPage = endpoints.adapter(endpoint)?.consent.consentPage(account.accountId)
  return { detail: 'wider_at_provider', ...(consentPage === undefined ? {} : { consentPage }) }
}

interface GivenGrant {
  readonly grantId: string
  readonly request: ConsentRequest
  readonly endpoint: Endpoint
  readonly signedIn: SignedIn
}

async function keepGrant(
  { box }: Pick<MailboxParts, 'box'>,
  tx: Tx,
  { grantId, request, endpoint, signedIn }: GivenGrant,
  ownerId: string,
): Promise<void> {
  const { tokens, account, granted } = signedIn
  await saveGrant(tx, {
    workspaceId: request.workspaceId,
    id: grantId,
    endpoint: endpoint.key,
    provider: endpoint.provider,
    accountId: account.accountId,
    address: account.address,
    ownerId,
    level: request.level,
    maySend: granted.send,
    mayRead: granted.read,
    shared: request.shared && granted.shared && narrower(request.shared, granted.shared),
    accessToken: box.seal(tokens.accessToken, grantContext(grantId)),
    refreshToken: box.seal(tokens.refreshToken ?? '', grantContext(grantId)),
    accessExpiresAt: tokens.expiresAt,
  })
}

async function connected(
  parts: MailboxParts,
  tx: Tx,
  key: string,
  { grantId, request, endpoint, signedIn }: GivenGrant,
): Promise<ConnectOutcome> {
  const id = parts.ids.uuid()
  const { workspaceId, personId, level, sharing } = request
  const { address, name } = signedIn.account
  const inserted = await insertMailbox(tx, {
    workspaceId,
    id,
    grantId,
    endpoint: endpoint.key,
    provider: endpoint.provider,
    practice: endpoint.practice,
    place: 'own',
    level,
    address,
    addressKey: key,
    ownerId: personId,
    displayName: name,
    sharing,
    namedMembers: request.namedMembers,
    zone: (await workspaceOf(tx)).zone,
  })
  if (!inserted) throw new AddressTakenError(address)
  await setDefault(tx, personId, id, 'first')
  await auditMailbox(tx, { personId, action: 'mailbox.connected', address, detail: { level } })
  await parts.emit(tx, {
    workspaceId,
    type: 'mailbox.connected',
    subject: id,
    payload: { mailboxId: id, address, level, ownerId: personId },
  })
  await parts.schedule.sync(tx, id)
  return { outcome: 'connected', mailboxId: id }
}

/** A shared mailbox keeps its level as far as the account's reaches, unless this was begun for it. */
function levelAfter({ id, place, level }: Mailbox, request: ConsentRequest): Level {
  if (place !== 'shared') return request.level
  const begunForIt = id === request.mailboxId && request.sharedAddress !== undefined
  return narrower(request.level, begunForIt ? (request.shared ?? level) : level)
}

async function reconnected(
  parts: MailboxParts,
  tx: Tx,
  mailbox: Mailbox,
  { grantId, request, endpoint }: GivenGrant,
): Promise<ConnectOutcome> {
  const { workspaceId, personId } = request
  const level = levelAfter(mailbox, request)
  await setConnected(tx, mailbox.id, { grantId, level, endpoint: endpoint.key })
  if (mailbox.place === 'alias' && level === 'send_only')
    await setBroken(tx, mailbox.id, { health: 'reconnect_needed', reason: aliasNeedsFull })
  const broken = mailbox.health === 'reconnect_needed' || mailbox.health === 'waiting_for_admin'
  const type = broken ? 'mailbox.reconnected' : 'mailbox.changed'
  const payload = {
    mailboxId: mailbox.id,
    address: mailbox.address,
    ownerId: mailbox.ownerId,
    level,
    levelBefore: mailbox.level,
    ...(request.fetchEarlier ? { fetchEarlier: true } : {}),
  }
  await auditMailbox(tx, { personId, action: type, address: mailbox.address, detail: { level } })
  await parts.emit(tx, { workspaceId, type, subject: mailbox.id, payload })
  await parts.schedule.sync(tx, mailbox.id)
  return { outcome: 'connected', mailboxId: mailbox.id }
}

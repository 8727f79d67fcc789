/**
 * Sending a person to the provider's sign-in: to connect a mailbox, to reconnect one, or to change its level.
 *
 * The state carries the workspace, so that the way back finds it, and 256 random bits, of which only a hash is kept;
 * the PKCE verifier is kept sealed. A request lives for half an hour.
 */
import { createHash } from 'node:crypto'
import type { Endpoint, Level } from './consent.ts'
import { narrower } from './consent.ts'
import type { Actor as TeamActor } from '../team/index.ts'
import { workspaceOf } from '../team/index.ts'
import type { Mailbox, Sharing } from './mailbox.ts'
import type { MailboxParts } from './parts.ts'
import { memberNames } from './members.ts'
import { endpointOf } from './parts.ts'
import { insertConsentRequest } from './store-consent.ts'
import { reachOf, signInAddress } from './store-grant.ts'

export interface ConsentWish {
  readonly workspaceId: string
  readonly personId: string
  readonly language: 'en' | 'de'
  readonly endpoint: string
  readonly level: Level
  readonly sharing: Sharing
  readonly namedMembers: readonly string[]
  /** The mailbox that must come back. */
  readonly mailbox?: { readonly id: string }
  /** Look for replies of the time before, once reading is allowed. */
  readonly fetchEarlier?: boolean
  /** A mailbox that is shared with the account: it is to be added after this, or to be read. */
  readonly shared?: SharedGoal
}

export interface SharedGoal {
  readonly address: string
  readonly name: string
  readonly level: Level
}

export type ConsentProblem =
  | 'endpoint_unknown'
  | 'endpoint_not_configured'
  | 'mode_mismatch'
  | 'mode_undecided'
  | 'named_unknown'

export type ConsentStart =
  | { readonly ok: true; readonly authorizeUrl: string }
  | { readonly ok: false; readonly problem: ConsentProblem }

const lifetimeMinutes = 30

/** The address of the provider's page, with a request kept for the way back. */
export async function startConsent(parts: MailboxParts, wish: ConsentWish): Promise<ConsentStart> {
  const { database, ids, box, clock } = parts
  const place = await endpointOf(parts.endpoints, wish.endpoint)
  if (place === undefined) return { ok: false, problem: 'endpoint_unknown' }
  const { endpoint, adapter } = place
  if (!isConfigured(endpoint)) return { ok: false, problem: 'endpoint_not_configured' }
  const id = ids.uuid()
  const state = `${wish.workspaceId}.${ids.token(32)}`
  const nonce = ids.token(24)
  const codeVerifier = ids.token(48)
  let loginHint: string | undefined
  let shared = wish.shared?.level
  const problem = await database.inWorkspace(
    wish.workspaceId,
    async (tx): Promise<ConsentProblem | undefined> => {
      const { mode } = await workspaceOf(tx)
      if (mode === 'undecided') return 'mode_undecided'
      if ((mode === 'practice') !== endpoint.practice) return 'mode_mismatch'
      const known = await memberNames(tx, wish.namedMembers)
      if (wish.namedMembers.some((personId) => !known.has(personId))) return 'named_unknown'
      loginHint = wish.mailbox === undefined ? undefined : await signInAddress(tx, wish.mailbox.id)
      const before = wish.mailbox && (await reachOf(tx, wish.mailbox.id))?.shared
      shared = sharedReach(wish.level, [shared, before])
      await insertConsentRequest(tx, {
        workspaceId: wish.workspaceId,
        id,
        stateHash: stateHash(state),
        personId: wish.personId,
        endpoint: endpoint.key,
        level: wish.level,
        sharing: wish.sharing,
        namedMembers: wish.namedMembers,
        mailboxId: wish.mailbox?.id,
        fetchEarlier: wish.fetchEarlier ?? false,
        shared,
        sharedAddress: wish.shared?.address,
        sharedName: wish.shared?.name,
        codeVerifier: box.seal(codeVerifier, `consent:${id}`),
        nonce,
        expiresAt: clock.now().add({ minutes: lifetimeMinutes }),
      })
      return undefined
    },
  )
  if (problem !== undefined) return { ok: false, problem }
  const authorizeUrl = await adapter.consent.authorizeUrl({
    level: wish.level,
    shared,
    redirectUri: parts.redirectUri(),
    state,
    nonce,
    codeVerifier,
    language: wish.language,
    ...(loginHint === undefined ? {} : { loginHint }),
  })
  return { ok: true, authorizeUrl }
}

/** Enough for every shared mailbox of the account, and no wider than for its own mail. */
function sharedReach(level: Level, wanted: readonly (Level | undefined)[]): Level | undefined {
  const widest = wanted.includes('full') ? 'full' : wanted.find((one) => one !== undefined)
  return widest && narrower(level, widest)
}

/** The wish to have a connected mailbox come back, at its own or another level. */
export function consentAgain(
  actor: Pick<TeamActor, 'workspaceId' | 'personId' | 'language'>,
  mailbox: Mailbox,
  level: Level,
): ConsentWish {
  const { workspaceId, personId, language } = actor
  const { id, endpoint, sharing } = mailbox
  return {
    workspaceId,
    personId,
    language,
    endpoint,
    level,
    sharing,
    namedMembers: [],
    mailbox: { id },
  }
}

/** Somebody registered an app there, or nobody has to. */
export function isConfigured({ byPassword, clientId }: Endpoint): boolean {
  return byPassword === true || clientId !== undefined
}

/** What is kept of a state. */
export function stateHash(state: string): Buffer {
  return createHash('sha256').update(state).digest()
}

/** The workspace in a state, undefined when the text is no state of ours. */
export function workspaceOfState(state: string): string | undefined {
  return /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.[\w-]{43}$/.exec(state)?.[1]
}

/**
 * The way back from our own sign-in page, where a person types address and password.
 *
 * 1. The state names the wish, which stays open until servers and password work, so that a slip costs nothing. 2. Both
 * are tried at the servers, outside any transaction. 3. The wish is taken, once, and settled as after any other sign-in.
 * The password is kept sealed, in the place of tokens, and stands in no log.
 */
import type { CameBack } from './come-back.ts'
import { concludeSignedIn } from './come-back.ts'
import { stateHash, workspaceOfState } from './connect.ts'
import type { SignInComplaint, TypedSignIn } from './consent.ts'
import type { MailboxParts } from './parts.ts'
import { endpointOf } from './parts.ts'
import type { ConsentRequest } from './store-consent.ts'
import { claimConsentRequest, openConsentRequest, storeOutcome } from './store-consent.ts'
import { mailboxById } from './store.ts'
import { grantById } from './store-grant.ts'
import { grantContext } from './tokens.ts'

export interface PasswordWish {
  readonly workspaceId: string
  readonly personId: string
  readonly state: string
  readonly typed: TypedSignIn
}

export type PasswordOutcome =
  | ({ readonly ok: true } & CameBack)
  | { readonly ok: false; readonly complaint: SignInComplaint }

/** Undefined when the wish is over, or not this person's. */
export async function signInByPassword(
  parts: MailboxParts,
  { workspaceId, personId, state, typed }: PasswordWish,
  signal: AbortSignal,
): Promise<PasswordOutcome | undefined> {
  if (workspaceOfState(state) !== workspaceId) return undefined
  const claim = { stateHash: stateHash(state), personId, at: parts.clock.now() }
  const wish = await parts.database.inWorkspace(workspaceId, (tx) => openConsentRequest(tx, claim))
  const place = wish === undefined ? undefined : await endpointOf(parts.endpoints, wish.endpoint)
  if (wish === undefined || place?.adapter.password === undefined) return undefined
  const before = await keptBefore(parts, wish)
  const signedIn = await place.adapter.password.signIn(typed, wish.level, signal, before)
  if (!signedIn.ok) {
    const { at, verdict } = signedIn.complaint
    parts.log.info({ at, verdict }, 'a sign-in by password came to nothing')
    return signedIn
  }
  const request = await parts.database.inWorkspace(workspaceId, (tx) => claimConsentRequest(tx, claim))
  if (request === undefined) return undefined
  const outcome = await concludeSignedIn(parts, request, place.endpoint, signedIn.value)
  if (outcome !== undefined)
    await parts.database.inWorkspace(workspaceId, (tx) => storeOutcome(tx, request.id, outcome))
  return { ok: true, workspaceId, handle: request.id }
}

/** What the mailbox that comes back was signed in with, so that its servers need not be typed again. */
async function keptBefore(parts: MailboxParts, wish: ConsentRequest): Promise<string | undefined> {
  const { mailboxId } = wish
  if (mailboxId === undefined) return undefined
  const grant = await parts.database.inWorkspace(wish.workspaceId, async (tx) => {
    const mailbox = await mailboxById(tx, mailboxId)
    return mailbox?.grantId === undefined ? undefined : await grantById(tx, mailbox.grantId)
  })
  return grant?.refreshToken === undefined
    ? undefined
    : parts.box.open(grant.refreshToken, grantContext(grant.id))
}

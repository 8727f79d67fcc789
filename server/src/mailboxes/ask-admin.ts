/**
 * Asking an admin at the provider, where reading needs one (Microsoft's work accounts).
 *
 * 1. A person waits: a request with a link that may be passed on for as long as it is open. 2. Whoever administers the
 * organisation opens it and agrees or declines at the provider, and comes back with the link's state. 3. The person is
 * told. What the admin really allowed is known only from the next sign-in, so nothing is connected here: whoever has the
 * link could say so.
 */
import type { Tx } from '../platform/db/index.ts'
import { stateHash } from './connect.ts'
import type { Endpoint } from './consent.ts'
import type { MailboxParts } from './parts.ts'
import type { AdminAnswer, AdminRequest, NewAdminRequest } from './store-admin-request.ts'
import { answerAdminRequest, openAdminRequest } from './store-admin-request.ts'

export type AdminWish = Pick<
  NewAdminRequest,
  'workspaceId' | 'personId' | 'endpoint' | 'sharing' | 'namedMembers' | 'mailboxId' | 'shared'
>

/** Whether admins can be asked at an endpoint at all. */
export function asksAdmins(endpoint: Endpoint | undefined): boolean {
  return endpoint?.adminConsentUrl !== undefined && endpoint.clientId !== undefined
}

/** Notes that a person waits; asking again changes nothing but what an admin said before. */
export async function askAdmin(
  parts: Pick<MailboxParts, 'ids' | 'box' | 'emit'>,
  tx: Tx,
  wish: AdminWish,
): Promise<void> {
  const id = parts.ids.uuid()
  const state = `${wish.workspaceId}.admin.${parts.ids.token(32)}`
  await openAdminRequest(tx, {
    ...wish,
    id,
    stateHash: stateHash(state),
    state: parts.box.seal(state, sealedFor(wish)),
  })
  await tellOwner(parts, tx, wish.workspaceId, { type: 'mailbox.admin_asked', personId: wish.personId, id })
}

/** The link for the admin; undefined where none can be asked. */
export function adminLink(
  { endpoints, box, redirectUri }: Pick<MailboxParts, 'endpoints' | 'box' | 'redirectUri'>,
  endpoint: Endpoint,
  request: AdminRequest,
): string | undefined {
  return endpoints.adapter(endpoint)?.consent.adminConsentUrl?.({
    level: 'full',
    shared: request.shared ? 'full' : undefined,
    redirectUri: redirectUri(),
    state: box.open(request.state, sealedFor(request)),
  })
}

// not the id: a request that is asked again keeps its link
function sealedFor({ personId, endpoint }: Pick<AdminRequest, 'personId' | 'endpoint'>): string {
  return `admin-request:${personId}:${endpoint}`
}

/** The workspace in a state of ours, undefined when the text is none. */
export function workspaceOfAdminState(state: string): string | undefined {
  return /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.admin\.[\w-]{43}$/.exec(state)?.[1]
}

/** Takes the return of an admin's browser; undefined when nobody waits for it. */
export async function adminCameBack(
  parts: Pick<MailboxParts, 'database' | 'emit'>,
  callbackUrl: string,
): Promise<AdminAnswer | undefined> {
  const query = new URL(callbackUrl).searchParams
  const state = query.get('state') ?? ''
  const workspaceId = workspaceOfAdminState(state)
  if (workspaceId === undefined) return undefined
  const agreed = query.get('admin_consent')?.toLowerCase() === 'true' && !query.has('error')
  const answer = agreed ? 'agreed' : 'declined'
  return await parts.database.inWorkspace(workspaceId, async (tx) => {
    const answered = await answerAdminRequest(tx, stateHash(state), answer)
    if (answered === undefined) return undefined
    const { id, personId } = answered
    await tellOwner(parts, tx, workspaceId, { type: 'mailbox.admin_answered', personId, id, answer })
    return answer
  })
}

async function tellOwner(
  parts: Pick<MailboxParts, 'emit'>,
  tx: Tx,
  workspaceId: string,
  { type, id, ...rest }: { type: string; id: string; personId: string; readonly answer?: AdminAnswer },
): Promise<void> {
  const { personId: ownerId, ...more } = rest
  await parts.emit(tx, { workspaceId, type, subject: id, payload: { ownerId, ...more } })
}

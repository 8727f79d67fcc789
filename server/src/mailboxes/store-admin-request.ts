/** Every statement on requests to an admin at a provider. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { Sharing } from './mailbox.ts'

export type AdminAnswer = 'agreed' | 'declined'

/** One person waits for an admin. */
export interface AdminRequest {
  readonly id: string
  readonly personId: string
  readonly endpoint: string
  readonly sharing: Sharing
  readonly namedMembers: readonly string[]
  readonly mailboxId: string | undefined
  /** Of the mailbox, where one is connected already. */
  readonly address: string | undefined
  /** For mailboxes that are shared with the account, too. */
  readonly shared: boolean
  /** Sealed. */
  readonly state: string
  readonly askedAt: Temporal.Instant
  readonly answer: AdminAnswer | undefined
}

export interface NewAdminRequest
  extends Pick<
    AdminRequest,
    'id' | 'personId' | 'endpoint' | 'sharing' | 'namedMembers' | 'mailboxId' | 'shared' | 'state'
  > {
  readonly workspaceId: string
  readonly stateHash: Uint8Array
}

/** Opens a request, or leaves the one that is open as it is; an admin who declined may be asked again. */
export async function openAdminRequest(tx: Tx, request: NewAdminRequest): Promise<void> {
  await sql`
    insert into admin_request (workspace_id, id, person_id, endpoint, sharing, named_members, mailbox_id, shared,
                               state_hash, state)
    values (${request.workspaceId}, ${request.id}, ${request.personId}, ${request.endpoint}, ${request.sharing},
            ${[...request.namedMembers]}::uuid[], ${request.mailboxId ?? null}, ${request.shared}, ${Buffer.from(request.stateHash)},
            ${request.state})
    on conflict (workspace_id, person_id, endpoint, mailbox_id) where ended_at is null do update set
      sharing = excluded.sharing, named_members = excluded.named_members, shared = excluded.shared, answer = null, answered_at = null`.execute(
    tx,
  )
}

/** Open requests of a person, oldest first. */
export async function openAdminRequests(tx: Tx, personId: string): Promise<readonly AdminRequest[]> {
  const { rows } = await sql<{
    id: string
    person_id: string
    endpoint: string
    sharing: Sharing
    named_members: string[]
    mailbox_id: string | null
    address: string | null
    shared: boolean
    state: string
    asked_at: Temporal.Instant
    answer: AdminAnswer | null
  }>`
    select r.id, r.person_id, r.endpoint, r.sharing, r.named_members::text[] as named_members, r.mailbox_id, m.address,
      r.shared, r.state, r.asked_at, r.answer
    from admin_request r left join mailbox m on m.workspace_id = r.workspace_id and m.id = r.mailbox_id
    where r.workspace_id = (select kontor_workspace()) and r.person_id = ${personId} and r.ended_at is null
      and m.disconnected_at is null
    order by r.asked_at, r.id`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    endpoint: row.endpoint,
    sharing: row.sharing,
    namedMembers: row.named_members,
    mailboxId: row.mailbox_id ?? undefined,
    address: row.address ?? undefined,
    shared: row.shared,
    state: row.state,
    askedAt: row.asked_at,
    answer: row.answer ?? undefined,
  }))
}

/** What an admin said, by the state of the link; undefined when nobody waits for that any more. */
export async function answerAdminRequest(
  tx: Tx,
  stateHash: Uint8Array,
  answer: AdminAnswer,
): Promise<{ readonly id: string; readonly personId: string; readonly endpoint: string } | undefined> {
  const { rows } = await sql<{ id: string; person_id: string; endpoint: string }>`
    update admin_request set answer = ${answer}, answered_at = kontor_now()
    where workspace_id = (select kontor_workspace()) and state_hash = ${Buffer.from(stateHash)} and ended_at is null
    returning id, person_id, endpoint`.execute(tx)
  return rows.map((row) => ({ id: row.id, personId: row.person_id, endpoint: row.endpoint }))[0]
}

/** Nobody waits any more: a mailbox of that place reads now. */
export async function settleAdminRequests(
  tx: Tx,
  by: { readonly personId: string; readonly endpoint: string; readonly mailboxId: string },
): Promise<void> {
  await sql`
    update admin_request set ended_at = kontor_now()
    where workspace_id = (select kontor_workspace()) and ended_at is null and endpoint = ${by.endpoint}
      and (mailbox_id = ${by.mailboxId} or (mailbox_id is null and person_id = ${by.personId}))`.execute(tx)
}

/** Takes a request back; false when the person has none of that id. */
export async function endAdminRequest(tx: Tx, id: string, personId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update admin_request set ended_at = kontor_now()
    where workspace_id = (select kontor_workspace()) and id = ${id} and person_id = ${personId}
      and ended_at is null`.execute(tx)
  return numAffectedRows === 1n
}

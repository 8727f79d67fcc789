/** Every statement on sign-ins under way. Their times are real time: a person sits in front of the provider's page. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import { json } from '../platform/db/index.ts'
import type { Level } from './consent.ts'
import type { Sharing } from './mailbox.ts'

/** What a sign-in came to, as the page is told. */
export interface ConnectOutcome {
  readonly outcome:
    | 'connected'
    | 'partial'
    | 'denied'
    | 'other_account'
    | 'expired'
    | 'failed'
    | 'admin_needed'
  readonly mailboxId?: string
  readonly address?: string
  readonly missing?: readonly ('send' | 'read' | 'shared' | 'shared_read')[]
  readonly level?: Level
  readonly endpoint?: string
  readonly detail?: string
  readonly consentPage?: string
  readonly sharedAddress?: string
  readonly sharedName?: string
  readonly sharedLevel?: Level
}

export interface ConsentRequest {
  readonly workspaceId: string
  readonly id: string
  readonly personId: string
  readonly endpoint: string
  readonly level: Level
  readonly sharing: Sharing
  readonly namedMembers: readonly string[]
  /** The mailbox to reconnect; absent for one that is connected for the first time. */
  readonly mailboxId: string | undefined
  /** Look for replies of the time before, once reading is allowed. */
  readonly fetchEarlier: boolean
  /** What is asked for with mailboxes that are shared with the account. */
  readonly shared: Level | undefined
  /** The one that this is begun for: to add it, or to read it. */
  readonly sharedAddress: string | undefined
  /** Its sender name, as it was typed before. */
  readonly sharedName: string | undefined
  /** Sealed. */
  readonly codeVerifier: string
  readonly nonce: string
  readonly expiresAt: Temporal.Instant
}

/** Keeps a sign-in that begins. */
export async function insertConsentRequest(
  tx: Tx,
  request: ConsentRequest & { readonly stateHash: Uint8Array },
): Promise<void> {
  await sql`
    insert into consent_request (workspace_id, id, state_hash, person_id, endpoint, level, sharing, named_members,
                                 mailbox_id, fetch_earlier, shared_level, shared_address, shared_name, code_verifier,
                                 nonce, expires_at)
    values (${request.workspaceId}, ${request.id}, ${Buffer.from(request.stateHash)}, ${request.personId},
            ${request.endpoint}, ${request.level}, ${request.sharing}, ${[...request.namedMembers]}::uuid[],
            ${request.mailboxId ?? null}, ${request.fetchEarlier}, ${request.shared ?? null},
            ${request.sharedAddress ?? null}, ${request.sharedName ?? null}, ${request.codeVerifier}, ${request.nonce}, ${request.expiresAt.toString()})`.execute(
    tx,
  )
}

interface ConsentRow {
  readonly workspace_id: string
  readonly id: string
  readonly person_id: string
  readonly endpoint: string
  readonly level: Level
  readonly sharing: Sharing
  readonly named_members: string[]
  readonly mailbox_id: string | null
  readonly fetch_earlier: boolean
  readonly shared_level: Level | null
  readonly shared_address: string | null
  readonly shared_name: string | null
  readonly code_verifier: string
  readonly nonce: string
  readonly expires_at: Temporal.Instant
}

const consentColumns = sql.raw(`workspace_id, id, person_id, endpoint, level, sharing,
      named_members::text[] as named_members, mailbox_id, fetch_earlier, shared_level, shared_address, shared_name,
      code_verifier, nonce, expires_at`)

function requestIn(row: ConsentRow): ConsentRequest {
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    personId: row.person_id,
    endpoint: row.endpoint,
    level: row.level,
    sharing: row.sharing,
    namedMembers: row.named_members,
    mailboxId: row.mailbox_id ?? undefined,
    fetchEarlier: row.fetch_earlier,
    shared: row.shared_level ?? undefined,
    sharedAddress: row.shared_address ?? undefined,
    sharedName: row.shared_name ?? undefined,
    codeVerifier: row.code_verifier,
    nonce: row.nonce,
    expiresAt: row.expires_at,
  }
}

interface Claim {
  readonly stateHash: Uint8Array
  readonly personId: string
  readonly at: Temporal.Instant
}

/** Takes the sign-in of a state once, and only for the person who began it. */
export async function claimConsentRequest(tx: Tx, claim: Claim): Promise<ConsentRequest | undefined> {
  const { rows } = await sql<ConsentRow>`
    update consent_request set used_at = ${claim.at.toString()}
    where workspace_id = (select kontor_workspace()) and state_hash = ${Buffer.from(claim.stateHash)}
      and person_id = ${claim.personId} and used_at is null
    returning ${consentColumns}`.execute(tx)
  return rows.map(requestIn)[0]
}

/** The sign-in of a state while it may still be ended by the person who began it; it is not taken. */
export async function openConsentRequest(tx: Tx, claim: Claim): Promise<ConsentRequest | undefined> {
  const { rows } = await sql<ConsentRow>`
    select ${consentColumns} from consent_request
    where workspace_id = (select kontor_workspace()) and state_hash = ${Buffer.from(claim.stateHash)}
      and person_id = ${claim.personId} and used_at is null and expires_at > ${claim.at.toString()}`.execute(
    tx,
  )
  return rows.map(requestIn)[0]
}

/** The sign-in that a state belonged to, for a page that is loaded a second time. */
export async function consentRequestOfState(
  tx: Tx,
  { stateHash, personId }: { readonly stateHash: Uint8Array; readonly personId: string },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from consent_request
    where workspace_id = (select kontor_workspace()) and state_hash = ${Buffer.from(stateHash)}
      and person_id = ${personId}`.execute(tx)
  return rows[0]?.id
}

/** Stores what a sign-in came to, once; the code verifier is not needed any more. */
export async function storeOutcome(tx: Tx, id: string, outcome: ConnectOutcome): Promise<void> {
  await sql`
    update consent_request set outcome = ${json(outcome)}, code_verifier = ''
    where workspace_id = (select kontor_workspace()) and id = ${id} and outcome is null`.execute(tx)
}

/** What the person's sign-in came to; one that broke off has failed. */
export async function outcomeOf(tx: Tx, id: string, personId: string): Promise<ConnectOutcome | undefined> {
  const { rows } = await sql<{ outcome: ConnectOutcome | null }>`
    select outcome from consent_request
    where workspace_id = (select kontor_workspace()) and id = ${id} and person_id = ${personId}
      and used_at is not null`.execute(tx)
  const row = rows[0]
  return row === undefined ? undefined : (row.outcome ?? { outcome: 'failed', detail: 'broken_off' })
}

/**
 * Statements on members. `moveMembers` is the only one that changes a state, and it proves in its WHERE that the member
 * may move; the database refuses every other move as well.
 */
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { noteGrowth, records } from '../platform/db/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { Member, MemberState } from './member.ts'
import { statesBefore } from './member.ts'
import { hashLinkToken, newLinkToken } from '../platform/link-token/index.ts'

interface MemberRow {
  id: string
  campaign_id: string
  contact_id: string
  state: MemberState
  state_at: Temporal.Instant
  token: string
}

const columns = sql`m.id, m.campaign_id, m.contact_id, m.state, m.state_at, m.token`

function memberOf(row: MemberRow): Member {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    contactId: row.contact_id,
    state: row.state,
    stateAt: row.state_at,
    token: row.token,
  }
}

/** Adds contacts to a campaign; those in it already, and deleted ones, are passed over. Returns how many were added. */
export async function insertMembers(
  tx: Tx,
  { workspaceId, ids }: { readonly workspaceId: string; readonly ids: Ids },
  campaignId: string,
  contactIds: readonly string[],
): Promise<number> {
  const made = contactIds.map((contactId) => {
    const token = newLinkToken(ids, workspaceId)
    return { id: ids.uuid(), contactId, token, hash: hashLinkToken(token).toString('hex') }
  })
  const { rows } = await sql<{ id: string }>`
    insert into member (workspace_id, id, campaign_id, contact_id, token, token_hash, state_at, created_at)
    select ${workspaceId}, r.id, ${campaignId}, r."contactId", r.token, decode(r.hash, 'hex'), (select kontor_now()), (select kontor_now())
    from json_to_recordset(${records(made)}) as r(id uuid, "contactId" uuid, token text, hash text)
      join contact c on c.workspace_id = ${workspaceId} and c.id = r."contactId" and c.deleted_at is null
    order by r."contactId"
    on conflict (workspace_id, campaign_id, contact_id) do nothing returning id`.execute(tx)
  await noteGrowth(tx, rows.length, ['member'])
  return rows.length
}

/** The one door: moves those members that stand where they may move from, and returns their ids. */
export async function moveMembers(
  tx: Tx,
  ids: readonly string[],
  to: MemberState,
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    update member set state = ${to}, state_at = (select kontor_now())
    where id = any(${[...ids]}::uuid[]) and state = any(${[...statesBefore(to)]}::text[]) returning id`.execute(
    tx,
  )
  return rows.map((row) => row.id)
}

export async function moveMember(tx: Tx, id: string, to: MemberState): Promise<boolean> {
  return (await moveMembers(tx, [id], to)).length > 0
}

/** The member of a personal link, whose contact is in use, locked until the transaction ends. */
export async function lockMemberOfToken(tx: Tx, hash: Buffer): Promise<Member | undefined> {
  const { rows } = await sql<MemberRow>`
    select ${columns} from member m
      join contact c on c.workspace_id = m.workspace_id and c.id = m.contact_id and c.deleted_at is null
    where m.token_hash = ${hash}
      or m.id = (select a.member_id from member_alias a where a.token_hash = ${hash}) for update of m`.execute(
    tx,
  )
  return rows[0] === undefined ? undefined : memberOf(rows[0])
}

/** One contact's place in a campaign, locked until the transaction ends. */
export async function lockMemberOfContact(
  tx: Tx,
  campaignId: string,
  contactId: string,
): Promise<Member | undefined> {
  const { rows } = await sql<MemberRow>`select ${columns} from member m
    where m.campaign_id = ${campaignId} and m.contact_id = ${contactId} for update of m`.execute(tx)
  return rows[0] === undefined ? undefined : memberOf(rows[0])
}

/** Locks members in a fixed order, so that two launches wait for each other instead of writing twice. */
export async function lockMembers(tx: Tx, campaignId: string, ids: readonly string[]): Promise<void> {
  await sql`select id from member where campaign_id = ${campaignId} and id = any(${[...ids]}::uuid[])
    order by id for update`.execute(tx)
}

/** Locks everybody who has applied and waits for an answer. */
export async function lockApplied(tx: Tx, campaignId: string): Promise<void> {
  await sql`select id from member where campaign_id = ${campaignId} and state = 'applied'
    order by id for update`.execute(tx)
}

/** How many fit, over all pages. */
export async function countMembers(
  tx: Tx,
  campaignId: string,
  { state, pattern }: { readonly state?: MemberState | undefined; readonly pattern?: string | undefined },
): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::int as total from member m
      join contact_card k on k.workspace_id = m.workspace_id and k.id = m.contact_id and not k.deleted
    where m.campaign_id = ${campaignId} ${fitting(state, pattern)}`.execute(tx)
  return rows[0]?.total ?? 0
}

function fitting(state: MemberState | undefined, pattern: string | undefined): RawBuilder<unknown> {
  return sql`${state === undefined ? sql`` : sql`and m.state = ${state}`}
    ${pattern === undefined ? sql`` : sql`and (k.name ilike ${pattern} or k.handle ilike ${pattern} or k.address ilike ${pattern})`}`
}

export interface MemberListed extends Omit<Member, 'token'> {
  readonly name: string
  readonly address: string
  readonly handle: string
  readonly conversationId?: string
}

interface ListedRow extends Omit<MemberRow, 'token'> {
  name: string
  address: string
  handle: string
  conversation_id: string | null
}

/** Members in the order of their adding; `q` is looked for in name, handle and address. */
export async function memberRows(
  tx: Tx,
  campaignId: string,
  filter: {
    readonly state?: MemberState | undefined
    readonly pattern?: string | undefined
    readonly after?: string | undefined
    readonly limit: number
  },
): Promise<readonly MemberListed[]> {
  const { state, pattern, after, limit } = filter
  const { rows } = await sql<ListedRow>`
    select m.id, m.campaign_id, m.contact_id, m.state, m.state_at, k.name, k.address, k.handle, v.id as conversation_id
    from member m
      join contact_card k on k.workspace_id = m.workspace_id and k.id = m.contact_id and not k.deleted
      left join conversation v on v.workspace_id = m.workspace_id and v.contact_id = m.contact_id
        and v.campaign_id = m.campaign_id
    where m.campaign_id = ${campaignId}
      ${fitting(state, pattern)}
      ${after === undefined ? sql`` : sql`and m.id > ${after}`}
    order by m.id limit ${limit}`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    campaignId: row.campaign_id,
    contactId: row.contact_id,
    state: row.state,
    stateAt: row.state_at,
    name: row.name,
    address: row.address,
    handle: row.handle,
    ...(row.conversation_id === null ? {} : { conversationId: row.conversation_id }),
  }))
}

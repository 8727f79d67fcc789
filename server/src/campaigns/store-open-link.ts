/** Statements on open links, and on how many people came through them. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import { hashLinkToken, newLinkToken } from '../platform/link-token/index.ts'

export interface OpenLink {
  readonly open: boolean
  readonly token: string
}

export async function openLinkOf(tx: Tx, campaignId: string): Promise<OpenLink | undefined> {
  const { rows } = await sql<OpenLink>`
    select open, token from open_link where campaign_id = ${campaignId}`.execute(tx)
  return rows[0]
}

/** The campaign behind a link, and whether the link is switched on. */
export async function campaignOfOpenLink(
  tx: Tx,
  hash: Buffer,
): Promise<{ readonly campaignId: string; readonly open: boolean } | undefined> {
  const { rows } = await sql<{ campaignId: string; open: boolean }>`
    select campaign_id as "campaignId", open from open_link where token_hash = ${hash}`.execute(tx)
  return rows[0]
}

/** Switches the link on or off; the first time on makes it. Switched on again it is the same link. */
export async function switchOpenLink(
  tx: Tx,
  { workspaceId, ids }: { readonly workspaceId: string; readonly ids: Ids },
  wish: { readonly campaignId: string; readonly open: boolean; readonly by: string },
): Promise<void> {
  if (wish.open) {
    const token = newLinkToken(ids, workspaceId)
    await sql`insert into open_link (workspace_id, campaign_id, token, token_hash, changed_by)
      values (${workspaceId}, ${wish.campaignId}, ${token}, ${hashLinkToken(token)}, ${wish.by})
      on conflict do nothing`.execute(tx)
  }
  await sql`update open_link set open = ${wish.open}, changed_by = ${wish.by}, changed_at = kontor_now()
    where campaign_id = ${wish.campaignId}`.execute(tx)
}

/** Puts another link in the place of the one that is there. False when there is none. */
export async function replaceOpenLink(
  tx: Tx,
  { workspaceId, ids }: { readonly workspaceId: string; readonly ids: Ids },
  wish: { readonly campaignId: string; readonly by: string },
): Promise<boolean> {
  const token = newLinkToken(ids, workspaceId)
  const { rows } = await sql`
    update open_link set token = ${token}, token_hash = ${hashLinkToken(token)}, changed_by = ${wish.by},
      changed_at = kontor_now()
    where campaign_id = ${wish.campaignId} returning open`.execute(tx)
  return rows.length > 0
}

/** People of a campaign who applied through its open links, also through those that are no more. */
export async function countThroughOpenLink(tx: Tx, campaignId: string): Promise<number> {
  const { rows } = await sql<{ people: number }>`
    select count(distinct a.member_id)::int as people
    from application a join member m on m.workspace_id = a.workspace_id and m.id = a.member_id
    where m.campaign_id = ${campaignId} and a.through_open_link`.execute(tx)
  return rows[0]?.people ?? 0
}

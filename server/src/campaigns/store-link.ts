/** Statements on the private links of people who are written to outside any campaign. */
import { sql } from 'kysely'
import { records } from '../platform/db/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import { hashLinkToken, newLinkToken } from '../platform/link-token/index.ts'

/** Gives a link to everybody who has none yet. Returns contact → token for all of them. */
export async function ensureLinks(
  tx: Tx,
  { workspaceId, ids }: { readonly workspaceId: string; readonly ids: Ids },
  contactIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const made = contactIds.toSorted().map((contactId) => {
    const token = newLinkToken(ids, workspaceId)
    return { contactId, token, hash: hashLinkToken(token).toString('hex') }
  })
  await sql`
    insert into creator_link (workspace_id, contact_id, token, token_hash)
    select ${workspaceId}, r."contactId", r.token, decode(r.hash, 'hex')
    from json_to_recordset(${records(made)}) as r("contactId" uuid, token text, hash text)
    on conflict (workspace_id, contact_id) do nothing`.execute(tx)
  const { rows } = await sql<{ contact_id: string; token: string }>`
    select contact_id, token from creator_link where contact_id = any(${[...contactIds]}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.contact_id, row.token]))
}

/** The person behind a private link, when still in use. */
export async function contactOfLink(tx: Tx, hash: Buffer): Promise<string | undefined> {
  const { rows } = await sql<{ contact_id: string }>`
    select l.contact_id from creator_link l
      join contact c on c.workspace_id = l.workspace_id and c.id = l.contact_id and c.deleted_at is null
    where l.token_hash = ${hash}`.execute(tx)
  return rows[0]?.contact_id
}

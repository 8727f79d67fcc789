/**
 * Statements on pictures: what a workspace shows to people outside it. One that no brand, campaign and brief refers to
 * is forgotten together with its bytes.
 */
import { sql } from 'kysely'
import { blobs } from '../platform/blob/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import { newLinkToken } from '../platform/link-token/index.ts'
import type { Picture, PictureFacts, PictureType } from './picture.ts'

export async function insertPicture(
  tx: Tx,
  { workspaceId, ids }: { readonly workspaceId: string; readonly ids: Ids },
  picture: { readonly facts: PictureFacts; readonly bytes: Uint8Array; readonly by: string },
): Promise<Picture> {
  const { sha256 } = await blobs.put(tx, workspaceId, picture.bytes)
  const { type, width, height } = picture.facts
  const id = ids.uuid()
  const token = newLinkToken(ids, workspaceId)
  await sql`insert into picture (workspace_id, id, token, sha256, type, width, height, created_by)
    values (${workspaceId}, ${id}, ${token}, ${Buffer.from(sha256, 'hex')}, ${type}, ${width}, ${height}, ${picture.by})`.execute(
    tx,
  )
  return { id, token, width, height }
}

export async function pictureContent(
  tx: Tx,
  workspaceId: string,
  token: string,
): Promise<{ readonly type: PictureType; readonly bytes: Uint8Array } | undefined> {
  const { rows } = await sql<{ type: PictureType; sha256: Buffer }>`
    select type, sha256 from picture where token = ${token}`.execute(tx)
  const [row] = rows
  if (row === undefined) return undefined
  const bytes = await blobs.get(tx, workspaceId, row.sha256.toString('hex'))
  return bytes === undefined ? undefined : { type: row.type, bytes }
}

export async function insertBriefImage(
  tx: Tx,
  workspaceId: string,
  { campaignId, pictureId }: { readonly campaignId: string; readonly pictureId: string },
): Promise<void> {
  await sql`insert into brief_image (workspace_id, campaign_id, picture_id)
    values (${workspaceId}, ${campaignId}, ${pictureId})`.execute(tx)
}

/** The images that were brought for a brief, oldest first, whether it shows them or not. */
export async function briefImages(tx: Tx, campaignId: string): Promise<readonly Picture[]> {
  const { rows } = await sql<Picture>`
    select p.id, p.token, p.width, p.height from brief_image b
      join picture p on p.workspace_id = b.workspace_id and p.id = b.picture_id
    where b.campaign_id = ${campaignId} order by p.created_at, p.id`.execute(tx)
  return rows
}

/** Lets go of images that the brief does not show and that nobody can still be about to put into it. */
export async function dropUnusedImages(
  tx: Tx,
  campaignId: string,
  used: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    delete from brief_image b using picture p
    where b.campaign_id = ${campaignId} and p.workspace_id = b.workspace_id and p.id = b.picture_id
      and p.created_at < kontor_now() - interval '7 days' and b.picture_id <> all(${[...used]}::uuid[])
    returning b.picture_id as id`.execute(tx)
  return rows.map((row) => row.id)
}

/** Forgets those of these pictures that nothing shows any more. */
export async function forgetPictures(tx: Tx, ids: readonly string[]): Promise<void> {
  const { rows } = await sql<{ workspace_id: string; sha256: Buffer }>`
    delete from picture p where p.id = any(${[...ids]}::uuid[])
      and not exists (select from brand b where b.workspace_id = p.workspace_id and b.logo_id = p.id)
      and not exists (select from campaign c where c.workspace_id = p.workspace_id and c.logo_id = p.id)
      and not exists (select from brief_image i where i.workspace_id = p.workspace_id and i.picture_id = p.id)
    returning p.workspace_id, p.sha256`.execute(tx)
  for (const { workspace_id: workspaceId, sha256 } of rows) {
    await sql`select blob_release(${workspaceId}::uuid, ${sha256}::bytea)`.execute(tx)
  }
}

/** Statements on the brand of a workspace, and on the logos of brand and campaigns. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { Brand, BrandPatch } from './brand.ts'
import { plainBrand } from './brand.ts'
import type { Picture } from './picture.ts'

/** The brand of the workspace of the transaction; a plain one until somebody has set it. */
export async function readBrand(tx: Tx): Promise<Brand> {
  const { rows } = await sql<Omit<Brand, 'logo'> & { logo: Picture | null }>`
    select b.name, b.colour, b.formality, case when p.id is not null then
      jsonb_build_object('id', p.id, 'token', p.token, 'width', p.width, 'height', p.height) end as logo
    from brand b left join picture p on p.workspace_id = b.workspace_id and p.id = b.logo_id`.execute(tx)
  const [row] = rows
  if (row === undefined) return plainBrand
  const { logo, ...brand } = row
  return logo === null ? brand : { ...brand, logo }
}

/** Nobody takes the brand's logo away while it is given to a campaign: until the transaction ends. */
export async function holdBrand(tx: Tx): Promise<void> {
  await sql`select from brand for share`.execute(tx)
}

export async function writeBrand(tx: Tx, workspaceId: string, patch: BrandPatch): Promise<void> {
  await sql`insert into brand (workspace_id) values (${workspaceId}) on conflict do nothing`.execute(tx)
  await sql`update brand set
      name = coalesce(${patch.name ?? null}, name),
      colour = coalesce(${patch.colour ?? null}, colour),
      formality = coalesce(${patch.formality ?? null}, formality)
    where workspace_id = ${workspaceId}`.execute(tx)
}

/** Shows this logo from now on, or none. Returns the one that stood there. */
export async function placeBrandLogo(
  tx: Tx,
  workspaceId: string,
  pictureId: string | undefined,
): Promise<string | undefined> {
  await sql`insert into brand (workspace_id) values (${workspaceId}) on conflict do nothing`.execute(tx)
  const { rows } = await sql<{ before: string | null }>`
    update brand b set logo_id = ${pictureId ?? null}
    from (select workspace_id, logo_id from brand for update) o where o.workspace_id = b.workspace_id
    returning o.logo_id as before`.execute(tx)
  return rows[0]?.before ?? undefined
}

/** The same for a campaign; undefined also when it is unknown. */
export async function placeCampaignLogo(
  tx: Tx,
  campaignId: string,
  pictureId: string | undefined,
): Promise<string | undefined> {
  const { rows } = await sql<{ before: string | null }>`
    update campaign c set logo_id = ${pictureId ?? null}
    from (select id, logo_id from campaign where id = ${campaignId} for update) o where o.id = c.id
    returning o.logo_id as before`.execute(tx)
  return rows[0]?.before ?? undefined
}

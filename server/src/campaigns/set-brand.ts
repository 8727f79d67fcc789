/** What the team does with brands and pictures: say how the workspace appears, choose logos, bring images for a brief. */
import type { Tx } from '../platform/db/index.ts'
import { audit } from '../team/index.ts'
import type { Actor } from '../team/index.ts'
import { barePicture } from './bare-picture.ts'
import type { Brand, BrandPatch } from './brand.ts'
import type { CampaignParts, Refusal } from './parts.ts'
import { refuse } from './parts.ts'
import type { Picture, PictureLimit } from './picture.ts'
import { readPicture } from './picture.ts'
import { campaignById } from './store-campaign.ts'
import { holdBrand, placeBrandLogo, placeCampaignLogo, readBrand, writeBrand } from './store-brand.ts'
import {
  briefImages,
  dropUnusedImages,
  forgetPictures,
  insertBriefImage,
  insertPicture,
} from './store-picture.ts'

type Parts = Pick<CampaignParts, 'ids' | 'emit'>
/** A picture as it was brought, and how large it may be. */
export interface Brought {
  readonly bytes: Uint8Array
  readonly limit: PictureLimit
}
type Done = { readonly ok: true } | Refusal

export async function changeBrand(tx: Tx, actor: Actor, patch: BrandPatch): Promise<Brand> {
  await writeBrand(tx, actor.workspaceId, patch)
  await audit(tx, { actor, action: 'brand.changed', detail: { ...patch } })
  return await readBrand(tx)
}

/** Images that lie by a brief at most; more than it may show, for whoever tries some out. */
const mostBrought = 24

export async function setBrandLogo(parts: Parts, tx: Tx, actor: Actor, brought: Brought): Promise<Done> {
  const taken = await take(parts, tx, actor, brought)
  if (!taken.ok) return taken
  await replaceBrandLogo(tx, actor, taken.picture.id)
  return { ok: true }
}

/** Campaigns that show it go on showing it. */
export async function removeBrandLogo(tx: Tx, actor: Actor): Promise<void> {
  await replaceBrandLogo(tx, actor, undefined)
}

/** A logo of the campaign's own. */
export async function setCampaignLogo(
  parts: Parts,
  tx: Tx,
  actor: Actor,
  { campaignId, ...brought }: Brought & { readonly campaignId: string },
): Promise<Done> {
  if ((await campaignById(tx, campaignId)) === undefined) return refuse('campaign_unknown')
  const taken = await take(parts, tx, actor, brought)
  if (!taken.ok) return taken
  return await placeLogo(parts, tx, actor, campaignId, taken.picture.id)
}

/** The logo that the workspace has now, or none. */
export async function chooseCampaignLogo(
  parts: Parts,
  tx: Tx,
  actor: Actor,
  { campaignId, logo }: { readonly campaignId: string; readonly logo: 'brand' | 'none' },
): Promise<Done> {
  if ((await campaignById(tx, campaignId)) === undefined) return refuse('campaign_unknown')
  await holdBrand(tx)
  const pictureId = logo === 'brand' ? (await readBrand(tx)).logo?.id : undefined
  return await placeLogo(parts, tx, actor, campaignId, pictureId)
}

/** Brings an image for a brief; the brief shows it once it is saved with it. */
export async function addBriefImage(
  parts: Parts,
  tx: Tx,
  actor: Actor,
  { campaignId, ...brought }: Brought & { readonly campaignId: string },
): Promise<{ readonly ok: true; readonly picture: Picture } | Refusal> {
  const campaign = await campaignById(tx, campaignId)
  if (campaign === undefined) return refuse('campaign_unknown')
  const used = campaign.brief.images.map((image) => image.id)
  await forgetPictures(tx, await dropUnusedImages(tx, campaignId, used))
  if ((await briefImages(tx, campaignId)).length >= mostBrought) return refuse('too_many_images')
  const taken = await take(parts, tx, actor, brought)
  if (!taken.ok) return taken
  await insertBriefImage(tx, actor.workspaceId, { campaignId, pictureId: taken.picture.id })
  await tell(parts, tx, actor, campaignId)
  return taken
}

async function take(
  { ids }: Pick<Parts, 'ids'>,
  tx: Tx,
  { workspaceId, personId }: Actor,
  { bytes, limit }: Brought,
): Promise<{ readonly ok: true; readonly picture: Picture } | Refusal> {
  const read = readPicture(bytes, limit)
  if (!read.ok) return read
  const { facts } = read
  const picture = { facts, bytes: barePicture(facts.type, bytes), by: personId }
  return { ok: true, picture: await insertPicture(tx, { workspaceId, ids }, picture) }
}

async function replaceBrandLogo(tx: Tx, actor: Actor, pictureId: string | undefined): Promise<void> {
  const before = await placeBrandLogo(tx, actor.workspaceId, pictureId)
  if (before !== undefined) await forgetPictures(tx, [before])
  await audit(tx, { actor, action: pictureId === undefined ? 'brand.logo_removed' : 'brand.logo_set' })
}

async function placeLogo(
  parts: Parts,
  tx: Tx,
  actor: Actor,
  campaignId: string,
  pictureId: string | undefined,
): Promise<Done> {
  const before = await placeCampaignLogo(tx, campaignId, pictureId)
  if (before !== undefined && before !== pictureId) await forgetPictures(tx, [before])
  await tell(parts, tx, actor, campaignId)
  return { ok: true }
}

async function tell(parts: Parts, tx: Tx, { workspaceId }: Actor, subject: string): Promise<void> {
  await parts.emit(tx, { workspaceId, type: 'campaign.changed', subject, payload: {} })
}

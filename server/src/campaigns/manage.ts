/**
 * What the team does with a campaign: create it, change it, start, pause and close it, edit its texts, add members.
 */
import { mailboxById } from '../mailboxes/index.ts'
import { customNames } from '../contacts/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { cancelCampaign, holdCampaign, releaseHeld } from '../sending/index.ts'
import { audit } from '../team/index.ts'
import type { Actor } from '../team/index.ts'
import type { CampaignText } from '../templates/index.ts'
import { campaignTexts, saveText } from '../templates/index.ts'
import type { Brief, CampaignOverview, CampaignPatch, CampaignStatus } from './campaign.ts'
import { emptyBrief } from './campaign.ts'
import { chosenFiles } from './files.ts'
import type { CampaignParts, Refusal } from './parts.ts'
import { refuse } from './parts.ts'
import {
  campaignById,
  campaignOverviews,
  insertCampaign,
  lockCampaign,
  moveCampaign,
  updateCampaign,
} from './store-campaign.ts'
import type { CampaignFile, FilesKind } from './store-campaign-file.ts'
import { campaignFiles, replaceCampaignFiles } from './store-campaign-file.ts'
import { insertMembers } from './store-member.ts'
import type { Picture } from './picture.ts'
import { refusalOf } from './text-problem.ts'
import { briefImages } from './store-picture.ts'

type Parts = Pick<CampaignParts, 'ids' | 'emit'>
export type CampaignOutcome = { readonly ok: true; readonly campaign: CampaignOverview } | Refusal

export async function createCampaign(
  parts: Parts,
  tx: Tx,
  actor: Actor,
  wish: {
    readonly name: string
    readonly mailboxId?: string | undefined
    readonly brief?: Brief | undefined
  },
): Promise<CampaignOutcome> {
  const id = parts.ids.uuid()
  const { name, mailboxId, brief = emptyBrief } = wish
  if (await isUnknownMailbox(tx, mailboxId)) return refuse('mailbox_unknown')
  const refusal = briefRefusal(brief, [])
  if (refusal !== undefined) return refusal
  await insertCampaign(tx, actor.workspaceId, { id, name, mailboxId, brief, createdBy: actor.personId })
  return await changed(parts, tx, actor, id)
}

export async function changeCampaign(
  parts: Parts,
  tx: Tx,
  actor: Actor,
  { id, patch }: { readonly id: string; readonly patch: CampaignPatch },
): Promise<CampaignOutcome> {
  if (await isUnknownMailbox(tx, patch.mailboxId)) return refuse('mailbox_unknown')
  const refusal = patch.brief === undefined ? undefined : briefRefusal(patch.brief, await briefImages(tx, id))
  if (refusal !== undefined) return refusal
  if (!(await updateCampaign(tx, id, patch))) return refuse('campaign_unknown')
  return await changed(parts, tx, actor, id)
}

/**
 * Starts, pauses or closes a campaign; asking for the status it has changes nothing. A pause holds what waits, starting
 * again lets it go; closing cancels it.
 */
export async function setCampaignStatus(
  parts: Parts,
  tx: Tx,
  actor: Actor,
  { id, status }: { readonly id: string; readonly status: CampaignStatus },
): Promise<CampaignOutcome> {
  const moved = await moveCampaign(tx, id, status)
  const campaign = await campaignById(tx, id)
  if (campaign === undefined) return refuse('campaign_unknown')
  if (!moved && campaign.status !== status)
    return refuse('campaign_status', { from: campaign.status, to: status })
  if (moved) await audit(tx, { actor, action: deeds[status], subject: campaign.name })
  const of = { workspaceId: actor.workspaceId, campaignId: id }
  if (moved && status === 'closed') await cancelCampaign(parts, tx, of, { code: 'campaign_closed' })
  if (moved && status === 'paused') await holdCampaign(parts, tx, of, 'campaign_paused')
  if (moved && status === 'running') await releaseHeld(parts, tx, of, 'campaign_paused')
  return await changed(parts, tx, actor, id)
}

export async function addMembers(
  parts: Parts,
  tx: Tx,
  actor: Actor,
  { campaignId, contactIds }: { readonly campaignId: string; readonly contactIds: readonly string[] },
): Promise<{ readonly ok: true; readonly added: number; readonly known: number } | Refusal> {
  const campaign = await campaignById(tx, campaignId)
  if (campaign === undefined) return refuse('campaign_unknown')
  if (campaign.status === 'closed') return refuse('campaign_closed')
  const wanted = [...new Set(contactIds)]
  const writer = { workspaceId: actor.workspaceId, ids: parts.ids }
  const added = await insertMembers(tx, writer, campaignId, wanted)
  if (added > 0) await tell(parts, tx, actor, campaignId)
  return { ok: true, added, known: wanted.length - added }
}

export async function textsOf(
  tx: Tx,
  campaignId: string,
): Promise<{ readonly ok: true; readonly texts: readonly CampaignText[] } | Refusal> {
  const campaign = await campaignById(tx, campaignId)
  if (campaign === undefined) return refuse('campaign_unknown')
  return { ok: true, texts: await campaignTexts(tx, campaignId, campaign.formality) }
}

/** Saves a text. A variable that does not exist is refused with its name and the field it stands in. */
export async function changeText(
  parts: Parts,
  tx: Tx,
  actor: Actor,
  { campaignId, text }: { readonly campaignId: string; readonly text: CampaignText },
): Promise<{ readonly ok: true } | Refusal> {
  if ((await campaignById(tx, campaignId)) === undefined) return refuse('campaign_unknown')
  const writer = { workspaceId: actor.workspaceId, ids: parts.ids }
  const saved = await saveText(
    tx,
    writer,
    { ...text, campaignId, authorId: actor.personId },
    await customNames(tx),
  )
  if (!saved.ok) return refusalOf(saved.field, saved.problem)
  await tell(parts, tx, actor, campaignId)
  return { ok: true }
}

/** Chooses the files that go with messages of a kind; mails that wait keep those they were queued with. */
export async function changeFiles(
  parts: Parts,
  tx: Tx,
  actor: Actor,
  wish: { readonly campaignId: string; readonly kind: FilesKind; readonly uploadIds: readonly string[] },
): Promise<{ readonly ok: true; readonly files: readonly CampaignFile[] } | Refusal> {
  const { campaignId, kind, uploadIds } = wish
  if (!(await lockCampaign(tx, campaignId))) return refuse('campaign_unknown')
  const known = (await campaignFiles(tx, campaignId)).filter((file) => file.kind === kind)
  const chosen = await chosenFiles(tx, uploadIds, known)
  if (!chosen.ok) return chosen
  await replaceCampaignFiles(tx, wish, chosen.files)
  await tell(parts, tx, actor, campaignId)
  return { ok: true, files: await campaignFiles(tx, campaignId) }
}

const deeds = {
  draft: 'campaign.created',
  running: 'campaign.started',
  paused: 'campaign.paused',
  closed: 'campaign.closed',
} as const

/** What is wrong with a brief; it shows only images that were brought for it. Pure. */
function briefRefusal(brief: Brief, brought: readonly Picture[]): Refusal | undefined {
  const { images, publishFrom, publishUntil } = brief
  if (publishFrom !== undefined && publishUntil !== undefined && publishUntil < publishFrom)
    return refuse('publishing_reversed')
  if (images.some((image) => !brought.some((picture) => picture.id === image.id)))
    return refuse('image_unknown')
  if (images.some((image) => !image.decorative && image.alt.trim() === '')) return refuse('image_needs_words')
  return undefined
}

async function isUnknownMailbox(tx: Tx, mailboxId: string | undefined): Promise<boolean> {
  return mailboxId !== undefined && (await mailboxById(tx, mailboxId)) === undefined
}

async function changed(parts: Parts, tx: Tx, actor: Actor, id: string): Promise<CampaignOutcome> {
  await tell(parts, tx, actor, id)
  const campaign = (await campaignOverviews(tx, id))[0]
  return campaign === undefined ? refuse('campaign_unknown') : { ok: true, campaign }
}

async function tell(parts: Parts, tx: Tx, { workspaceId }: Actor, subject: string): Promise<void> {
  await parts.emit(tx, { workspaceId, type: 'campaign.changed', subject, payload: {} })
}

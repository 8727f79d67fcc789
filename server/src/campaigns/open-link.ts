/**
 * What the team does with the open link of a campaign: switch it on and off, and put a new one in its place, after which
 * the old one leads nowhere.
 */
import type { Tx } from '../platform/db/index.ts'
import { leadsHereOnly } from '../platform/public-address/index.ts'
import { audit, workspaceOf } from '../team/index.ts'
import type { Actor } from '../team/index.ts'
import type { CampaignParts, Refusal } from './parts.ts'
import { refuse } from './parts.ts'
import { openBriefLink } from './public-url.ts'
import { campaignById } from './store-campaign.ts'
import { countThroughOpenLink, openLinkOf, replaceOpenLink, switchOpenLink } from './store-open-link.ts'

export interface OpenLinkShown {
  readonly open: boolean
  /** Absent until it was switched on for the first time. */
  readonly link?: string
  /** People who applied through it, and through those it took the place of. */
  readonly people: number
}
type Outcome = { readonly ok: true; readonly link: OpenLinkShown } | Refusal
type Parts = Pick<CampaignParts, 'ids' | 'emit' | 'publicUrl'>

export async function seeOpenLink(
  { publicUrl }: Pick<Parts, 'publicUrl'>,
  tx: Tx,
  campaignId: string,
): Promise<Outcome> {
  if ((await campaignById(tx, campaignId)) === undefined) return refuse('campaign_unknown')
  const found = await openLinkOf(tx, campaignId)
  const people = await countThroughOpenLink(tx, campaignId)
  if (found === undefined) return { ok: true, link: { open: false, people } }
  return {
    ok: true,
    link: { open: found.open, link: openBriefLink(publicUrl(), found.token), people },
  }
}

/** A link that leads only to this very machine is of no use to strangers; in practice there are none. */
export async function setOpenLink(
  parts: Parts,
  tx: Tx,
  actor: Actor,
  { campaignId, open }: { readonly campaignId: string; readonly open: boolean },
): Promise<Outcome> {
  const campaign = await campaignById(tx, campaignId)
  if (campaign === undefined) return refuse('campaign_unknown')
  if (open && campaign.status === 'closed') return refuse('campaign_closed')
  if (open && leadsHereOnly(parts.publicUrl()) && (await workspaceOf(tx)).mode !== 'practice')
    return refuse('public_url_needed')
  await switchOpenLink(tx, writerOf(parts, actor), { campaignId, open, by: actor.personId })
  const action = open ? 'campaign.open_link_on' : 'campaign.open_link_off'
  await audit(tx, { actor, action, subject: campaign.name })
  await tell(parts, tx, actor, campaignId)
  return await seeOpenLink(parts, tx, campaignId)
}

export async function renewOpenLink(
  parts: Parts,
  tx: Tx,
  actor: Actor,
  campaignId: string,
): Promise<Outcome> {
  const campaign = await campaignById(tx, campaignId)
  if (campaign === undefined) return refuse('campaign_unknown')
  if (!(await replaceOpenLink(tx, writerOf(parts, actor), { campaignId, by: actor.personId })))
    return refuse('open_link_off')
  await audit(tx, { actor, action: 'campaign.open_link_renewed', subject: campaign.name })
  await tell(parts, tx, actor, campaignId)
  return await seeOpenLink(parts, tx, campaignId)
}

function writerOf({ ids }: Parts, { workspaceId }: Actor): { workspaceId: string; ids: Parts['ids'] } {
  return { workspaceId, ids }
}

async function tell(parts: Parts, tx: Tx, { workspaceId }: Actor, subject: string): Promise<void> {
  await parts.emit(tx, { workspaceId, type: 'campaign.changed', subject, payload: {} })
}

/**
 * What the creator does through the personal link: see the brief, apply, say no. No session; whoever has the link is
 * the person. The member is locked first, so that applying and declining at once leave one answer.
 */
import { contactById, suppress } from '../../contacts/index.ts'
import { addressKey } from '../../mail/index.ts'
import { databaseNow } from '../../platform/clock/index.ts'
import type { Tx } from '../../platform/db/index.ts'
import { alreadyWritten, cancelOpen } from '../../sending/index.ts'
import { workspaceOf } from '../../team/index.ts'
import type { Brief, Campaign } from '../campaign.ts'
import { isOver } from '../campaign.ts'
import { hasApplied, saidNo } from '../left-out.ts'
import type { Member } from '../member.ts'
import type { CampaignParts, Refusal } from '../parts.ts'
import { refuse } from '../parts.ts'
import type { Picture } from '../picture.ts'
import { insertApplication, withdrawApplication } from '../store-application.ts'
import { campaignById } from '../store-campaign.ts'
import { contactOfLink } from '../store-link.ts'
import { lockMemberOfToken, moveMember } from '../store-member.ts'

/** `over`: the last day to apply has passed. */
export type CreatorState = 'open' | 'applied' | 'declined' | 'decided' | 'closed' | 'over'

/** What everybody sees of a campaign who may see its brief. */
export interface CampaignView {
  readonly campaignName: string
  readonly brandName: string
  readonly brandColour: string
  readonly formality: 'du' | 'sie'
  readonly logo?: Picture
  readonly brief: Brief
  /** Those that the brief shows. */
  readonly images: readonly Picture[]
}

export interface CreatorView extends CampaignView {
  readonly language: 'en' | 'de'
  readonly personName: string
  readonly state: CreatorState
}

export type CreatorOutcome = { readonly ok: true; readonly view: CreatorView } | Refusal

type Parts = Pick<CampaignParts, 'ids' | 'emit'>
/** The personal link, already read: its workspace is that of the transaction. */
export interface Link {
  readonly workspaceId: string
  readonly hash: Buffer
}

export async function seeBrief(tx: Tx, link: Link): Promise<CreatorOutcome> {
  return await view(tx, link)
}

/** The page was visible for three seconds. */
export async function noteViewed(parts: Parts, tx: Tx, link: Link): Promise<{ readonly ok: true } | Refusal> {
  const found = await memberOf(tx, link)
  if (found === undefined) return refuse('brief_unknown')
  if (await moveMember(tx, found.member.id, 'viewed')) await tellMember(parts, tx, link, found.member)
  return { ok: true }
}

/** Applies; applying again changes nothing. Refused when the campaign is closed or its last day to apply has passed. */
export async function apply(
  parts: Parts,
  tx: Tx,
  link: Link,
  { message }: { readonly message: string },
): Promise<CreatorOutcome> {
  const found = await memberOf(tx, link)
  if (found === undefined) return refuse('brief_unknown')
  const { member, campaign } = found
  if (!hasApplied(member.state)) {
    if (campaign.status === 'closed') return refuse('campaign_closed')
    if (await appliesTooLate(tx, campaign)) return refuse('application_over')
    const applicationId = parts.ids.uuid()
    // one that came by the open link, unconfirmed, while the person had said no
    await withdrawApplication(tx, member.id)
    await insertApplication(tx, link.workspaceId, { id: applicationId, memberId: member.id, message })
    await moveMember(tx, member.id, 'applied')
    await cancelOpen(parts, tx, { memberId: member.id }, { code: 'already_applied' })
    await parts.emit(tx, {
      workspaceId: link.workspaceId,
      type: 'application.received',
      subject: applicationId,
      payload: { memberId: member.id, contactId: member.contactId, campaignId: member.campaignId },
    })
    await tellMember(parts, tx, link, member)
  }
  return await view(tx, link)
}

/** Says no: declines before applying, withdraws afterwards. Everything that waits for the person is stopped. */
export async function decline(parts: Parts, tx: Tx, link: Link): Promise<CreatorOutcome> {
  const found = await memberOf(tx, link)
  if (found === undefined) return refuse('brief_unknown')
  await sayNo(parts, tx, link, found.member)
  return await view(tx, link)
}

/** No mail at all any more: every address is suppressed for the whole workspace, and the campaign of the link declined. */
export async function unsubscribe(
  parts: Parts,
  tx: Tx,
  link: Link,
): Promise<{ readonly ok: true } | Refusal> {
  const found = await memberOf(tx, link)
  const contactId = found?.member.contactId ?? (await contactOfLink(tx, link.hash))
  if (contactId === undefined) return refuse('brief_unknown')
  const { workspaceId } = link
  const contact = await contactById(tx, contactId)
  for (const address of contact === undefined ? [] : [contact.address, ...contact.otherAddresses]) {
    const suppression = {
      addressKey: addressKey(address),
      reason: 'unsubscribed',
      evidence: found?.member.campaignId ?? 'private link',
    } as const
    await suppress(tx, { workspaceId, emit: parts.emit }, suppression)
  }
  if (found !== undefined) await sayNo(parts, tx, link, found.member)
  await cancelOpen(parts, tx, { contactId }, { code: 'suppressed' })
  return { ok: true }
}

async function sayNo(parts: Parts, tx: Tx, link: Link, member: Member): Promise<void> {
  const { id: memberId, contactId, campaignId, state } = member
  if (saidNo(state) !== undefined) return
  if (
    state === 'rejected' &&
    (await alreadyWritten(tx, { contactId, campaignId, kind: 'rejection' })) === 'accepted'
  ) {
    return
  }
  await moveMember(tx, memberId, hasApplied(state) ? 'withdrawn' : 'declined')
  await withdrawApplication(tx, memberId)
  await cancelOpen(parts, tx, { memberId }, { code: hasApplied(state) ? 'withdrawn' : 'declined' })
  await tellMember(parts, tx, link, member)
}

async function tellMember(
  parts: Parts,
  tx: Tx,
  { workspaceId }: Link,
  { id, campaignId }: Member,
): Promise<void> {
  await parts.emit(tx, { workspaceId, type: 'member.changed', subject: id, payload: { campaignId } })
}

// a draft has no public page: whoever guesses or keeps an early link learns nothing
async function memberOf(tx: Tx, { hash }: Link): Promise<{ member: Member; campaign: Campaign } | undefined> {
  const member = await lockMemberOfToken(tx, hash)
  if (member === undefined) return undefined
  const campaign = await campaignById(tx, member.campaignId)
  return campaign === undefined || campaign.status === 'draft' ? undefined : { member, campaign }
}

async function view(tx: Tx, link: Link): Promise<CreatorOutcome> {
  const found = await memberOf(tx, link)
  const contact = found === undefined ? undefined : await contactById(tx, found.member.contactId)
  if (found === undefined || contact === undefined) return refuse('brief_unknown')
  const { campaign, member } = found
  return {
    ok: true,
    view: {
      ...(await campaignView(tx, campaign)),
      language: contact.language,
      personName: contact.name,
      state: creatorState(member, campaign, await appliesTooLate(tx, campaign)),
    },
  }
}

export async function campaignView(tx: Tx, campaign: Campaign): Promise<CampaignView> {
  const { name, brandName, brandColour, formality, logo, brief } = campaign
  const shown = new Set(brief.images.map((image) => image.id))
  return {
    campaignName: name,
    brandName: brandName === '' ? (await workspaceOf(tx)).name : brandName,
    brandColour,
    formality,
    ...(logo === undefined ? {} : { logo }),
    brief,
    images: campaign.images.filter((picture) => shown.has(picture.id)),
  }
}

async function appliesTooLate(tx: Tx, { brief }: Campaign): Promise<boolean> {
  return isOver(brief, await databaseNow(tx), (await workspaceOf(tx)).zone)
}

function creatorState(member: Member, campaign: Campaign, over: boolean): CreatorState {
  if (member.state === 'approved' || member.state === 'rejected') return 'decided'
  if (saidNo(member.state) !== undefined) return 'declined'
  if (campaign.status === 'closed') return 'closed'
  if (member.state === 'applied') return 'applied'
  return over ? 'over' : 'open'
}

/**
 * What anybody does through the open link of a campaign: see the brief, apply with a name and an address. Nobody proves
 * that the address is theirs, so nothing is sent to it, nothing that is known under it changes, and the answer is the
 * same whoever it belongs to.
 *
 * 1. Link, campaign and day are open. 2. The person is found by the address, or begins. 3. Who has not applied, applies;
 * whoever said no by their own link stays with that no, and the team sees both.
 */
import { comeIn } from '../../contacts/index.ts'
import { databaseNow } from '../../platform/clock/index.ts'
import type { Tx } from '../../platform/db/index.ts'
import { cancelOpen } from '../../sending/index.ts'
import { workspaceOf } from '../../team/index.ts'
import type { Campaign } from '../campaign.ts'
import { isOver } from '../campaign.ts'
import { hasApplied, saidNo } from '../left-out.ts'
import type { CampaignParts, Refusal } from '../parts.ts'
import { refuse } from '../parts.ts'
import { insertApplication } from '../store-application.ts'
import { campaignById } from '../store-campaign.ts'
import { insertMembers, lockMemberOfContact, moveMember } from '../store-member.ts'
import { campaignOfOpenLink } from '../store-open-link.ts'
import type { CampaignView, Link } from './creator.ts'
import { campaignView } from './creator.ts'

export type OpenState = 'open' | 'paused' | 'closed' | 'over'
export interface OpenBriefView extends CampaignView {
  readonly state: OpenState
}
type Parts = Pick<CampaignParts, 'ids' | 'emit'>

export async function seeOpenBrief(
  tx: Tx,
  link: Link,
): Promise<{ readonly ok: true; readonly view: OpenBriefView } | Refusal> {
  const found = await behind(tx, link)
  if (!found.ok) return found
  const { campaign } = found
  return { ok: true, view: { ...(await campaignView(tx, campaign)), state: await stateOf(tx, campaign) } }
}

export interface OpenApplication {
  readonly name: string
  readonly address: string
  readonly message: string
  readonly language: 'en' | 'de'
}

/** Applies; the same address again changes nothing. */
export async function applyOpenly(
  parts: Parts,
  tx: Tx,
  link: Link,
  { name, address, message, language }: OpenApplication,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly wrong: 'name' | 'address' } | Refusal> {
  const found = await behind(tx, link)
  if (!found.ok) return found
  const { campaign } = found
  const state = await stateOf(tx, campaign)
  if (state !== 'open') return refuse(refusals[state])
  const { workspaceId } = link
  const writer = { workspaceId, ids: parts.ids, emit: parts.emit }
  const source = sourceOf[(await workspaceOf(tx)).language](campaign.name)
  const person = await comeIn(tx, writer, { name, address, language, source })
  if (!person.ok) return person
  const { contactId } = person
  await insertMembers(tx, writer, campaign.id, [contactId])
  const member = await lockMemberOfContact(tx, campaign.id, contactId)
  if (member === undefined || hasApplied(member.state)) return { ok: true }
  const id = parts.ids.uuid()
  if (
    !(await insertApplication(tx, workspaceId, { id, memberId: member.id, message, throughOpenLink: true }))
  )
    return { ok: true }
  if (saidNo(member.state) === undefined) {
    await moveMember(tx, member.id, 'applied')
    await cancelOpen(parts, tx, { memberId: member.id }, { code: 'already_applied' })
  }
  const concerned = { memberId: member.id, contactId, campaignId: campaign.id }
  await parts.emit(tx, { workspaceId, type: 'application.received', subject: id, payload: concerned })
  await parts.emit(tx, {
    workspaceId,
    type: 'member.changed',
    subject: member.id,
    payload: { campaignId: campaign.id },
  })
  return { ok: true }
}

const refusals = {
  paused: 'applications_paused',
  closed: 'campaign_closed',
  over: 'application_over',
} as const

/** How the contact came here, in the language of the team. */
const sourceOf = {
  en: (campaign: string) => `Open link of “${campaign}”, address not confirmed`,
  de: (campaign: string) => `Offener Link von „${campaign}“, Adresse nicht bestätigt`,
} as const

// a draft has no public page, as with a personal link
async function behind(
  tx: Tx,
  { hash }: Link,
): Promise<{ readonly ok: true; readonly campaign: Campaign } | Refusal> {
  const link = await campaignOfOpenLink(tx, hash)
  const campaign = link === undefined ? undefined : await campaignById(tx, link.campaignId)
  if (link === undefined || campaign === undefined || campaign.status === 'draft')
    return refuse('brief_unknown')
  return link.open ? { ok: true, campaign } : refuse('open_link_off')
}

async function stateOf(tx: Tx, { status, brief }: Campaign): Promise<OpenState> {
  if (status === 'closed' || status === 'paused') return status
  return isOver(brief, await databaseNow(tx), (await workspaceOf(tx)).zone) ? 'over' : 'open'
}

/**
 * Launching a mailing to many: one press of "send" writes down whom it is for and what each will get, once per key, and
 * puts the first mails into the outbox.
 *
 * 1. The launch row is written; a known key answers with what it did until now.
 * 2. Campaign, sender and links are checked; the text is frozen to a version per language.
 * 3. The people are written down, in the order in which they get their place.
 * 4. The first chunks are queued here, the rest by `advance` in transactions of their own (advance.ts).
 */
import { createHash } from 'node:crypto'
import { customNames } from '../contacts/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { audit } from '../team/index.ts'
import type { Actor } from '../team/index.ts'
import type { Message } from '../templates/index.ts'
import { freezeMessage, freezeText } from '../templates/index.ts'
import { advanceAtOnce } from './advance.ts'
import type { Audience } from './audience.ts'
import { namedIn, wishOf } from './audience.ts'
import type { Campaign } from './campaign.ts'
import { withFiles } from './files.ts'
import type { FollowUpText } from './follow-up/follow-up.ts'
import { freezeFollowUps } from './follow-up/set-follow-ups.ts'
import { replaceFollowUps } from './follow-up/store-follow-up.ts'
import type { CampaignParts, Refusal } from './parts.ts'
import { refuse } from './parts.ts'
import { linkProblem } from './public-url.ts'
import { chooseSender } from './sender.ts'
import { insertAudience } from './store-audience.ts'
import { campaignById } from './store-campaign.ts'
import { campaignFiles } from './store-campaign-file.ts'
import type { FrozenVersions, LaunchFigures } from './store-launch.ts'
import { beginLaunch, openLaunch } from './store-launch.ts'
import { lockMembers } from './store-member.ts'
import { textProblem } from './text-problem.ts'

export interface Launched extends LaunchFigures {
  readonly ok: true
  readonly replayed: boolean
}

export type LaunchOutcome = Launched | Refusal

export interface LaunchWish {
  readonly actor: Actor
  /** Absent: a bulk message outside any campaign. */
  readonly campaignId?: string | undefined
  readonly mailboxId?: string | undefined
  readonly key: string
  readonly audience: Audience
  readonly again?: boolean
  /** What comes after it when nobody answers. */
  readonly followUps?: readonly FollowUpText[] | undefined
}

/** An invitation is written from the campaign's text, a bulk message from its own. */
export type LaunchText = { readonly kind: 'invitation' } | ({ readonly kind: 'bulk' } & BulkText)

export interface BulkText extends Message {
  /** Uploads that go with it. */
  readonly uploads?: readonly string[]
}

export async function launchMailing(
  parts: CampaignParts,
  tx: Tx,
  wish: LaunchWish,
  text: LaunchText,
): Promise<LaunchOutcome> {
  const { actor, campaignId, mailboxId, key, audience, again = false, followUps = [] } = wish
  const { workspaceId } = actor
  const campaign = campaignId === undefined ? undefined : await campaignById(tx, campaignId)
  if (campaignId !== undefined && campaign === undefined) return refuse('campaign_unknown')
  const id = parts.ids.uuid()
  const begun = await beginLaunch(tx, workspaceId, {
    id,
    campaignId,
    key,
    kind: text.kind,
    wish: hashOf([
      text,
      wishOf(audience),
      mailboxId ?? null,
      again,
      ...(followUps.length === 0 ? [] : [followUps]),
    ]),
    createdBy: actor.personId,
  })
  if (!begun.begun) {
    const { sameWish, begun: _, ...figures } = begun
    return sameWish ? { ok: true, ...figures, replayed: true } : refuse('key_reused')
  }
  if (campaign !== undefined && campaign.status !== 'running') {
    return refuse('campaign_not_running', { status: campaign.status })
  }
  const chosen = await chooseSender(tx, actor, { mailboxId, campaignMailboxId: campaign?.mailboxId })
  if (!chosen.ok) return chosen
  const problem = linkProblem(parts.publicUrl(), chosen.sender)
  if (problem !== undefined) return refuse(problem)
  const frozen = await freeze(parts, tx, actor, campaign, text)
  if (!frozen.ok) return frozen
  const later = await freezeFollowUps(tx, parts, actor, followUps)
  if (!later.ok) return later
  const total = await insertAudience(tx, { workspaceId, launchId: id }, campaignId, audience)
  if (campaignId !== undefined && 'ids' in audience) await lockMembers(tx, campaignId, audience.ids)
  const named = namedIn(audience) ?? total
  await openLaunch(tx, id, {
    mailboxId: chosen.sender.mailboxId,
    setId: frozen.setId,
    again,
    versions: frozen.versions,
    total: named,
    leftOut: named - total,
  })
  await replaceFollowUps(tx, id, later.followUps, actor.personId)
  const advanced = await advanceAtOnce(parts, tx, { workspaceId, launchId: id })
  if (!advanced.ok) return advanced
  await audit(tx, {
    actor,
    action: deeds[text.kind],
    subject: campaign?.name,
    detail: { total: named, queued: advanced.figures.queued, leftOut: advanced.figures.leftOut },
  })
  return { ok: true, ...advanced.figures, replayed: false }
}

const deeds = { invitation: 'campaign.invitations_queued', bulk: 'campaign.bulk_queued' } as const

/** Invites members of a campaign. */
export async function sendInvitations(
  parts: CampaignParts,
  tx: Tx,
  { memberIds, ...wish }: Omit<LaunchWish, 'audience'> & { readonly memberIds: readonly string[] },
): Promise<LaunchOutcome> {
  return await launchMailing(parts, tx, { ...wish, audience: { ids: memberIds } }, { kind: 'invitation' })
}

type Frozen =
  | { readonly ok: true; readonly setId: string | undefined; readonly versions: FrozenVersions }
  | Refusal

async function freeze(
  parts: CampaignParts,
  tx: Tx,
  { workspaceId, personId }: Actor,
  campaign: Campaign | undefined,
  text: LaunchText,
): Promise<Frozen> {
  const writer = { workspaceId, ids: parts.ids }
  if (text.kind === 'bulk') {
    const broken = textProblem(text, await customNames(tx))
    if (broken !== undefined) return broken
    const whole = await withFiles(tx, text.texts, text.uploads)
    if (!whole.ok) return whole
    const message = { texts: whole.texts, setId: text.setId }
    return { ok: true, ...(await freezeMessage(tx, { ...writer, authorId: personId }, message)) }
  }
  if (campaign === undefined) return refuse('campaign_unknown')
  const chosen = await campaignFiles(tx, campaign.id)
  const files = chosen.filter(({ kind }) => kind === 'invitation')
  const versions: { -readonly [L in keyof FrozenVersions]: FrozenVersions[L] } = {}
  for (const language of ['en', 'de'] as const) {
    const place = { campaignId: campaign.id, kind: 'invitation', language } as const
    const version = await freezeText(tx, writer, place, { formality: campaign.formality, files })
    if (version !== undefined)
      versions[language] = { templateId: version.templateId, version: version.version }
  }
  return { ok: true, setId: undefined, versions }
}

export function hashOf(wish: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(wish)).digest()
}

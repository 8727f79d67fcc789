/**
 * Sending the collected decisions, all in one transaction and once per key: the application and the member take the
 * decision, and the approvals and rejections go into the outbox.
 */
import type { Tx } from '../platform/db/index.ts'
import { audit } from '../team/index.ts'
import type { Actor } from '../team/index.ts'
import type { TemplateVersion } from '../templates/index.ts'
import { freezeText } from '../templates/index.ts'
import type { Campaign } from './campaign.ts'
import type { LaunchOutcome } from './launch.ts'
import { hashOf } from './launch.ts'
import type { Mailing } from './mailing.ts'
import { prepareMailing, remembering, settingOf } from './mailing.ts'
import type { CampaignParts } from './parts.ts'
import { refuse } from './parts.ts'
import { linkProblem } from './public-url.ts'
import { queueReady } from './queue.ts'
import type { Sender } from './sender.ts'
import { chooseSender } from './sender.ts'
import type { Collected, Decision } from './store-application.ts'
import { collectedDecisions, markDecisionsSent } from './store-application.ts'
import { campaignById } from './store-campaign.ts'
import { campaignFiles } from './store-campaign-file.ts'
import { beginLaunch, noteDecisions } from './store-launch.ts'
import { lockApplied, moveMembers } from './store-member.ts'
import { recipients } from './store-recipient.ts'

interface Wish {
  readonly actor: Actor
  readonly campaignId: string
  readonly mailboxId?: string | undefined
  /** All of them are answered on this day at the latest, as far as the daily limit allows. */
  readonly promisedFor?: Temporal.PlainDate | undefined
  readonly key: string
}

/** Approvals leave before rejections, whatever the order in which they were decided. */
export const decisionKinds = [
  { decision: 'approved', kind: 'approval' },
  { decision: 'rejected', kind: 'rejection' },
] as const

export async function sendDecisions(parts: CampaignParts, tx: Tx, wish: Wish): Promise<LaunchOutcome> {
  const { actor, campaignId, mailboxId, promisedFor, key } = wish
  const { workspaceId } = actor
  const campaign = await campaignById(tx, campaignId)
  if (campaign === undefined) return refuse('campaign_unknown')
  const id = parts.ids.uuid()
  const begun = await beginLaunch(tx, workspaceId, {
    id,
    campaignId,
    key,
    wish: hashOf(['decisions', mailboxId ?? null, promisedFor?.toString() ?? null]),
    createdBy: actor.personId,
  })
  if (!begun.begun) {
    const { sameWish, begun: _, ...figures } = begun
    return sameWish ? { ok: true, ...figures, replayed: true } : refuse('key_reused')
  }
  if (campaign.status !== 'running') return refuse('campaign_not_running', { status: campaign.status })
  const chosen = await chooseSender(tx, actor, { mailboxId, campaignMailboxId: campaign.mailboxId })
  if (!chosen.ok) return chosen
  const { sender } = chosen
  const problem = linkProblem(parts.publicUrl(), sender)
  if (problem !== undefined) return refuse(problem)
  const mailing = await settle(parts, tx, { campaign, sender, workspaceId })
  const by = actor.personId
  const under = { workspaceId, launchId: id, sender, campaignId, createdBy: by, promisedFor }
  const queued = await queueReady(parts, tx, under, mailing.ready)
  if (!queued.ok) return queued
  const result = { queued: mailing.ready.length, leftOut: mailing.leftOut.length }
  await noteDecisions(tx, id, result)
  await audit(tx, { actor, action: 'campaign.decisions_queued', subject: campaign.name, detail: result })
  await parts.emit(tx, { workspaceId, type: 'campaign.changed', subject: campaignId, payload: {} })
  const total = result.queued + result.leftOut
  return { ok: true, launchId: id, state: 'done', total, ...result, replayed: false }
}

interface Under {
  readonly campaign: Campaign
  readonly sender: Sender
  readonly workspaceId: string
}

async function settle(parts: CampaignParts, tx: Tx, under: Under): Promise<Mailing<TemplateVersion>> {
  const { campaign, sender, workspaceId } = under
  await lockApplied(tx, campaign.id)
  const collected = await collectedDecisions(tx, campaign.id)
  const setting = await settingOf(tx, { campaign, sender, publicUrl: parts.publicUrl() })
  const { formality } = campaign
  const chosen = await campaignFiles(tx, campaign.id)
  const ready: Mailing<TemplateVersion>['ready'][number][] = []
  const leftOut: Mailing['leftOut'][number][] = []
  for (const { decision, kind } of decisionKinds) {
    const memberIds = membersOf(collected, decision)
    const people = await recipients(tx, { campaignId: campaign.id, memberIds, same: { kind } })
    const frozen = remembering((language) =>
      freezeText(
        tx,
        { workspaceId, ids: parts.ids },
        { campaignId: campaign.id, kind, language },
        { formality, files: chosen.filter((file) => file.kind === kind) },
      ),
    )
    const mailing = await prepareMailing({ kind, setting, sender }, people, frozen)
    const settled = await take(
      tx,
      collected,
      mailing.ready.flatMap(({ recipient }) => recipient.memberId ?? []),
      decision,
    )
    ready.push(...mailing.ready.filter(({ recipient }) => settled.has(recipient.memberId ?? '')))
    leftOut.push(...mailing.leftOut)
  }
  return { ready, leftOut }
}

/** Marks the decisions of these members as sent; returns the members that took theirs. */
async function take(
  tx: Tx,
  collected: readonly Collected[],
  memberIds: readonly string[],
  decision: Decision,
): Promise<ReadonlySet<string>> {
  const wanted = new Set(memberIds)
  const applications = collected.filter((each) => wanted.has(each.memberId))
  const sent = new Set(
    await markDecisionsSent(
      tx,
      applications.map((each) => each.applicationId),
      decision,
    ),
  )
  const moving = applications.filter((each) => sent.has(each.applicationId)).map((each) => each.memberId)
  return new Set(await moveMembers(tx, moving, decision))
}

export function membersOf(collected: readonly Collected[], decision: Decision): readonly string[] {
  return collected.filter((each) => each.decision === decision).map((each) => each.memberId)
}

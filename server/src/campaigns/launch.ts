/**
 * Launching a mailing: one press of "send" puts its mails into the outbox, all in one transaction, once per key.
 *
 * 1. The launch row is written; a known key answers with what it did the first time.
 * 2. The members are locked in a fixed order, so that a second launch or a "no, thanks" waits.
 * 3. Those who get nothing are left out with a reason; the texts are frozen to a version.
 * 4. For decisions, the application and the member take the decision; then the mails are enqueued by launch and member.
 */
import { createHash } from 'node:crypto'
import type { Tx } from '../platform/db/index.ts'
import { audit } from '../team/index.ts'
import type { Actor } from '../team/index.ts'
import type { TemplateVersion } from '../templates/index.ts'
import { freezeText } from '../templates/index.ts'
import type { Campaign } from './campaign.ts'
import type { Mailing, Ready, Wanted } from './mailing.ts'
import { prepareMailing, remembering } from './mailing.ts'
import type { CampaignParts, Refusal } from './parts.ts'
import { refuse } from './parts.ts'
import { wantedOf } from './plan.ts'
import { linkProblem } from './public-url.ts'
import type { Sender } from './sender.ts'
import { chooseSender } from './sender.ts'
import { collectedDecisions, markDecisionsSent } from './store-application.ts'
import { campaignById } from './store-campaign.ts'
import { beginLaunch, endLaunch } from './store-launch.ts'
import { lockApplied, lockMembers, moveMembers } from './store-member.ts'

export interface Launched {
  readonly ok: true
  readonly queued: number
  readonly leftOut: number
  readonly replayed: boolean
}

export type LaunchOutcome = Launched | Refusal

interface Wish {
  readonly actor: Actor
  readonly campaignId: string
  readonly mailboxId?: string | undefined
  readonly key: string
}

/** Mails that the outbox takes at once. */
const chunk = 1000

export async function sendInvitations(
  parts: CampaignParts,
  tx: Tx,
  wish: Wish & { readonly memberIds: readonly string[] },
): Promise<LaunchOutcome> {
  const memberIds = [...new Set(wish.memberIds)]
  return await launch(parts, tx, wish, ['invitations', ...memberIds.toSorted()], async (under) => {
    await lockMembers(tx, wish.campaignId, memberIds)
    return await prepareFrozen(parts, tx, under, [{ kind: 'invitation', memberIds }])
  })
}

/** Sends every collected decision; a person's member takes the state of the decision. */
export async function sendDecisions(parts: CampaignParts, tx: Tx, wish: Wish): Promise<LaunchOutcome> {
  return await launch(parts, tx, wish, ['decisions'], async (under) => {
    await lockApplied(tx, wish.campaignId)
    const collected = await collectedDecisions(tx, wish.campaignId)
    const mailing = await prepareFrozen(parts, tx, under, wantedOf(collected))
    const settled = new Set<string>()
    for (const [decision, kind] of [
      ['approved', 'approval'],
      ['rejected', 'rejection'],
    ] as const) {
      const members = mailing.ready
        .filter((mail) => mail.kind === kind)
        .map((mail) => mail.recipient.memberId)
      const sent = await markDecisionsSent(tx, applicationsOf(collected, members), decision)
      const moving = collected
        .filter((each) => sent.includes(each.applicationId))
        .map((each) => each.memberId)
      for (const id of await moveMembers(tx, moving, decision)) settled.add(id)
    }
    return { ...mailing, ready: mailing.ready.filter((mail) => settled.has(mail.recipient.memberId)) }
  })
}

function applicationsOf(
  collected: readonly { readonly applicationId: string; readonly memberId: string }[],
  memberIds: readonly string[],
): string[] {
  const wanted = new Set(memberIds)
  return collected.filter((each) => wanted.has(each.memberId)).map((each) => each.applicationId)
}

interface Under {
  readonly campaign: Campaign
  readonly sender: Sender
  readonly workspaceId: string
}

async function launch(
  parts: CampaignParts,
  tx: Tx,
  { actor, campaignId, mailboxId, key }: Wish,
  what: readonly ['invitations' | 'decisions', ...string[]],
  prepare: (under: Under) => Promise<Mailing<TemplateVersion>>,
): Promise<LaunchOutcome> {
  const { workspaceId } = actor
  const campaign = await campaignById(tx, campaignId)
  if (campaign === undefined) return refuse('campaign_unknown')
  const id = parts.ids.uuid()
  const wish = createHash('sha256')
    .update(JSON.stringify([...what, mailboxId ?? null]))
    .digest()
  const begun = await beginLaunch(tx, workspaceId, { id, campaignId, key, wish, createdBy: actor.personId })
  if (!begun.begun) {
    if (!begun.sameWish) return refuse('key_reused')
    return { ok: true, queued: begun.queued, leftOut: begun.leftOut, replayed: true }
  }
  if (campaign.status !== 'running') return refuse('campaign_not_running', { status: campaign.status })
  const chosen = await chooseSender(tx, actor, { mailboxId, campaignMailboxId: campaign.mailboxId })
  if (!chosen.ok) return chosen
  const problem = linkProblem(parts.publicUrl(), chosen.sender)
  if (problem !== undefined) return refuse(problem)
  const mailing = await prepare({ campaign, sender: chosen.sender, workspaceId })
  const refusal = await enqueueAll(parts, tx, { id, actor, campaignId, sender: chosen.sender }, mailing.ready)
  if (refusal !== undefined) return refusal
  const result = { queued: mailing.ready.length, leftOut: mailing.leftOut.length }
  await endLaunch(tx, id, result)
  await audit(tx, { actor, action: `campaign.${what[0]}_queued`, subject: campaign.name, detail: result })
  await parts.emit(tx, { workspaceId, type: 'campaign.changed', subject: campaignId, payload: {} })
  return { ok: true, ...result, replayed: false }
}

async function prepareFrozen(
  parts: CampaignParts,
  tx: Tx,
  { campaign, sender, workspaceId }: Under,
  wanted: readonly Wanted[],
): Promise<Mailing<TemplateVersion>> {
  const frozen = remembering((kind, language) =>
    freezeText(
      tx,
      { workspaceId, ids: parts.ids },
      { campaignId: campaign.id, kind, language },
      campaign.formality,
    ),
  )
  return await prepareMailing(tx, { campaign, sender, publicUrl: parts.publicUrl() }, wanted, frozen)
}

async function enqueueAll(
  parts: CampaignParts,
  tx: Tx,
  launched: {
    readonly id: string
    readonly actor: Actor
    readonly campaignId: string
    readonly sender: Sender
  },
  ready: readonly Ready<TemplateVersion>[],
): Promise<Refusal | undefined> {
  for (let at = 0; at < ready.length; at += chunk) {
    const outcome = await parts.enqueue(
      tx,
      ready.slice(at, at + chunk).map(({ kind, recipient, text }) => ({
        key: `launch:${launched.id}:${recipient.memberId}`,
        mailboxId: launched.sender.mailboxId,
        kind,
        contactId: recipient.contactId,
        toAddress: recipient.address,
        toName: recipient.name,
        campaignId: launched.campaignId,
        memberId: recipient.memberId,
        templateId: text.templateId,
        templateVersion: text.version,
        authorId: launched.actor.personId,
      })),
    )
    if (!outcome.ok) return refuse(refusalOf(outcome.reason.code), outcome.reason.values)
  }
  return undefined
}

function refusalOf(code: string): Refusal['code'] {
  return code === 'mailbox_disconnected' || code === 'practice_and_real' ? code : 'mailbox_unknown'
}

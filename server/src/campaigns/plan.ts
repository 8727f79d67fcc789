/**
 * The plan of a mailing before it is queued: who gets what, who is left out, and on which days it leaves. Writes
 * nothing.
 */
import type { Tx } from '../platform/db/index.ts'
import type { SendingPlan } from '../sending/index.ts'
import { planFor } from '../sending/index.ts'
import type { Actor } from '../team/index.ts'
import { campaignTexts } from '../templates/index.ts'
import type { Campaign } from './campaign.ts'
import { campaignLetter } from './letter.ts'
import type { LeftOut, Mailing, Wanted } from './mailing.ts'
import { prepareMailing } from './mailing.ts'
import type { CampaignMailKind, CampaignParts, Refusal } from './parts.ts'
import { refuse } from './parts.ts'
import { linkProblem } from './public-url.ts'
import { chooseSender } from './sender.ts'
import { collectedDecisions } from './store-application.ts'
import { campaignById } from './store-campaign.ts'

export interface Plan extends SendingPlan {
  readonly mailboxId: string
  readonly total: number
  readonly leftOut: readonly LeftOut[]
  readonly preview: readonly Preview[]
}

export interface Preview {
  readonly memberId: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

export type PlanOutcome = { readonly ok: true; readonly plan: Plan } | Refusal

type PlanParts = Pick<CampaignParts, 'publicUrl'>
type From = { readonly actor: Actor; readonly campaignId: string; readonly mailboxId?: string | undefined }

/** Letters shown in full; more would only make the answer heavy. */
const mostPreviews = 50

export async function planInvitations(
  parts: PlanParts,
  tx: Tx,
  wish: From & { readonly memberIds: readonly string[] },
): Promise<PlanOutcome> {
  return await planMailing(parts, tx, wish, [{ kind: 'invitation', memberIds: wish.memberIds }])
}

export async function planDecisions(parts: PlanParts, tx: Tx, wish: From): Promise<PlanOutcome> {
  const collected = await collectedDecisions(tx, wish.campaignId)
  return await planMailing(parts, tx, wish, wantedOf(collected))
}

/** Approvals leave before rejections, whatever the order in which they were decided. */
export function wantedOf(
  decisions: readonly { readonly memberId: string; readonly decision: 'approved' | 'rejected' }[],
): readonly Wanted[] {
  const of = (decision: 'approved' | 'rejected'): string[] =>
    decisions.filter((each) => each.decision === decision).map((each) => each.memberId)
  return [
    { kind: 'approval', memberIds: of('approved') },
    { kind: 'rejection', memberIds: of('rejected') },
  ]
}

async function planMailing(
  parts: PlanParts,
  tx: Tx,
  { actor, campaignId, mailboxId }: From,
  wanted: readonly Wanted[],
): Promise<PlanOutcome> {
  const campaign = await campaignById(tx, campaignId)
  if (campaign === undefined) return refuse('campaign_unknown')
  if (campaign.status === 'closed') return refuse('campaign_closed')
  const chosen = await chooseSender(tx, actor, { mailboxId, campaignMailboxId: campaign.mailboxId })
  if (!chosen.ok) return chosen
  const { sender } = chosen
  const publicUrl = parts.publicUrl()
  const problem = linkProblem(publicUrl, sender)
  if (problem !== undefined) return refuse(problem)
  const mailing = await prepareMailing(
    tx,
    { campaign, sender, publicUrl },
    wanted,
    await textsNow(tx, campaign),
  )
  const counts = wanted.map(({ kind }) => ({
    kind,
    count: mailing.ready.filter((mail) => mail.kind === kind).length,
  }))
  const sending = await planFor(tx, sender.mailboxId, counts)
  if (sending === undefined) return refuse('mailbox_unknown')
  return {
    ok: true,
    plan: {
      ...sending,
      mailboxId: sender.mailboxId,
      total: mailing.ready.length,
      leftOut: mailing.leftOut,
      preview: previewsOf(mailing),
    },
  }
}

async function textsNow(tx: Tx, campaign: Campaign): Promise<Parameters<typeof prepareMailing>[3]> {
  const texts = await campaignTexts(tx, campaign.id, campaign.formality)
  return (kind: CampaignMailKind, language: 'en' | 'de') =>
    Promise.resolve(texts.find((text) => text.kind === kind && text.language === language))
}

function previewsOf({ ready, setting }: Mailing): readonly Preview[] {
  return ready.slice(0, mostPreviews).flatMap(({ kind, recipient, text }) => {
    const written = campaignLetter(kind, text, setting, recipient)
    return written.ok ? [{ memberId: recipient.memberId, to: recipient.address, ...written.letter }] : []
  })
}

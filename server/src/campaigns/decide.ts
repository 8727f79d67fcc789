/** Deciding on applications: decisions are collected and can be undone until they are sent. */
import type { Tx } from '../platform/db/index.ts'
import type { Actor } from '../team/index.ts'
import type { CampaignParts, Refusal } from './parts.ts'
import { refuse } from './parts.ts'
import type { Application, Decision } from './store-application.ts'
import { applicationRows, setDecision } from './store-application.ts'

/** Collects a decision, or takes it back when none is given. */
export async function decide(
  parts: Pick<CampaignParts, 'emit'>,
  tx: Tx,
  actor: Actor,
  wish: {
    readonly campaignId: string
    readonly applicationId: string
    readonly decision: Decision | undefined
  },
): Promise<{ readonly ok: true; readonly application: Application } | Refusal> {
  const { campaignId, applicationId: id, decision } = wish
  if ((await applicationRows(tx, campaignId, { id }))[0] === undefined) return refuse('application_unknown')
  const decided = await setDecision(tx, id, { decision, by: actor.personId })
  const application = (await applicationRows(tx, campaignId, { id }))[0]
  if (application === undefined) return refuse('application_unknown')
  if (!decided)
    return refuse(application.decisionSentAt === undefined ? 'application_withdrawn' : 'decision_sent')
  const { workspaceId } = actor
  await parts.emit(tx, {
    workspaceId,
    type: 'member.changed',
    subject: application.memberId,
    payload: { campaignId },
  })
  return { ok: true, application }
}

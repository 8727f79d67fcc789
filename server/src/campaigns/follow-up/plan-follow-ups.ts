/** What the sending plan says of follow-ups: how many may come, and when at the earliest. Writes nothing. */
import { mailboxById } from '../../mailboxes/index.ts'
import type { Tx } from '../../platform/db/index.ts'
import type { Refusal } from '../parts.ts'
import type { FollowUpText } from './follow-up.ts'
import { dueAt } from './follow-up.ts'
import { followUpProblem } from './set-follow-ups.ts'

export interface PlannedFollowUps {
  /** `reminder`: answers are not seen, and a person is reminded instead. */
  readonly how: 'mail' | 'reminder'
  readonly most: number
  readonly steps: readonly { readonly afterDays: number; readonly earliestAt?: Temporal.Instant }[]
}

/** Without `planned`: none was wished. Each step counts from the earliest leaving of the one before. */
export async function plannedFollowUps(
  tx: Tx,
  plan: { readonly mailboxId: string; readonly total: number; readonly firstAt?: Temporal.Instant },
  followUps: readonly FollowUpText[],
): Promise<{ readonly ok: true; readonly planned?: PlannedFollowUps } | Refusal> {
  const problem = await followUpProblem(tx, followUps)
  if (problem !== undefined) return problem
  const mailbox = await mailboxById(tx, plan.mailboxId)
  if (followUps.length === 0 || mailbox === undefined) return { ok: true }
  let before = plan.firstAt
  const steps = followUps.map(({ afterDays }) => {
    before = before && dueAt({ acceptedAt: before, afterDays }, mailbox)
    return before === undefined ? { afterDays } : { afterDays, earliestAt: before }
  })
  const how = mailbox.level === 'send_only' ? 'reminder' : 'mail'
  return { ok: true, planned: { how, most: plan.total * followUps.length, steps } }
}

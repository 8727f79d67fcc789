/**
 * What a person does with follow-ups: stops them, notes an answer that Kontor cannot see, sends one from a reminder, and
 * changes what is still to come. Each is one transaction; whoever comes second finds it done and changes nothing.
 */
import { maySend, mailboxById } from '../../mailboxes/index.ts'
import type { Tx } from '../../platform/db/index.ts'
import { audit } from '../../team/index.ts'
import type { Actor } from '../../team/index.ts'
import type { CampaignParts, Refusal } from '../parts.ts'
import { refuse } from '../parts.ts'
import { campaignById } from '../store-campaign.ts'
import { launchRows } from '../store-launch.ts'
import type { FollowUpText } from './follow-up.ts'
import { queueFollowUp } from './promote.ts'
import { freezeFollowUps } from './set-follow-ups.ts'
import { stopFor, stopForPerson, tellFollowUps } from './stop-for.ts'
import { beginCourses, followUpsOf, lockLaunch, replaceFollowUps } from './store-follow-up.ts'
import type { Scope } from './store-standing.ts'
import { lockReminders } from './store-standing.ts'
import { timeAnew } from './time.ts'

type Parts = Pick<CampaignParts, 'emit' | 'enqueue' | 'ids'>

/** For chosen people, for a launch or for a whole campaign; how many that were. */
export async function endFollowUps(
  parts: Parts,
  tx: Tx,
  actor: Actor,
  wish: { readonly of: Scope; readonly why: 'follow_ups_stopped' | 'answer_noted' },
): Promise<number> {
  const { of, why } = wish
  const stopped = await stopForPerson(parts, tx, actor.workspaceId, of, { why, by: actor })
  if (stopped.size > 0) {
    const subject = 'campaignId' in of ? (await campaignById(tx, of.campaignId))?.name : undefined
    await audit(tx, { actor, action: deeds[why], subject, detail: { count: stopped.size } })
  }
  return stopped.size
}

const deeds = { follow_ups_stopped: 'follow_up.stopped', answer_noted: 'follow_up.answer_noted' } as const

export interface SentByHand {
  readonly ok: true
  readonly queued: number
}

/** Sends the follow-ups of which these people were a reminder, from the mailbox of the mail before. */
export async function sendReminded(
  parts: Parts,
  tx: Tx,
  actor: Actor,
  courseIds: readonly string[],
): Promise<SentByHand | Refusal> {
  await stopFor(parts, tx, actor.workspaceId, { courseIds })
  const courses = await lockReminders(tx, courseIds)
  const followUps = await followUpsOf(tx, [...new Set(courses.map(({ launchId }) => launchId))])
  for (const mailboxId of new Set(courses.map((course) => course.mailboxId))) {
    const refusal = await mayNot(tx, actor, mailboxId)
    if (refusal !== undefined) return refusal
  }
  let queued = 0
  for (const course of courses) {
    const next = followUps.find(({ launchId, n }) => launchId === course.launchId && n === course.n)
    if (next === undefined || course.verdict !== undefined) continue
    if (await queueFollowUp(parts, tx, course, next, actor.personId)) queued += 1
  }
  for (const launchId of new Set(courses.map((course) => course.launchId)))
    await tellFollowUps(parts, tx, actor.workspaceId, launchId)
  if (queued > 0) await audit(tx, { actor, action: 'follow_up.sent', detail: { count: queued } })
  return { ok: true, queued }
}

/** Sets what follows a launch from now on; mails that are in the outbox keep their words. */
export async function changeFollowUps(
  parts: Parts,
  tx: Tx,
  actor: Actor,
  wish: { readonly launchId: string; readonly followUps: readonly FollowUpText[] },
): Promise<{ readonly ok: true } | Refusal> {
  const { launchId } = wish
  const [launch] = (await lockLaunch(tx, launchId)) ? await launchRows(tx, { id: launchId }) : []
  if (launch === undefined) return refuse('launch_unknown')
  const { campaignId } = launch
  const campaign = campaignId === undefined ? undefined : await campaignById(tx, campaignId)
  if (campaign?.status === 'closed') return refuse('campaign_closed')
  const refusal = launch.mailboxId === undefined ? undefined : await mayNot(tx, actor, launch.mailboxId)
  if (refusal !== undefined) return refusal
  const frozen = await freezeFollowUps(tx, parts, actor, wish.followUps)
  if (!frozen.ok) return frozen
  await replaceFollowUps(tx, launchId, frozen.followUps, actor.personId)
  await beginCourses(tx, launchId)
  await timeAnew(tx, launchId)
  await stopFor(parts, tx, actor.workspaceId, { launchId })
  await audit(tx, {
    actor,
    action: 'follow_up.changed',
    subject: campaign?.name ?? launch.subject,
    detail: { count: frozen.followUps.length },
  })
  await tellFollowUps(parts, tx, actor.workspaceId, launchId)
  return { ok: true }
}

async function mayNot(tx: Tx, actor: Actor, mailboxId: string): Promise<Refusal | undefined> {
  const mailbox = await mailboxById(tx, mailboxId)
  if (mailbox === undefined) return refuse('mailbox_unknown')
  if (mailbox.health === 'disconnected') return refuse('mailbox_disconnected', { address: mailbox.address })
  return maySend(actor, mailbox) ? undefined : refuse('may_not_send', { address: mailbox.address })
}

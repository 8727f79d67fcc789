/**
 * Going on with a launch, chunk by chunk: each chunk is one transaction, and what it did is written down with it. A
 * process that dies loses at most the chunk it was in, and whoever comes next begins behind the last one that was kept.
 *
 * 1. The launch is locked; one that is done or was stopped ends it.
 * 2. The next people nobody has looked at are read, with what is known of each at this moment.
 * 3. Those who get nothing are left out with a reason; the others' mails are queued, keyed by launch and person.
 * 4. The outcomes are noted; while people are left, an event calls for the next chunk.
 */
import type { Tx } from '../platform/db/index.ts'
import type { EventHandler } from '../platform/events/index.ts'
import { holdCampaign } from '../sending/index.ts'
import { lockMessage, templateVersion } from '../templates/index.ts'
import type { TemplateVersion } from '../templates/index.ts'
import { beginCourses } from './follow-up/store-follow-up.ts'
import { prepareMailing, remembering, settingOf } from './mailing.ts'
import type { CampaignParts, Refusal } from './parts.ts'
import { refuse } from './parts.ts'
import { queueReady } from './queue.ts'
import { senderOfMailbox } from './sender.ts'
import { campaignById } from './store-campaign.ts'
import type { LaunchFigures, OpenLaunch, PersonOutcome } from './store-launch.ts'
import { endLaunch, lockRunningLaunch, nextPeople, noteOutcomes } from './store-launch.ts'
import { ensureLinks } from './store-link.ts'
import { lockMembers } from './store-member.ts'
import type { Recipient, SameMail } from './store-recipient.ts'
import { contactRecipients, recipients } from './store-recipient.ts'

/** The outbox takes a thousand at once. */
const chunk = 1000
/** Chunks that whoever presses the button waits for; a smaller launch is done when the answer comes. */
const atOnce = 2

export type Advanced = { readonly ok: true; readonly figures: LaunchFigures } | Refusal

/** The first chunks, in the transaction of the launch. A refusal is for the caller to roll back. */
export async function advanceAtOnce(
  parts: CampaignParts,
  tx: Tx,
  { workspaceId, launchId }: { readonly workspaceId: string; readonly launchId: string },
): Promise<Advanced> {
  let figures: LaunchFigures | undefined
  for (let n = 0; n < atOnce; n++) {
    const advanced = await advance(parts, tx, launchId)
    if (!advanced.ok) return advanced
    figures = advanced.figures ?? figures
    if (figures?.state !== 'running') break
  }
  if (figures === undefined) throw new Error(`launch ${launchId} does not run`)
  await tell(parts, tx, workspaceId, { launchId, state: figures.state })
  return { ok: true, figures }
}

/** Handler of `launch.advanced`: does the next chunk of a launch that still runs. */
export function continueLaunch(parts: CampaignParts): EventHandler {
  return async (tx, { workspaceId, subject: launchId, payload }) => {
    if (launchId === undefined || payload['state'] !== 'running') return
    const advanced = await advance(parts, tx, launchId)
    if (!advanced.ok) {
      await endLaunch(tx, launchId, { state: 'stopped', why: advanced.code })
      await tell(parts, tx, workspaceId, { launchId, state: 'stopped' })
    } else if (advanced.figures !== undefined) {
      await tell(parts, tx, workspaceId, { launchId, state: advanced.figures.state })
    }
  }
}

/** One chunk. Without figures: the launch does not run any more. */
async function advance(
  parts: CampaignParts,
  tx: Tx,
  launchId: string,
): Promise<{ readonly ok: true; readonly figures?: LaunchFigures } | Refusal> {
  const launch = await lockRunningLaunch(tx, launchId)
  if (launch === undefined) return { ok: true }
  const people = await nextPeople(tx, launchId, chunk)
  const done = people.length < chunk
  const outcomes = people.length === 0 ? [] : await queuePeople(parts, tx, launch, people)
  if (!Array.isArray(outcomes)) return outcomes
  await noteOutcomes(tx, launchId, outcomes)
  await beginCourses(
    tx,
    launchId,
    outcomes.flatMap(({ submissionId }) => submissionId ?? []),
  )
  if (done) await endLaunch(tx, launchId, { state: 'done' })
  const queued = outcomes.filter(({ outcome }) => outcome === 'queued').length
  return {
    ok: true,
    figures: {
      launchId,
      state: done ? 'done' : 'running',
      total: launch.total,
      queued: launch.queued + queued,
      leftOut: launch.leftOut + outcomes.length - queued,
    },
  }
}

async function queuePeople(
  parts: CampaignParts,
  tx: Tx,
  launch: OpenLaunch,
  people: Awaited<ReturnType<typeof nextPeople>>,
): Promise<PersonOutcome[] | Refusal> {
  const { campaignId, kind, again } = launch
  const campaign = campaignId === undefined ? undefined : await campaignById(tx, campaignId)
  if (campaign?.status === 'closed') return refuse('campaign_closed')
  const sender = await senderOfMailbox(tx, launch.mailboxId)
  if (sender === undefined) return refuse('mailbox_unknown')
  const same = kind === 'bulk' ? await lockMessage(tx, launch.workspaceId, launch) : { kind }
  const known = await recipientsOf(parts, tx, launch, people, same)
  const setting = await settingOf(tx, { campaign, sender, publicUrl: parts.publicUrl() })
  const { ready, leftOut } = await prepareMailing(
    { kind, setting, sender, again },
    known,
    frozenText(tx, launch),
  )
  const queued = await queueReady(parts, tx, { ...launch, sender }, ready)
  if (!queued.ok) return queued
  if (campaign?.status === 'paused')
    await holdCampaign(
      parts,
      tx,
      { workspaceId: launch.workspaceId, campaignId: campaign.id },
      'campaign_paused',
    )
  const left = new Map(leftOut.map((person) => [person.contactId, person.reason]))
  return people.map(({ contactId }) => {
    const submissionId = queued.mails.get(contactId)
    if (submissionId !== undefined) return { contactId, outcome: 'queued', submissionId }
    return { contactId, outcome: left.get(contactId) ?? 'member_unknown' }
  })
}

async function recipientsOf(
  parts: CampaignParts,
  tx: Tx,
  { workspaceId, campaignId }: OpenLaunch,
  people: Awaited<ReturnType<typeof nextPeople>>,
  same: SameMail,
): Promise<readonly Recipient[]> {
  if (campaignId !== undefined) {
    const memberIds = people.flatMap(({ memberId }) => memberId ?? [])
    await lockMembers(tx, campaignId, memberIds)
    return await recipients(tx, { campaignId, memberIds, same })
  }
  const contactIds = people.map(({ contactId }) => contactId)
  await ensureLinks(tx, { workspaceId, ids: parts.ids }, contactIds)
  return await contactRecipients(tx, { contactIds, same })
}

/** The frozen text in a person's language; a bulk message that has one language goes to everybody in it. */
function frozenText(
  tx: Tx,
  { kind, versions }: OpenLaunch,
): (language: 'en' | 'de') => Promise<TemplateVersion | undefined> {
  return remembering(async (language) => {
    const other = language === 'en' ? versions.de : versions.en
    const version = versions[language] ?? (kind === 'bulk' ? other : undefined)
    return version === undefined ? undefined : await templateVersion(tx, version.templateId, version.version)
  })
}

/** Tells the pages, and calls for the next chunk while the launch runs. */
export async function tell(
  { emit }: Pick<CampaignParts, 'emit'>,
  tx: Tx,
  workspaceId: string,
  { launchId, state }: Pick<LaunchFigures, 'launchId' | 'state'>,
): Promise<void> {
  await emit(tx, { workspaceId, type: 'launch.advanced', subject: launchId, payload: { state } })
}

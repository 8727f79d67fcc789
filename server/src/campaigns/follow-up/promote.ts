/**
 * The day has come: a follow-up enters the outbox, once, or says why it does not.
 *
 * 1. Courses that are due are locked; those in the hands of another process are passed over.
 * 2. Whatever speaks against it stops the course. What only holds it back is looked at again a little later: a decision
 *    that is open, a paused campaign, a mailbox that was not read since the day came.
 * 3. Where answers are not seen, a person is reminded instead.
 * 4. The mail is queued under the key of course and step, and the course moves on, in the same transaction: a crash before
 *    its end leaves both undone, and the key lets nobody do it twice.
 */
import type { Database, Tx } from '../../platform/db/index.ts'
import { databaseNow } from '../../platform/clock/index.ts'
import { replySubject } from '../../mail/index.ts'
import type { CampaignParts } from '../parts.ts'
import type { Recipient } from '../store-recipient.ts'
import { contactRecipients, noMail, recipients } from '../store-recipient.ts'
import { stopFor, tellFollowUps } from './stop-for.ts'
import type { SetFollowUp } from './store-follow-up.ts'
import {
  checkedMeanwhile,
  followUpsOf,
  lookLater,
  moveOn,
  remind,
  timeCourse,
  workspacesDue,
} from './store-follow-up.ts'
import type { Standing } from './store-standing.ts'
import { lockDue } from './store-standing.ts'

export type FollowUpParts = Pick<CampaignParts, 'emit' | 'enqueue' | 'ids'>

const atOnce = 200
const workspacesAtOnce = 100
const laterSeconds = 60
/** In these the outbox takes mails, and says itself why they wait. */
const takesMails: ReadonlySet<string> = new Set(['active', 'paused', 'throttled'])

/** Does what is due in the whole installation; true when there is more. */
export async function promoteDue(parts: FollowUpParts & { readonly database: Database }): Promise<boolean> {
  const workspaces = await parts.database.inSystem((tx) => workspacesDue(tx, workspacesAtOnce))
  let more = false
  for (const workspaceId of workspaces) {
    const looked = await parts.database.inWorkspace(workspaceId, (tx) => promoteSome(parts, tx, workspaceId))
    more = more || looked === atOnce
  }
  return more
}

/** Some of what is due in one workspace; how many were looked at. */
export async function promoteSome(parts: FollowUpParts, tx: Tx, workspaceId: string): Promise<number> {
  for (const { contactId } of await checkedMeanwhile(tx))
    await parts.emit(tx, { workspaceId, type: 'submission.reexamine', payload: { contactId } })
  const due = await lockDue(tx, atOnce)
  if (due.length === 0) return 0
  const stopped = await stopFor(parts, tx, workspaceId, { courseIds: due.map(({ courseId }) => courseId) })
  const open = due.filter(({ courseId }) => !stopped.has(courseId))
  const followUps = await followUpsOf(tx, [...new Set(open.map(({ launchId }) => launchId))])
  const now = await databaseNow(tx)
  const reminded = new Set<string>()
  const moved = new Set<string>()
  for (const course of open) {
    const next = followUps.find(({ launchId, n }) => launchId === course.launchId && n === course.n)
    if (next === undefined) await timeCourse(tx, course.courseId, undefined)
    else if (holdsBack(course, now)) await lookLater(tx, course.courseId, laterSeconds)
    else if (course.level === 'send_only') {
      if (await remind(tx, course.courseId)) reminded.add(course.launchId)
    } else if (await queueFollowUp(parts, tx, course, next)) moved.add(course.launchId)
    else await lookLater(tx, course.courseId, laterSeconds)
  }
  for (const launchId of reminded)
    await parts.emit(tx, { workspaceId, type: 'follow_up.due', subject: launchId, payload: {} })
  for (const launchId of moved) await tellFollowUps(parts, tx, workspaceId, launchId)
  return due.length
}

/** Something that ends by itself, or by a person's decision. Pure. */
export function holdsBack(course: Standing, now: Temporal.Instant): boolean {
  const { verdict, campaignStatus, health, level, lastCheckedAt, dueAt = now } = course
  if (verdict === 'decline_undecided') return true
  if (campaignStatus !== undefined && campaignStatus !== 'running') return true
  if (!takesMails.has(health)) return true
  if (level === 'send_only') return false
  // an answer may have come that nobody has looked for yet
  return lastCheckedAt === undefined || Temporal.Instant.compare(lastCheckedAt, dueAt) < 0
}

/** Puts the follow-up into the outbox, as an answer to the mail before. False when that was refused. */
export async function queueFollowUp(
  parts: FollowUpParts,
  tx: Tx,
  course: Standing,
  { n, versions, changedBy }: Pick<SetFollowUp, 'n' | 'versions' | 'changedBy'>,
  sentBy?: string,
): Promise<boolean> {
  const { courseId, campaignId, memberId, mailboxId, before } = course
  const person = await personOf(tx, course)
  const other = person?.language === 'en' ? versions.de : versions.en
  const version = (person && versions[person.language]) ?? other
  if (person === undefined || version === undefined) return false
  const outcome = await parts.enqueue(tx, [
    {
      // sent by hand it takes the place of one that could not leave by itself
      key: `follow-up:${courseId}:${n}${sentBy === undefined ? '' : ':by-hand'}`,
      mailboxId,
      kind: 'bulk',
      contactId: person.contactId,
      toAddress: person.address,
      toName: person.name,
      ...(campaignId === undefined ? {} : { campaignId }),
      ...(memberId === undefined ? {} : { memberId }),
      ...(before === undefined
        ? {}
        : {
            threadId: before.threadId,
            answersMessageId: before.messageId,
            subject: replySubject(before.subject),
          }),
      templateId: version.templateId,
      templateVersion: version.version,
      authorId: sentBy ?? changedBy,
    },
  ])
  const submissionId = outcome.ok ? outcome.enqueued[0]?.submissionId : undefined
  return submissionId !== undefined && (await moveOn(tx, { courseId, n, submissionId, sentBy }))
}

async function personOf(
  tx: Tx,
  { campaignId, memberId, contactId }: Standing,
): Promise<Recipient | undefined> {
  if (campaignId === undefined)
    return (await contactRecipients(tx, { contactIds: [contactId], same: noMail }))[0]
  if (memberId === undefined) return undefined
  return (await recipients(tx, { campaignId, memberIds: [memberId], same: noMail }))[0]
}

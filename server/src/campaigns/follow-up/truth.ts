/**
 * The truth check of a follow-up, the last look before it leaves: stopped meanwhile, or somebody is still to decide, or
 * answers cannot be seen. Reads only.
 */
import { mailboxById } from '../../mailboxes/index.ts'
import { databaseNow } from '../../platform/clock/index.ts'
import type { Tx } from '../../platform/db/index.ts'
import { personName } from '../../team/index.ts'
import type { Submission, Truth } from '../../sending/index.ts'
import { courseById, followUpMail } from './store-follow-up.ts'
import { standingOfCourse } from './store-standing.ts'
import { stopCodes } from './stop.ts'

/** A mailbox that was not read for longer may hold an answer that nobody has looked for (migration 0036 knows it too). */
const longestUnread = { hours: 1 }

/** Undefined: nothing speaks against it, or it is no follow-up. */
export async function againstFollowUp(
  tx: Tx,
  { id, mailboxId }: Pick<Submission, 'id' | 'mailboxId'>,
): Promise<Truth | undefined> {
  const mail = await followUpMail(tx, id)
  const course = mail && (await standingOfCourse(tx, mail.courseId))
  if (mail === undefined || course === undefined) return undefined
  const { verdict } = course
  if (verdict === 'decline_undecided') return { verdict: 'hold', reason: { code: verdict } }
  if (verdict !== undefined) return { verdict: 'suppress', reason: { code: verdict } }
  const ended = await endedByHand(tx, mail.courseId)
  if (ended !== undefined) return ended
  if (mail.byHand) return undefined
  const mailbox = await mailboxById(tx, mailboxId)
  if (mailbox?.level !== 'full') return { verdict: 'suppress', reason: { code: 'answers_unseen' } }
  const oldest = (await databaseNow(tx)).subtract(longestUnread)
  const { lastCheckedAt } = mailbox
  return lastCheckedAt === undefined || Temporal.Instant.compare(lastCheckedAt, oldest) < 0
    ? { verdict: 'hold', reason: { code: 'answers_unchecked' } }
    : undefined
}

async function endedByHand(tx: Tx, courseId: string): Promise<Truth | undefined> {
  const course = await courseById(tx, courseId)
  const code = stopCodes.find((one) => one === course?.why)
  if (code === undefined) return undefined
  const name = course?.by === undefined ? undefined : await personName(tx, course.by)
  return {
    verdict: 'suppress',
    reason: name === undefined ? { code } : { code, values: { name } },
  }
}

/** When the next follow-up of a course is due: counted from when the mail before was accepted, wherever that is learnt. */
import type { Mailbox } from '../../mailboxes/index.ts'
import { mailboxById } from '../../mailboxes/index.ts'
import { databaseNow } from '../../platform/clock/index.ts'
import type { Tx } from '../../platform/db/index.ts'
import { dueAt } from './follow-up.ts'
import type { Untimed } from './store-follow-up.ts'
import { followUpsOf, lockUntimed, timeCourse } from './store-follow-up.ts'

const atOnce = 1000

/** The mail was accepted: the days until the next follow-up begin, or none comes. Gives the launches concerned. */
export async function timeAfter(tx: Tx, submissionId: string): Promise<readonly string[]> {
  const courses = await lockUntimed(tx, { afterId: submissionId })
  await timeThem(tx, courses)
  return courses.map(({ launchId }) => launchId)
}

/** Other days, or another number of follow-ups: everybody for whom something was to come is timed anew. */
export async function timeAnew(tx: Tx, launchId: string): Promise<void> {
  let after: string | undefined
  for (;;) {
    const courses = await lockUntimed(tx, { launchId, after, limit: atOnce })
    await timeThem(tx, courses)
    after = courses.at(-1)?.courseId
    if (courses.length < atOnce) return
  }
}

async function timeThem(tx: Tx, courses: readonly Untimed[]): Promise<void> {
  if (courses.length === 0) return
  const now = await databaseNow(tx)
  const followUps = await followUpsOf(tx, [...new Set(courses.map(({ launchId }) => launchId))])
  const mailboxes = new Map<string, Mailbox | undefined>()
  for (const { courseId, launchId, n, mailboxId, acceptedAt } of courses) {
    if (!mailboxes.has(mailboxId)) mailboxes.set(mailboxId, await mailboxById(tx, mailboxId))
    const mailbox = mailboxes.get(mailboxId)
    const next = followUps.find((one) => one.launchId === launchId && one.n === n)
    const due = next && mailbox && dueAt({ acceptedAt, afterDays: next.afterDays }, mailbox, now)
    await timeCourse(tx, courseId, due)
  }
}

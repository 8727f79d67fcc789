/** Members as the stages table shows them: with the mail that waits for each, when it leaves and why. */
import type { Tx } from '../platform/db/index.ts'
import type { MailKind, Reason } from '../sending/index.ts'
import { expectedOf, shownReason } from '../sending/index.ts'
import type { MemberListed } from './store-member.ts'
import { memberRows } from './store-member.ts'
import type { CourseListed } from './follow-up/store-list.ts'
import { coursesOfMembers } from './follow-up/store-list.ts'
import { waitingMails } from './store-waiting.ts'

export interface MemberShown extends MemberListed {
  readonly waiting?: {
    readonly kind: MailKind
    readonly expectedAt?: Temporal.Instant
    readonly reason?: Reason
  }
  readonly followUp?: CourseListed
}

export async function membersShown(
  tx: Tx,
  campaignId: string,
  filter: Parameters<typeof memberRows>[2],
): Promise<readonly MemberShown[]> {
  const found = await memberRows(tx, campaignId, filter)
  const ids = found.map((row) => row.id)
  const courses = await coursesOfMembers(tx, ids)
  const rows = found.map((row) => {
    const followUp = courses.get(row.id)
    return followUp === undefined ? row : { ...row, followUp }
  })
  const waiting = await waitingMails(tx, ids)
  const expected = await expectedOf(
    tx,
    waiting.map((mail) => mail.submissionId),
  )
  const mails = new Map(waiting.map((mail) => [mail.memberId, mail]))
  return rows.map((row) => {
    const mail = mails.get(row.id)
    if (mail === undefined) return row
    const when = expected.get(mail.submissionId)
    const reason = shownReason(mail, when?.reason)
    return {
      ...row,
      waiting: {
        kind: mail.kind,
        ...(when?.at === undefined
          ? {}
          : { expectedAt: Temporal.Instant.fromEpochMilliseconds(Math.floor(when.at)) }),
        ...(reason === undefined ? {} : { reason }),
      },
    }
  })
}

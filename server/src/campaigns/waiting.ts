/** Members as the stages table shows them: with the mail that waits for each, when it leaves and why. */
import type { Tx } from '../platform/db/index.ts'
import type { MailKind } from '../sending/index.ts'
import { expectedOf } from '../sending/index.ts'
import type { MemberListed } from './store-member.ts'
import { memberRows } from './store-member.ts'
import { waitingMails } from './store-waiting.ts'

export interface MemberShown extends MemberListed {
  readonly waiting?: {
    readonly kind: MailKind
    readonly expectedAt?: Temporal.Instant
    readonly reason?: string
  }
}

export async function membersShown(
  tx: Tx,
  campaignId: string,
  filter: Parameters<typeof memberRows>[2],
): Promise<readonly MemberShown[]> {
  const rows = await memberRows(tx, campaignId, filter)
  const waiting = await waitingMails(
    tx,
    rows.map((row) => row.id),
  )
  const expected = await expectedOf(
    tx,
    waiting.map((mail) => mail.submissionId),
  )
  const mails = new Map(waiting.map((mail) => [mail.memberId, mail]))
  return rows.map((row) => {
    const mail = mails.get(row.id)
    if (mail === undefined) return row
    const when = expected.get(mail.submissionId)
    const reason = mail.reason ?? when?.reason.code
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

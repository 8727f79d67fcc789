/** Statements that read the mails which wait for members of a campaign. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { MailKind, Reason, SubmissionState } from '../sending/index.ts'

export interface WaitingMail {
  readonly submissionId: string
  readonly memberId: string
  readonly mailboxId: string
  readonly kind: MailKind
  readonly state: SubmissionState
  readonly level: 'full' | 'send_only'
  readonly reason?: Reason
}

/** The mail that waits for each of these members; the highest rank when several do. */
export async function waitingMails(tx: Tx, memberIds: readonly string[]): Promise<readonly WaitingMail[]> {
  const { rows } = await sql<{
    id: string
    member_id: string
    mailbox_id: string
    kind: MailKind
    state: SubmissionState
    level: 'full' | 'send_only'
    reason: Reason | null
  }>`
    select distinct on (s.member_id) s.id, s.member_id, s.mailbox_id, s.kind, s.state, m.level, s.reason
    from submission s join mailbox m on m.workspace_id = s.workspace_id and m.id = s.mailbox_id
    where s.member_id = any(${[...memberIds]}::uuid[]) and s.state in ('queued', 'held', 'leased', 'in_doubt')
    order by s.member_id, s.rank, s.position_at, s.id`.execute(tx)
  return rows.map((row) => ({
    submissionId: row.id,
    memberId: row.member_id,
    mailboxId: row.mailbox_id,
    kind: row.kind,
    state: row.state,
    level: row.level,
    ...(row.reason === null ? {} : { reason: row.reason }),
  }))
}

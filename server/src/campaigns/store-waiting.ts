/** Statements that read the mails which wait for members of a campaign. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { MailKind } from '../sending/index.ts'

export interface WaitingMail {
  readonly submissionId: string
  readonly memberId: string
  readonly mailboxId: string
  readonly kind: MailKind
  readonly reason?: string
}

/** The mail that waits for each of these members; the highest rank when several do. */
export async function waitingMails(tx: Tx, memberIds: readonly string[]): Promise<readonly WaitingMail[]> {
  const { rows } = await sql<{
    id: string
    member_id: string
    mailbox_id: string
    kind: MailKind
    reason: { code: string } | null
  }>`
    select distinct on (s.member_id) s.id, s.member_id, s.mailbox_id, s.kind, s.reason from submission s
    where s.member_id = any(${[...memberIds]}::uuid[]) and s.state in ('queued', 'held', 'leased', 'in_doubt')
    order by s.member_id, s.rank, s.position_at, s.id`.execute(tx)
  return rows.map((row) => ({
    submissionId: row.id,
    memberId: row.member_id,
    mailboxId: row.mailbox_id,
    kind: row.kind,
    ...(row.reason === null ? {} : { reason: row.reason.code }),
  }))
}

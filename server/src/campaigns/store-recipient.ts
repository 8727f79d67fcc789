/**
 * What is known, at one moment, of a person whom a mail of a campaign is for: read across the tables of contacts and
 * sending, written to none of them.
 */
import { sql } from 'kysely'
import type { SuppressionReason } from '../contacts/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { MailKind } from '../sending/index.ts'
import type { MemberState } from './member.ts'

export interface Recipient {
  readonly memberId: string
  readonly contactId: string
  readonly state: MemberState
  readonly token: string
  readonly name: string
  readonly handle: string
  readonly language: 'en' | 'de'
  readonly address: string
  readonly addressKey: string
  readonly doNotContact: boolean
  readonly suppressed?: SuppressionReason
  readonly deleted: boolean
  /** What became of this kind of mail to this person in this campaign. */
  readonly written?: 'accepted' | 'waiting'
}

interface RecipientRow {
  member_id: string
  contact_id: string
  state: MemberState
  token: string
  name: string
  handle: string
  language: 'en' | 'de'
  address: string
  address_key: string
  do_not_contact: boolean
  suppressed: SuppressionReason | null
  deleted: boolean
  accepted: boolean | null
}

/** The recipients among these members of the campaign, in the order of the ids. */
export async function recipients(
  tx: Tx,
  { campaignId, memberIds, kind }: { campaignId: string; memberIds: readonly string[]; kind: MailKind },
): Promise<readonly Recipient[]> {
  const { rows } = await sql<RecipientRow>`
    select m.id as member_id, m.contact_id, m.state, m.token, k.name, k.handle, k.language, k.address, k.address_key,
      k.do_not_contact, k.suppressed, k.deleted,
      (select bool_or(s.state = 'accepted') from submission s
       where s.workspace_id = m.workspace_id and s.contact_id = m.contact_id and s.campaign_id = m.campaign_id
         and s.kind = ${kind} and s.state in ('queued', 'held', 'leased', 'in_doubt', 'accepted')) as accepted
    from unnest(${[...new Set(memberIds)]}::uuid[]) with ordinality as w(id, n)
      join member m on m.id = w.id
      join contact_card k on k.workspace_id = m.workspace_id and k.id = m.contact_id
    where m.campaign_id = ${campaignId} order by w.n`.execute(tx)
  return rows.map((row) => ({
    memberId: row.member_id,
    contactId: row.contact_id,
    state: row.state,
    token: row.token,
    name: row.name,
    handle: row.handle,
    language: row.language,
    address: row.address,
    addressKey: row.address_key,
    doNotContact: row.do_not_contact,
    ...(row.suppressed === null ? {} : { suppressed: row.suppressed }),
    deleted: row.deleted,
    ...(row.accepted === null
      ? {}
      : { written: row.accepted ? ('accepted' as const) : ('waiting' as const) }),
  }))
}

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

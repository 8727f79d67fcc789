/**
 * Statements on files behind links. A link belongs to one mail and is found by the hash of its token. A mail that a person
 * wrote says until when; one that is written when it leaves keeps its token, because it may have to be written again, and
 * its days begin with its leaving, or with the doubt whether it left. A mail that was sent again carries the links of the
 * first one.
 */
import { sql } from 'kysely'
import { records } from '../platform/db/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { MailFile } from './message.ts'

interface NewLinkBase extends MailFile {
  readonly id: string
  readonly tokenHash: Buffer
  readonly submissionId: string
  readonly by: string
}
export type NewLink = NewLinkBase & ({ readonly expiresAt: Temporal.Instant } | { readonly token: string })

export async function insertLinks(tx: Tx, links: readonly NewLink[]): Promise<void> {
  if (links.length === 0) return
  const rows = links.map(({ tokenHash, ...link }) => ({ ...link, hash: tokenHash.toString('hex') }))
  await sql`insert into file_link (workspace_id, id, token_hash, token, submission_id, filename, content_type, size, sha256, created_by, expires_at)
    select kontor_workspace(), r.id, decode(r.hash, 'hex'), r.token, r."submissionId", r.filename, r."contentType", r.size,
      decode(r.sha256, 'hex'), r.by, r."expiresAt"
    from json_to_recordset(${records(rows)}) as r(id uuid, hash text, token text, "submissionId" uuid, filename text,
      "contentType" text, size bigint, sha256 text, by uuid, "expiresAt" timestamptz)`.execute(tx)
}

export interface FileLink {
  readonly id: string
  readonly filename: string
  readonly size: number
  readonly sha256: string
  /** Of a mail that is written when it leaves. */
  readonly token?: string
  /** Absent while its mail has not left. */
  readonly expiresAt?: Temporal.Instant
  readonly revoked: boolean
  readonly downloads: number
}

interface LinkRow {
  submission_id: string
  id: string
  filename: string
  size: number
  sha256: string
  token: string | null
  expires_at: Temporal.Instant | null
  revoked: boolean
  downloads: number
}

// when it left, as far as anybody knows: one that failed may have been in doubt before
const leftAt = sql`case s.state when 'accepted' then s.accepted_at when 'in_doubt' then s.in_doubt_since when 'failed' then s.settled_at end`
// the mails of a link `k`: the one it was made for, and those that repeat it
const mails = sql`lateral (
  with recursive mail(id, state, left_at) as (
    select s.id, s.state, ${leftAt} from submission s where s.workspace_id = k.workspace_id and s.id = k.submission_id
    union all
    select s.id, s.state, ${leftAt} from mail o join submission s on s.workspace_id = k.workspace_id and s.again_of = o.id)
  select max(left_at) + interval '90 days' as until, bool_and(state in ('cancelled', 'suppressed')) as withheld from mail) w`
const until = sql`coalesce(k.expires_at, w.until)`

/** Links by the id of a submission. */
export async function linksOf(
  tx: Tx,
  submissionIds: readonly string[],
): Promise<ReadonlyMap<string, readonly FileLink[]>> {
  if (submissionIds.length === 0) return new Map()
  const { rows } = await sql<LinkRow>`with recursive origin(id, at) as (
      select s.id, s.id from submission s where s.id = any (${[...submissionIds]}::uuid[])
      union select o.id, s.again_of from origin o join submission s on s.id = o.at where s.again_of is not null)
    select o.id as submission_id, k.id, k.filename, k.size, encode(k.sha256, 'hex') as sha256, k.token, ${until} as expires_at,
      k.revoked_at is not null as revoked, k.downloads
    from origin o join file_link k on k.submission_id = o.at cross join ${mails} order by k.id`.execute(tx)
  const found = new Map<string, FileLink[]>()
  for (const { submission_id: of, expires_at: expiresAt, token, ...row } of rows) {
    const link = {
      ...row,
      ...(token === null ? {} : { token }),
      ...(expiresAt === null ? {} : { expiresAt }),
    }
    found.set(of, [...(found.get(of) ?? []), link])
  }
  return found
}

export interface OpenLink extends Pick<FileLink, 'id' | 'filename' | 'size' | 'sha256' | 'expiresAt'> {
  readonly over: boolean
  readonly senderName: string
  readonly language: 'en' | 'de'
}

export async function linkByHash(tx: Tx, hash: Buffer): Promise<OpenLink | undefined> {
  const { rows } = await sql<{
    id: string
    filename: string
    size: number
    sha256: string
    expires_at: Temporal.Instant | null
    over: boolean
    sender_name: string
    language: 'en' | 'de'
  }>`select k.id, k.filename, k.size, encode(k.sha256, 'hex') as sha256, ${until} as expires_at,
      k.revoked_at is not null or w.withheld or coalesce(${until} <= kontor_now(), false) as over,
      coalesce(nullif(m.display_name, ''), m.address) as sender_name, c.language
    from file_link k cross join ${mails} join submission s on s.workspace_id = k.workspace_id and s.id = k.submission_id
      join mailbox m on m.workspace_id = s.workspace_id and m.id = s.mailbox_id
      join contact c on c.workspace_id = s.workspace_id and c.id = s.contact_id
    where k.token_hash = ${hash}`.execute(tx)
  const row = rows[0]
  if (row === undefined) return undefined
  const { expires_at: expiresAt, sender_name: senderName, ...rest } = row
  return { ...rest, senderName, ...(expiresAt === null ? {} : { expiresAt }) }
}

export async function countDownload(tx: Tx, id: string): Promise<void> {
  await sql`update file_link set downloads = downloads + 1 where id = ${id}`.execute(tx)
}

/** The conversation's place of a link, for the right to end it. */
export async function placeOfLink(
  tx: Tx,
  id: string,
): Promise<{ contactId: string; campaignId: string | undefined } | undefined> {
  const { rows } = await sql<{ contact_id: string; campaign_id: string | null }>`
    select s.contact_id, s.campaign_id from file_link k join submission s on s.workspace_id = k.workspace_id and s.id = k.submission_id
    where k.id = ${id}`.execute(tx)
  const row = rows[0]
  return row === undefined
    ? undefined
    : { contactId: row.contact_id, campaignId: row.campaign_id ?? undefined }
}

export async function revokeLink(tx: Tx, id: string): Promise<void> {
  await sql`update file_link set revoked_at = coalesce(revoked_at, kontor_now()) where id = ${id}`.execute(tx)
}

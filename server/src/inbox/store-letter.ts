/** Statements on what a personal mail carries beside its plain text, and on files behind links. */
import { sql } from 'kysely'
import { json } from '../platform/db/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { DraftWords } from './store-draft.ts'

export interface LetterFile {
  readonly uploadId?: string
  readonly filename: string
  readonly contentType: string
  readonly size: number
  readonly sha256: string
}

export interface NewLetter {
  readonly submissionId: string
  readonly html: string | undefined
  readonly cc: readonly string[]
  readonly typed: DraftWords
  readonly files: readonly LetterFile[]
}

export async function insertLetter(tx: Tx, letter: NewLetter): Promise<void> {
  await sql`insert into letter (workspace_id, submission_id, html, cc, typed)
    values (kontor_workspace(), ${letter.submissionId}, ${letter.html ?? null}, ${[...letter.cc]}::text[], ${json(letter.typed)})`.execute(
    tx,
  )
  for (const [n, file] of letter.files.entries()) {
    await sql`insert into letter_file (workspace_id, submission_id, n, upload_id, filename, content_type, size, sha256)
      values (kontor_workspace(), ${letter.submissionId}, ${n}, ${file.uploadId ?? null}, ${file.filename}, ${file.contentType}, ${file.size},
        decode(${file.sha256}, 'hex'))`.execute(tx)
  }
}

export interface Letter {
  readonly submissionId: string
  readonly html?: string
  readonly cc: readonly string[]
  readonly typed: DraftWords
  readonly files: readonly LetterFile[]
  readonly links: readonly FileLink[]
}

export interface FileLink {
  readonly id: string
  readonly filename: string
  readonly size: number
  readonly expiresAt: string
  readonly revoked: boolean
  readonly downloads: number
}

/** Letters by the id of a submission; a mail that was sent again carries the letter of the first one. */
export async function lettersOf(
  tx: Tx,
  submissionIds: readonly string[],
): Promise<ReadonlyMap<string, Letter>> {
  if (submissionIds.length === 0) return new Map()
  const { rows } = await sql<{
    id: string
    submission_id: string
    html: string | null
    cc: string[]
    typed: DraftWords
    files: LetterFile[]
    links: FileLink[]
  }>`with recursive origin(id, at) as (
      select s.id, s.id from submission s where s.id = any (${[...submissionIds]}::uuid[])
      union select o.id, s.again_of from origin o join submission s on s.id = o.at where s.again_of is not null)
    select o.id, l.submission_id, l.html, l.cc, l.typed,
      coalesce((select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('uploadId', f.upload_id, 'filename', f.filename, 'contentType', f.content_type, 'size', f.size,
        'sha256', encode(f.sha256, 'hex'))) order by f.n) from letter_file f where f.workspace_id = l.workspace_id and f.submission_id = l.submission_id), '[]') as files,
      coalesce((select jsonb_agg(jsonb_build_object('id', k.id, 'filename', k.filename, 'size', k.size, 'expiresAt', k.expires_at,
        'revoked', k.revoked_at is not null, 'downloads', k.downloads) order by k.id) from file_link k
        where k.workspace_id = l.workspace_id and k.submission_id = l.submission_id), '[]') as links
    from origin o join letter l on l.submission_id = o.at`.execute(tx)
  return new Map(
    rows.map((row) => [
      row.id,
      {
        submissionId: row.submission_id,
        ...(row.html === null ? {} : { html: row.html }),
        cc: row.cc,
        typed: row.typed,
        files: row.files,
        links: row.links.map((link) => ({
          ...link,
          expiresAt: Temporal.Instant.from(link.expiresAt).toString(),
        })),
      },
    ]),
  )
}

export async function letterOf(tx: Tx, submissionId: string): Promise<Letter | undefined> {
  return (await lettersOf(tx, [submissionId])).get(submissionId)
}

export interface NewLink extends Omit<LetterFile, 'uploadId'> {
  readonly id: string
  readonly tokenHash: Buffer
  readonly submissionId: string
  readonly by: string
  readonly expiresAt: Temporal.Instant
}

export async function insertLink(tx: Tx, link: NewLink): Promise<void> {
  await sql`insert into file_link (workspace_id, id, token_hash, submission_id, filename, content_type, size, sha256, created_by, expires_at)
    values (kontor_workspace(), ${link.id}, ${link.tokenHash}, ${link.submissionId}, ${link.filename}, ${link.contentType}, ${link.size},
      decode(${link.sha256}, 'hex'), ${link.by}, ${link.expiresAt})`.execute(tx)
}

export interface OpenLink {
  readonly id: string
  readonly filename: string
  readonly size: number
  readonly sha256: string
  readonly expiresAt: Temporal.Instant
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
    expires_at: Temporal.Instant
    over: boolean
    sender_name: string
    language: 'en' | 'de'
  }>`select k.id, k.filename, k.size, encode(k.sha256, 'hex') as sha256, k.expires_at,
      k.revoked_at is not null or k.expires_at <= kontor_now() or s.state in ('cancelled', 'suppressed') as over,
      coalesce(nullif(m.display_name, ''), m.address) as sender_name, c.language
    from file_link k join submission s on s.workspace_id = k.workspace_id and s.id = k.submission_id
      join mailbox m on m.workspace_id = s.workspace_id and m.id = s.mailbox_id
      join contact c on c.workspace_id = s.workspace_id and c.id = s.contact_id
    where k.token_hash = ${hash}`.execute(tx)
  const row = rows[0]
  if (row === undefined) return undefined
  const { expires_at: expiresAt, sender_name: senderName, ...rest } = row
  return { ...rest, expiresAt, senderName }
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

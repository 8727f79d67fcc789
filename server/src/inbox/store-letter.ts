/** Statements on what mails carry beside their plain text: the letter of a personal one, the files of a text for many. */
import { sql } from 'kysely'
import type { MailFile } from '../correspondence/index.ts'
import { json } from '../platform/db/index.ts'
import type { Tx } from '../platform/db/index.ts'
import type { DraftWords } from './store-draft.ts'

export interface LetterFile extends MailFile {
  readonly uploadId?: string
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
  }>`with recursive origin(id, at) as (
      select s.id, s.id from submission s where s.id = any (${[...submissionIds]}::uuid[])
      union select o.id, s.again_of from origin o join submission s on s.id = o.at where s.again_of is not null)
    select o.id, l.submission_id, l.html, l.cc, l.typed,
      coalesce((select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('uploadId', f.upload_id, 'filename', f.filename, 'contentType', f.content_type, 'size', f.size,
        'sha256', encode(f.sha256, 'hex'))) order by f.n) from letter_file f where f.workspace_id = l.workspace_id and f.submission_id = l.submission_id), '[]') as files
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
      },
    ]),
  )
}

export async function letterOf(tx: Tx, submissionId: string): Promise<Letter | undefined> {
  return (await lettersOf(tx, [submissionId])).get(submissionId)
}

/** The files of the texts that these mails are written from, by the id of a submission. */
export async function textFilesOf(
  tx: Tx,
  submissionIds: readonly string[],
): Promise<ReadonlyMap<string, readonly MailFile[]>> {
  const { rows } = await sql<MailFile & { submissionId: string }>`
    select s.id as "submissionId", f.filename, f.content_type as "contentType", f.size, encode(f.sha256, 'hex') as sha256
    from submission s join template_version_file f on f.workspace_id = s.workspace_id and f.template_id = s.template_id
      and f.version = s.template_version
    where s.id = any (${[...submissionIds]}::uuid[]) order by s.id, f.n`.execute(tx)
  const found = new Map<string, MailFile[]>()
  for (const { submissionId, ...file } of rows)
    found.set(submissionId, [...(found.get(submissionId) ?? []), file])
  return found
}

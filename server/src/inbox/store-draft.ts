/** Statements on drafts and their files. A draft is one person's in one conversation, and everybody's to see. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'

/** What is being written. */
export interface DraftWords {
  readonly mailboxId?: string | undefined
  readonly to?: string | undefined
  readonly cc: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html?: string | undefined
  readonly seenVersion?: number | undefined
  readonly files: readonly DraftFile[]
}

export interface DraftFile {
  readonly uploadId: string
  readonly asLink: boolean
}

export interface Draft extends DraftWords {
  readonly id: string
  readonly contactId: string
  readonly campaignId?: string
  readonly authorId: string
  readonly authorName: string
  readonly approverId?: string
  readonly approverName?: string
  readonly revision: number
  readonly changedByName: string
  readonly changedAt: Temporal.Instant
}

interface DraftRow {
  id: string
  contact_id: string
  campaign_id: string | null
  author_id: string
  author_name: string
  approver_id: string | null
  approver_name: string | null
  mailbox_id: string | null
  to_address: string | null
  cc: string[]
  subject: string
  text: string
  html: string | null
  seen_version: number | null
  revision: number
  changed_by_name: string
  changed_at: Temporal.Instant
  files: { uploadId: string; asLink: boolean }[]
}

const columns = sql`d.id, d.contact_id, d.campaign_id, d.author_id, a.name as author_name, d.approver_id, o.name as approver_name,
  d.mailbox_id, d.to_address, d.cc, d.subject, d.text, d.html, d.seen_version, d.revision, b.name as changed_by_name, d.changed_at,
  coalesce((select jsonb_agg(jsonb_build_object('uploadId', f.upload_id, 'asLink', f.as_link) order by f.n) from draft_file f
    where f.workspace_id = d.workspace_id and f.draft_id = d.id), '[]') as files`
const joins = sql`draft d join person a on a.id = d.author_id join person b on b.id = d.changed_by
  left join person o on o.id = d.approver_id`

function draftOf(row: DraftRow): Draft {
  return {
    id: row.id,
    contactId: row.contact_id,
    ...(row.campaign_id === null ? {} : { campaignId: row.campaign_id }),
    authorId: row.author_id,
    authorName: row.author_name,
    ...(row.approver_id === null ? {} : { approverId: row.approver_id }),
    ...(row.approver_name === null ? {} : { approverName: row.approver_name }),
    ...(row.mailbox_id === null ? {} : { mailboxId: row.mailbox_id }),
    ...(row.to_address === null ? {} : { to: row.to_address }),
    cc: row.cc,
    subject: row.subject,
    text: row.text,
    ...(row.html === null ? {} : { html: row.html }),
    ...(row.seen_version === null ? {} : { seenVersion: row.seen_version }),
    revision: row.revision,
    changedByName: row.changed_by_name,
    changedAt: row.changed_at,
    files: row.files,
  }
}

export interface Place {
  readonly contactId: string
  readonly campaignId?: string | undefined
}

export async function draftsIn(tx: Tx, { contactId, campaignId }: Place): Promise<Draft[]> {
  const { rows } = await sql<DraftRow>`select ${columns} from ${joins}
    where d.contact_id = ${contactId} and d.campaign_id is not distinct from ${campaignId ?? null}::uuid order by d.changed_at, d.id`.execute(
    tx,
  )
  return rows.map(draftOf)
}

export async function draftById(tx: Tx, id: string): Promise<Draft | undefined> {
  const { rows } = await sql<DraftRow>`select ${columns} from ${joins} where d.id = ${id}`.execute(tx)
  return rows[0] === undefined ? undefined : draftOf(rows[0])
}

/** The draft of this person in this place, locked; made when there is none. */
export async function ensureDraft(
  tx: Tx,
  draft: Place & { readonly id: string; readonly authorId: string },
): Promise<{ id: string; revision: number; fresh: boolean }> {
  await sql`insert into draft (workspace_id, id, contact_id, campaign_id, author_id, changed_by, revision)
    values (kontor_workspace(), ${draft.id}, ${draft.contactId}, ${draft.campaignId ?? null}, ${draft.authorId}, ${draft.authorId}, 0)
    on conflict (workspace_id, contact_id, campaign_id, author_id) do nothing`.execute(tx)
  const { rows } = await sql<{ id: string; revision: number }>`select id, revision from draft
    where contact_id = ${draft.contactId} and campaign_id is not distinct from ${draft.campaignId ?? null}::uuid
      and author_id = ${draft.authorId} for update`.execute(tx)
  const row = rows[0]
  if (row === undefined) throw new Error('a draft could not be made')
  return { ...row, fresh: row.revision === 0 }
}

/** False when somebody has changed it since this revision. */
export async function writeDraft(
  tx: Tx,
  id: string,
  words: DraftWords & { readonly revision: number; readonly by: string },
): Promise<boolean> {
  const { rows } = await sql<{
    id: string
  }>`update draft set mailbox_id = ${words.mailboxId ?? null}, to_address = ${words.to ?? null},
      cc = ${[...words.cc]}::text[], subject = ${words.subject}, text = ${words.text}, html = ${words.html ?? null},
      seen_version = ${words.seenVersion ?? null}, revision = revision + 1, changed_by = ${words.by}, changed_at = kontor_now()
    where id = ${id} and revision = ${words.revision} returning id`.execute(tx)
  if (rows.length === 0) return false
  await sql`delete from draft_file where draft_id = ${id}`.execute(tx)
  await sql`insert into draft_file (workspace_id, draft_id, n, upload_id, as_link)
    select kontor_workspace(), ${id}, f.n, (f.file->>'uploadId')::uuid, (f.file->>'asLink')::boolean
    from jsonb_array_elements(${JSON.stringify(words.files)}::jsonb) with ordinality as f(file, n)
    where exists (select 1 from upload u where u.id = (f.file->>'uploadId')::uuid)`.execute(tx)
  return true
}

/** Null takes the question back. */
export async function setApprover(tx: Tx, id: string, personId: string | null): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`update draft set approver_id = ${personId}
    where id = ${id} and approver_id is distinct from ${personId}::uuid returning id`.execute(tx)
  return rows.length > 0
}

export async function deleteDraft(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`delete from draft where id = ${id} returning id`.execute(tx)
  return rows.length > 0
}

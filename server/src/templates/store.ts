/**
 * Statements on templates and their versions. A version is never changed: a waiting mail names the one it will be
 * written from, so that an edit touches only what is queued afterwards.
 */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { LetterText, TextFile } from './letter.ts'
import { filesOfVersion, insertVersionFiles } from './store-version-file.ts'

export type TemplateKind = 'direct' | 'invitation' | 'approval' | 'bulk' | 'rejection'

export interface TemplatePlace {
  readonly campaignId: string
  readonly kind: Exclude<TemplateKind, 'direct'>
  readonly language: 'en' | 'de'
}

export interface TemplateVersion extends LetterText, Omit<TemplatePlace, 'campaignId' | 'kind'> {
  readonly kind: TemplateKind
  readonly templateId: string
  /** The set of a text that is not of one campaign. */
  readonly setId?: string
  readonly version: number
  /** Undefined: our own text, unchanged. */
  readonly authorId?: string
}

interface VersionRow extends LetterText {
  template_id: string
  set_id: string | null
  kind: TemplateKind
  language: 'en' | 'de'
  version: number
  author_id: string | null
  files: readonly TextFile[]
}

const selectVersion = sql`
  select t.id as template_id, t.set_id, t.kind, t.language, v.version, v.subject, v.body, v.author_id, ${filesOfVersion} as files
  from template t join template_version v on v.workspace_id = t.workspace_id and v.template_id = t.id`

function versionOf<Kind extends TemplateKind>(
  row: VersionRow & { readonly kind: Kind },
): TemplateVersion & { readonly kind: Kind } {
  return {
    templateId: row.template_id,
    ...(row.set_id === null ? {} : { setId: row.set_id }),
    kind: row.kind,
    language: row.language,
    version: row.version,
    subject: row.subject,
    body: row.body,
    files: row.files,
    ...(row.author_id === null ? {} : { authorId: row.author_id }),
  }
}

/** The current version of every text of a campaign. */
export async function currentVersions(
  tx: Tx,
  campaignId: string,
): Promise<readonly (TemplateVersion & Pick<TemplatePlace, 'kind'>)[]> {
  const { rows } = await sql<
    VersionRow & Pick<TemplatePlace, 'kind'>
  >`${selectVersion} and v.version = t.version
    where t.campaign_id = ${campaignId} order by t.kind, t.language`.execute(tx)
  return rows.map((row) => versionOf(row))
}

/** A frozen version; undefined when there is none. */
export async function templateVersion(
  tx: Tx,
  templateId: string,
  version: number,
): Promise<TemplateVersion | undefined> {
  const { rows } = await sql<VersionRow>`${selectVersion}
    where t.id = ${templateId} and v.version = ${version}`.execute(tx)
  return rows[0] === undefined ? undefined : versionOf(rows[0])
}

/** The template of a place with its current version, made when missing; locked until the transaction ends. */
export async function lockTemplate(
  tx: Tx,
  workspaceId: string,
  newId: string,
  { campaignId, kind, language }: TemplatePlace,
): Promise<{ readonly id: string; readonly current: TemplateVersion | undefined }> {
  const locked = await sql<{ id: string }>`
    insert into template as t (workspace_id, id, campaign_id, kind, language, version)
    values (${workspaceId}, ${newId}, ${campaignId}, ${kind}, ${language}, 0)
    on conflict (workspace_id, campaign_id, kind, language) do update set version = t.version
    returning t.id`.execute(tx)
  const id = locked.rows[0]?.id ?? newId
  const { rows } =
    await sql<VersionRow>`${selectVersion} and v.version = t.version where t.id = ${id}`.execute(tx)
  return { id, current: rows[0] === undefined ? undefined : versionOf(rows[0]) }
}

/** Writes the next version of a locked template and returns its number. */
export async function insertVersion(
  tx: Tx,
  workspaceId: string,
  templateId: string,
  text: LetterText & { readonly authorId?: string | undefined },
): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    with next as (update template set version = version + 1 where id = ${templateId} returning version)
    insert into template_version (workspace_id, template_id, version, subject, body, author_id)
    select ${workspaceId}, ${templateId}, next.version, ${text.subject}, ${text.body}, ${text.authorId ?? null}
    from next returning version`.execute(tx)
  const version = rows[0]?.version
  if (version === undefined) throw new Error(`no template ${templateId}`)
  await insertVersionFiles(tx, { templateId, version }, text.files ?? [])
  return version
}

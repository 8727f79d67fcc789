/** Statements on template sets: one text in both languages, found again by its words when it has no name. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db/index.ts'
import type { LetterText, TextFile } from './letter.ts'
import type { TemplateKind } from './store.ts'
import { filesOfVersion } from './store-version-file.ts'

/**
 * Every version that may hold this text in a language, newest first: its words are in it. Whether they are all, the caller
 * tells.
 */
export async function versionsAround(
  tx: Tx,
  language: 'en' | 'de',
  { subject, body }: LetterText,
): Promise<readonly VersionAround[]> {
  const { rows } = await sql<VersionAround>`
    select t.set_id as "setId", t.id as "templateId", v.version, v.subject, v.body, ${filesOfVersion} as files
    from template t join template_version v on v.workspace_id = t.workspace_id and v.template_id = t.id
    where t.set_id is not null and t.language = ${language} and strpos(v.subject, ${subject}) > 0
      and strpos(replace(replace(v.body, E'\\r\\n', E'\\n'), E'\\r', E'\\n'), ${body}) > 0
    order by v.created_at desc, v.version desc, t.id`.execute(tx)
  return rows
}

interface VersionAround extends LetterText {
  readonly files: readonly TextFile[]
  readonly setId: string
  readonly templateId: string
  readonly version: number
}

/** Whoever else wants to send these words waits until the transaction ends. */
export async function lockWords(tx: Tx, workspaceId: string, key: Buffer): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${workspaceId} ${key.toString('hex')}`}, 0))`.execute(
    tx,
  )
}

/** The unnamed set with these words, made when missing; locked, so that two launches of one text wait for each other. */
export async function lockSetOfText(
  tx: Tx,
  workspaceId: string,
  set: { readonly id: string; readonly textKey: Buffer; readonly createdBy: string },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into template_set as s (workspace_id, id, text_key, created_by)
    values (${workspaceId}, ${set.id}, ${set.textKey}, ${set.createdBy})
    on conflict (workspace_id, text_key) where text_key is not null do update set text_key = s.text_key
    returning s.id`.execute(tx)
  return rows[0]?.id ?? set.id
}

/** Locks a set until the transaction ends. False when it is unknown. */
export async function lockSet(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`select id from template_set where id = ${id} for update`.execute(
    tx,
  )
  return rows.length > 0
}

/** The template of a locked set in a language, made when missing. `version` is 0 as long as it has no text. */
export async function templateOfSet(
  tx: Tx,
  workspaceId: string,
  place: { readonly newId: string; readonly setId: string; readonly language: 'en' | 'de' },
): Promise<{ readonly id: string; readonly version: number }> {
  const { rows } = await sql<{ id: string; version: number }>`
    insert into template as t (workspace_id, id, set_id, kind, language, version)
    select ${workspaceId}, ${place.newId}, s.id, s.kind, ${place.language}, 0 from template_set s where s.id = ${place.setId}
    on conflict (workspace_id, set_id, language) where set_id is not null do update set version = t.version
    returning t.id, t.version`.execute(tx)
  const row = rows[0]
  if (row === undefined) throw new Error(`no template set ${place.setId}`)
  return row
}

/** Language → the version that mails are written from. */
export type FrozenVersions = Readonly<
  Partial<Record<'en' | 'de', { readonly templateId: string; readonly version: number }>>
>

export interface SetText extends LetterText {
  readonly language: 'en' | 'de'
  readonly templateId: string
  readonly version: number
  readonly author?: string
  readonly createdAt: Temporal.Instant
}

interface TextRow extends LetterText {
  language: 'en' | 'de'
  template_id: string
  version: number
  author: string | null
  created_at: Temporal.Instant
}

function textOf({ template_id: templateId, author, created_at: createdAt, ...row }: TextRow): SetText {
  return { ...row, templateId, createdAt, ...(author === null ? {} : { author }) }
}

/** The current text of a set in each language it has. A language whose text was taken away has none. */
export async function textsOfSet(tx: Tx, setId: string): Promise<readonly SetText[]> {
  const { rows } = await sql<TextRow>`
    select t.language, t.id as template_id, v.version, v.subject, v.body, p.name as author, v.created_at
    from template t
      join template_version v on v.workspace_id = t.workspace_id and v.template_id = t.id and v.version = t.version
      left join person p on p.id = v.author_id
    where t.set_id = ${setId} and v.body <> '' order by t.language desc`.execute(tx)
  return rows.map(textOf)
}

/** Every version of a set in a language, newest first. */
export async function versionsOfSet(
  tx: Tx,
  setId: string,
  language: 'en' | 'de',
): Promise<readonly SetText[]> {
  const { rows } = await sql<TextRow>`
    select t.language, t.id as template_id, v.version, v.subject, v.body, p.name as author, v.created_at
    from template t
      join template_version v on v.workspace_id = t.workspace_id and v.template_id = t.id
      left join person p on p.id = v.author_id
    where t.set_id = ${setId} and t.language = ${language} and v.body <> '' order by v.version desc limit 100`.execute(
    tx,
  )
  return rows.map(textOf)
}

export interface NamedSet {
  readonly id: string
  readonly name: string
  readonly kind: TemplateKind
  readonly changedAt: Temporal.Instant
  readonly languages: readonly ('en' | 'de')[]
  /** As the list shows it. */
  readonly subject: string
}

/** The templates that have a name, by name; or one. */
export async function namedSets(tx: Tx, id?: string): Promise<readonly NamedSet[]> {
  const { rows } = await sql<{
    id: string
    name: string
    kind: TemplateKind
    changed_at: Temporal.Instant
    languages: ('en' | 'de')[] | null
    subject: string | null
  }>`
    select s.id, s.name, s.kind, coalesce(v.changed_at, s.created_at) as changed_at, v.languages, v.subject from template_set s
      left join lateral (
        select max(x.created_at) as changed_at, array_agg(t.language order by t.language desc) filter (where x.body <> '') as languages,
          (array_agg(x.subject order by t.language desc) filter (where x.body <> ''))[1] as subject
        from template t join template_version x on x.workspace_id = t.workspace_id and x.template_id = t.id and x.version = t.version
        where t.workspace_id = s.workspace_id and t.set_id = s.id) v on true
    where s.name <> '' and s.archived_at is null ${id === undefined ? sql`` : sql`and s.id = ${id}`}
    order by lower(s.name), s.id`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    changedAt: row.changed_at,
    languages: row.languages ?? [],
    subject: row.subject ?? '',
  }))
}

export async function insertSet(
  tx: Tx,
  workspaceId: string,
  set: {
    readonly id: string
    readonly name: string
    readonly kind: TemplateKind
    readonly createdBy: string
  },
): Promise<void> {
  await sql`insert into template_set (workspace_id, id, name, kind, created_by)
    values (${workspaceId}, ${set.id}, ${set.name}, ${set.kind}, ${set.createdBy})`.execute(tx)
}

/** False when the template is unknown or was taken out of use. */
export async function renameSet(
  tx: Tx,
  id: string,
  { name, kind }: { readonly name: string; readonly kind: TemplateKind },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`update template_set set name = ${name}, kind = ${kind}
    where id = ${id} and name <> '' and archived_at is null returning id`.execute(tx)
  return rows.length > 0
}

/** Takes a template out of use; mails that wait keep their version. */
export async function archiveSet(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`update template_set set archived_at = kontor_now()
    where id = ${id} and name <> '' and archived_at is null returning id`.execute(tx)
  return rows.length > 0
}
